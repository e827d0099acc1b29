/** Who acts for an estate, as rows of the statement that reads the contact, or of one that follows it further. */
import { type QueryCreator, type SelectQueryBuilder } from "kysely";
import { type ContactKind } from "~/features/contacts/contact";
import { type Carer } from "~/features/contacts/relationships/letter-address";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface CarerRow {
  to_contact_id: string;
  type: string;
  since: string | null;
  until: string | null;
  id: string;
  name: string;
  kind: ContactKind;
  died_on: string | null;
  archived_at: string | null;
  deleted_at: string | null;
  no_letter_at: string | null;
  position: number | null;
  label: string | null;
  street: string | null;
  city: string | null;
  region: string | null;
  postal_code: string | null;
  country: string | null;
}

const MOST = 200;

/** Everybody who is or was executor of or attorney for these, each with the address they are written to. */
export function carersOf(db: QueryCreator<Tables>, scope: Scope, contactIds: readonly string[]) {
  const query: SelectQueryBuilder<Tables, "contacts", CarerRow> = db
    .selectFrom("relationships as bond")
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.account_id", "=", "bond.account_id").onRef("contacts.id", "=", "bond.from_contact_id"),
    )
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "contacts.account_id")
        .onRef("point.contact_id", "=", "contacts.id")
        .on("point.channel", "=", "address")
        .on("point.position", "=", 0),
    )
    .select(["bond.to_contact_id", "bond.type", "bond.since", "bond.until"])
    .select(["contacts.id", "contacts.name", "contacts.kind", "contacts.died_on", "contacts.archived_at"])
    .select([
      "contacts.deleted_at",
      "contacts.no_letter_at",
      "point.position",
      "point.label",
      "point.street",
      "point.city",
    ])
    .select(["point.region", "point.postal_code", "point.country"])
    .where("bond.account_id", "=", scope.account.id)
    .where("bond.to_contact_id", "in", contactIds)
    .where("bond.type", "in", ["executor-of", "attorney-for"])
    .where(seenBy(scope)) as never;
  return query.limit(MOST);
}

export function toCarer(row: CarerRow): Carer {
  const { type, since, until, id, name, kind, label, street, city, region, postal_code: postalCode, country } = row;
  return {
    role: type === "executor-of" ? "executor" : "attorney",
    since,
    until,
    party: {
      id,
      name,
      kind,
      addresses: row.position === null ? [] : [{ label, street, city, region, postalCode, country }],
      diedOn: row.died_on,
      archived: row.archived_at !== null,
      deleted: row.deleted_at !== null,
      noLetters: row.no_letter_at !== null,
    },
  };
}
