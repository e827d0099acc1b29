import { type Address } from "~/features/contacts/contact";
import { type Points } from "~/features/contacts/export/exported-points.server";
import { familyOf, type PointFamily } from "~/features/contacts/export/point-families";
import { type ExportedRow } from "~/features/contacts/export/whole-list.server";
import { type ListedContact, toListed } from "~/features/contacts/list/list-row.server";

/** A contact on its way into a file. */
export interface ExportedContact extends ListedContact, Points {
  typedName: string | null;
  givenName: string | null;
  familyName: string | null;
  notes: string | null;
  diedOn: string | null;
  byFamily: Map<PointFamily, ExportedPoint[]>;
}

export interface ExportedPoint {
  value: string;
  label: string | null;
  note?: string;
  address: Address | null;
}

const nowhere: Points = { emails: [], phones: [], addresses: [] };

export function toExported(row: ExportedRow, points: Points = nowhere): ExportedContact {
  return {
    ...toListed({ ...row, sort_key: "" }),
    ...points,
    typedName: row.typed_name,
    givenName: row.given_name,
    familyName: row.family_name,
    notes: row.notes,
    diedOn: row.died_on,
    byFamily: byFamily(points),
  };
}

function byFamily({ emails, phones, addresses }: Points): ExportedContact["byFamily"] {
  const found: ExportedContact["byFamily"] = new Map();
  const add = (family: PointFamily, point: ExportedPoint) => {
    const others = found.get(family);
    if (others) others.push(point);
    else found.set(family, [point]);
  };
  for (const email of emails) add(familyOf("email", email.label), { ...email, address: null });
  for (const phone of phones) add(familyOf("phone", phone.label), { ...phone, address: null });
  for (const address of addresses) add(familyOf("address", address.label), { ...address, value: "", address });
  return found;
}
