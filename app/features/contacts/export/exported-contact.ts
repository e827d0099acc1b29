import { type ContactValues } from "~/features/contacts/contact";
import { type CustomValues, readCustomColumn } from "~/features/contacts/custom/custom-rows.server";
import { type PackedPoint, unpackPoints } from "~/features/contacts/export/exported-points.server";
import { type PointChannel } from "~/features/contacts/export/point-channels";
import { type ExportedRow } from "~/features/contacts/export/exported-row.server";

/** A contact on its way into a file: as it was read, for there are many. */
export interface ExportedContact {
  row: ExportedRow;
  points: readonly PackedPoint[];
  /** The same apart; a channel of which there is none is missing. */
  byChannel: Readonly<Partial<Record<PointChannel, readonly PackedPoint[]>>>;
  /** What it says of the account's own fields, by their ids. */
  own: CustomValues;
}

export function toExported(row: ExportedRow): ExportedContact {
  const points = unpackPoints(row.points);
  const byChannel: Partial<Record<PointChannel, PackedPoint[]>> = {};
  for (const point of points) (byChannel[point[0]] ??= []).push(point);
  return { row, points, byChannel, own: readCustomColumn(row.custom_values) };
}

/** The same points as a contact has them. */
export function pointsOf(points: readonly PackedPoint[]): Pick<ContactValues, "emails" | "phones" | "addresses"> {
  const found: Pick<ContactValues, "emails" | "phones" | "addresses"> = { emails: [], phones: [], addresses: [] };
  for (const [channel, label, said, value, street, city, region, postalCode, country] of points) {
    const note = said === null ? {} : { note: said };
    if (channel === "address") found.addresses.push({ label, ...note, street, city, region, postalCode, country });
    else found[channel === "email" ? "emails" : "phones"].push({ value: value ?? "", label, ...note });
  }
  return found;
}
