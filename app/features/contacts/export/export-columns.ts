/** The columns of an export, and what stands in them. An import knows every heading that it has a field for. */
import { type Address, kindNames } from "~/features/contacts/contact";
import { type ExportedContact, type ExportedPoint } from "~/features/contacts/export/exported-contact";
import { type PointColumns } from "~/features/contacts/export/point-families";
import { type ContactColumn, columnNames, usualColumns } from "~/features/contacts/list/list-columns";
import { type CellPlace, cellText } from "~/features/contacts/print/list-cells";
import { deriveTimeZone } from "~/features/contacts/values/derive-time-zone";
import { dateIn } from "~/platform/time";
import { type XlsxColumn } from "~/platform/xlsx-writer.server";

export interface ExportColumn extends XlsxColumn {
  /** "" where there is nothing. Dates as `2026-05-04`, in the account's time zone. */
  cell(contact: ExportedContact): string;
}

type Cell = (contact: ExportedContact) => string | null;

function column(heading: string, width: number, cell: Cell, type: XlsxColumn["type"] = "text"): ExportColumn {
  return { heading, width, type, cell: (contact) => cell(contact) ?? "" };
}

/** Those that the list shows, with what it says in them: but dates as dates. */
export function viewColumns(chosen: readonly ContactColumn[] | null, where: CellPlace): ExportColumn[] {
  return [
    column("Name", 32, ({ listName }) => listName),
    ...(chosen ?? usualColumns).map((name) => viewColumn(name, where)),
  ];
}

const widths: Partial<Record<ContactColumn, number>> = { company: 30, jobTitle: 26, email: 34, tags: 26, phone: 20 };

function viewColumn(name: ContactColumn, where: CellPlace): ExportColumn {
  const date = dates[name];
  const zone = where.place.timeZone;
  if (date) return column(columnNames[name], 12, (contact) => date(contact, zone), "date");
  const type = name === "phone" ? "code" : "text";
  return column(columnNames[name], widths[name] ?? 16, (contact) => cellText(contact, name, where), type);
}

const dates: Partial<Record<ContactColumn, (contact: ExportedContact, zone: string) => string | null>> = {
  birthday: ({ birthday }) => birthday,
  created: ({ createdAt }, zone) => dateIn(zone, createdAt),
  changed: ({ changedAt }, zone) => dateIn(zone, changedAt),
};

export interface EverythingPlace extends CellPlace {
  points: readonly PointColumns[];
}

/** All that is known of each contact, so that it can be brought in again. */
export function allColumns({ points, owners, country }: EverythingPlace): ExportColumn[] {
  return [
    column("Kind", 10, ({ kind }) => kindNames[kind]),
    column("Full name", 32, fullName),
    column("Given name", 18, ({ givenName }) => givenName),
    column("Family name", 20, ({ familyName }) => familyName),
    column("Company", 30, ({ company }) => company),
    column("Job title", 26, ({ jobTitle }) => jobTitle),
    ...points.flatMap(pointColumns),
    column("Birthday", 12, ({ birthday }) => birthday, "date"),
    column("Died on", 12, ({ diedOn }) => diedOn, "date"),
    column("Language", 10, ({ language }) => language),
    column("Time zone", 18, (contact) => saidZone(contact, country)),
    column("Tags", 26, ({ tags }) => tags.join(", ")),
    column("Notes", 40, ({ notes }) => notes),
    column("No email", 9, ({ marks }) => (marks.includes("email") ? "yes" : null)),
    column("No phone", 9, ({ marks }) => (marks.includes("phone") ? "yes" : null)),
    column("No letters", 9, ({ marks }) => (marks.includes("letter") ? "yes" : null)),
    column("Owner", 24, ({ ownerId }) => ownerId && (owners.get(ownerId) ?? "")),
    column("Tallybook ID", 38, ({ id }) => id),
  ];
}

/** What is shown where there is no name (a company, an email) is none to bring in again. */
function fullName({ typedName, givenName, familyName }: ExportedContact): string {
  return typedName ?? [givenName, familyName].filter(Boolean).join(" ");
}

/** What only follows from address or phone follows from them again. */
function saidZone({ timeZone, addresses, phones }: ExportedContact, country: string): string | null {
  return timeZone === null || deriveTimeZone({ addresses, phones }, country)?.zone === timeZone ? null : timeZone;
}

function pointColumns({ family, count, labelled, noted }: PointColumns): ExportColumn[] {
  return Array.from({ length: count }, (_, place) => {
    const pick = (part: (point: ExportedPoint) => string | null | undefined) => (contact: ExportedContact) =>
      valueAt(contact.byFamily.get(family)?.[place], part);
    const heading = place === 0 ? family.heading : `${family.heading} ${place + 1}`;
    return [
      ...(family.channel === "address" ? addressColumns(place, pick) : [valueColumn(family.channel, heading, pick)]),
      ...(labelled
        ? [
            column(
              `${heading} label`,
              12,
              pick(({ label }) => label),
            ),
          ]
        : []),
      ...(noted
        ? [
            column(
              `${heading} note`,
              20,
              pick(({ note }) => note),
            ),
          ]
        : []),
    ];
  }).flat();
}

type Pick = (part: (point: ExportedPoint) => string | null | undefined) => Cell;

function valueAt(point: ExportedPoint | undefined, part: (point: ExportedPoint) => string | null | undefined) {
  return point ? (part(point) ?? null) : null;
}

function valueColumn(channel: "email" | "phone", heading: string, pick: Pick): ExportColumn {
  const isPhone = channel === "phone";
  return column(
    heading,
    isPhone ? 20 : 34,
    pick(({ value }) => value),
    isPhone ? "code" : "text",
  );
}

/** The first one's are called as an import knows them, the others' so that it does not take them for the first one's. */
function addressColumns(place: number, pick: Pick): ExportColumn[] {
  const name = (first: string) => (place === 0 ? first : `Address ${place + 1} ${first.toLowerCase()}`);
  const of = (part: keyof Address) => pick(({ address }) => address?.[part]);
  return [
    column(name("Street"), 30, of("street")),
    column(name("City"), 20, of("city")),
    column(name("Region"), 16, of("region")),
    column(name("Postcode"), 12, of("postalCode"), "code"),
    column(name("Country"), 10, of("country")),
  ];
}
