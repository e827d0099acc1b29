/** The columns of an export, and what stands in them. An import knows every heading that it has a field for. */
import { isCustomField, kindNames, listName } from "~/features/contacts/contact";
import { customColumn } from "~/features/contacts/custom/custom-columns";
import { definitionOf, type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { type ExportedContact, pointsOf } from "~/features/contacts/export/exported-contact";
import { type PointColumns } from "~/features/contacts/export/point-channels";
import {
  type BuiltInColumn,
  type ContactColumn,
  columnNames,
  usualColumns,
} from "~/features/contacts/list/list-columns";
import { toListed } from "~/features/contacts/list/list-row.server";
import { type CellPlace, cellText } from "~/features/contacts/print/list-cells";
import { deriveTimeZone } from "~/features/contacts/values/derive-time-zone";
import { fromJson } from "~/platform/db/json.server";
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
    column("Name", 32, ({ row: { name, given_name, family_name } }) =>
      listName({ name, givenName: given_name, familyName: family_name }),
    ),
    ...(chosen ?? usualColumns).flatMap((name) => {
      if (!isCustomField(name)) return viewColumn(name, where);
      const definition = definitionOf(name, where.fields);
      return definition ? customColumn(definition) : [];
    }),
  ];
}

const widths: Partial<Record<BuiltInColumn, number>> = { company: 30, jobTitle: 26, email: 34, tags: 26, phone: 20 };

function viewColumn(name: BuiltInColumn, where: CellPlace): ExportColumn {
  const date = dates[name];
  const zone = where.place.timeZone;
  if (date) return column(columnNames[name], 12, (contact) => date(contact, zone), "date");
  if (name === "tags") return column(columnNames[name], widths[name] ?? 16, ({ row }) => tagText(row.tags));
  const type = name === "phone" ? "code" : "text";
  const cell: Cell = ({ row }) => cellText(toListed({ ...row, sort_key: "" }), name, where);
  return column(columnNames[name], widths[name] ?? 16, cell, type);
}

const dates: Partial<Record<BuiltInColumn, (contact: ExportedContact, zone: string) => string | null>> = {
  birthday: ({ row }) => row.birthday,
  created: ({ row }, zone) => dateIn(zone, row.created_at),
  changed: ({ row }, zone) => dateIn(zone, row.changed_at),
};

export interface EverythingPlace {
  points: readonly PointColumns[];
  /** Of whom somebody has said in which time zone they are; null: nobody knows of whom. */
  zoned: ReadonlySet<string> | null;
  /** ISO 3166-1 alpha-2: where an address without a country lies. */
  country: string;
  /** Names by id. */
  owners: ReadonlyMap<string, string>;
  /** The account's own that are in use. */
  fields: readonly FieldDefinition[];
}

const yes = (at: string | null) => (at === null ? null : "yes");

/** All that is known of each contact, so that it can be brought in again. */
export function allColumns({ points, owners, fields, ...zones }: EverythingPlace): ExportColumn[] {
  return [
    column("Kind", 10, ({ row }) => kindNames[row.kind]),
    column("Full name", 32, fullName),
    column("Given name", 18, ({ row }) => row.given_name),
    column("Family name", 20, ({ row }) => row.family_name),
    column("Company", 30, ({ row }) => row.company),
    column("Job title", 26, ({ row }) => row.job_title),
    ...points.flatMap(pointColumns),
    column("Birthday", 12, ({ row }) => row.birthday, "date"),
    column("Died on", 12, ({ row }) => row.died_on, "date"),
    column("Language", 10, ({ row }) => row.language),
    column("Time zone", 18, (contact) => saidZone(contact, zones)),
    column("Tags", 26, ({ row: { tags } }) => tagText(tags)),
    column("Notes", 40, ({ row }) => row.notes),
    ...fields.map(customColumn),
    column("No email", 9, ({ row }) => yes(row.no_email_at)),
    column("No phone", 9, ({ row }) => yes(row.no_phone_at)),
    column("No letters", 9, ({ row }) => yes(row.no_letter_at)),
    column("Looked after by", 24, ({ row }) => row.owner_id && (owners.get(row.owner_id) ?? "")),
    column("Tallybook ID", 38, ({ row }) => row.id),
  ];
}

/** Parted by commas; where a tag holds one itself, as Google's CSV parts them. */
function tagText(tags: string): string | null {
  if (tags === "[]") return null;
  const names = fromJson<string[]>(tags);
  return names.some((name) => /[,;|]/.test(name)) ? names.map((name) => `${name} :::`).join(" ") : names.join(", ");
}

/** What is shown where there is no name (a company, an email) is none to bring in again. */
function fullName({ row: { typed_name, given_name, family_name } }: ExportedContact): string | null {
  if (typed_name) return typed_name;
  return given_name && family_name ? `${given_name} ${family_name}` : (given_name ?? family_name);
}

/** What only follows from address or phone follows from them again. */
export function saidZone(
  { row, points }: ExportedContact,
  { zoned, country }: Pick<EverythingPlace, "zoned" | "country">,
) {
  const zone = row.time_zone;
  if (zone === null || zoned?.has(row.id) === false) return null;
  return deriveTimeZone(pointsOf(points), country)?.zone === zone ? null : zone;
}

/** Places in a packed point. */
const LABEL = 1;
const NOTE = 2;
const VALUE = 3;
const [STREET, CITY, REGION, POSTAL_CODE, COUNTRY] = [4, 5, 6, 7, 8] as const;
type Part = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
type Picker = (part: Part) => Cell;

const headings = { email: "Email", phone: "Phone", address: "Address" };

/** Email, Email label, Email note, Email 2 …: in their order, so that the first one stays the first. */
function pointColumns({ channel, count, labelled, noted }: PointColumns): ExportColumn[] {
  return Array.from({ length: count }, (_, index) => {
    const pick: Picker = (part) => (contact) => contact.byChannel[channel]?.[index]?.[part] ?? null;
    const heading = index === 0 ? headings[channel] : `${headings[channel]} ${index + 1}`;
    return [
      ...(channel === "address" ? addressColumns(index, pick) : [valueColumn(channel, heading, pick)]),
      ...(labelled ? [column(`${heading} label`, 12, pick(LABEL))] : []),
      ...(noted ? [column(`${heading} note`, 20, pick(NOTE))] : []),
    ];
  }).flat();
}

function valueColumn(channel: "email" | "phone", heading: string, pick: Picker): ExportColumn {
  return channel === "phone" ? column(heading, 20, pick(VALUE), "code") : column(heading, 34, pick(VALUE));
}

/** The first one's are called as an import knows them, the others' so that it does not take them for the first one's. */
function addressColumns(index: number, pick: Picker): ExportColumn[] {
  const name = (first: string) => (index === 0 ? first : `Address ${index + 1} ${first.toLowerCase()}`);
  return [
    column(name("Street"), 30, pick(STREET)),
    column(name("City"), 20, pick(CITY)),
    column(name("Region"), 16, pick(REGION)),
    column(name("Postcode"), 12, pick(POSTAL_CODE), "code"),
    column(name("Country"), 10, pick(COUNTRY)),
  ];
}
