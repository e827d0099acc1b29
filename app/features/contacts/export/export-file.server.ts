/** The bytes of an export: a list read from its first row to its last, in the format asked for. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { inUse } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import {
  allColumns,
  type EverythingPlace,
  type ExportColumn,
  saidZone,
  viewColumns,
} from "~/features/contacts/export/export-columns";
import { type ExportColumns, type ExportFormat } from "~/features/contacts/export/export";
import { type ExportedContact, toExported } from "~/features/contacts/export/exported-contact";
import { surveyPoints } from "~/features/contacts/export/exported-points.server";
import { vcard4 } from "~/features/contacts/export/vcard-4";
import { type WholeList, wholeList } from "~/features/contacts/export/whole-list.server";
import { readView } from "~/features/contacts/list/contact-list";
import { csvLine } from "~/platform/csv-line.server";
import { type Scope } from "~/platform/scope.server";
import { withApostrophe } from "~/platform/spreadsheet-cell.server";
import { writeXlsx } from "~/platform/xlsx-writer.server";

export interface ExportToWrite {
  format: ExportFormat;
  columns: ExportColumns;
  /** Of the list. */
  query: string;
}

/** Excel takes a file for UTF-8 only if it begins so. */
const MARK = "\ufeff";

/** @param onRows told of each batch before it is written; what it throws ends the file */
export async function* exportFile(
  scope: Scope,
  { format, columns, query }: ExportToWrite,
  onRows: (rows: number) => Promise<void>,
): AsyncGenerator<Uint8Array, void> {
  const view = readView(new URLSearchParams(query));
  const isWhole = format === "vcard" || columns === "everything";
  const list = await wholeList(scope, view, { withPoints: isWhole });
  const owners = await ownerNames(scope);
  const contacts = readContacts(list, onRows);
  const country = scope.account.phoneCountry;
  const zones = isWhole ? { country, zoned: await saidZones(scope) } : { country, zoned: null };
  if (format === "vcard") return yield* vcards(contacts, owners, zones);
  const shared = { ...zones, owners, fields: inUse(await customFields(scope)) };
  const chosen = isWhole
    ? allColumns({ ...shared, points: await surveyPoints(scope, list.ids) })
    : viewColumns(view.columns, { ...shared, place: { ...scope.place, timeZone: scope.account.timeZone } });
  if (format === "xlsx") {
    return yield* writeXlsx({ sheet: "Contacts", columns: chosen }, asTexts(cellsOf(contacts, chosen)));
  }
  if (format === "csv-for-excel") yield Buffer.from(MARK);
  yield* csv(contacts, chosen);
}

async function* readContacts(
  list: WholeList,
  onRows: (rows: number) => Promise<void>,
): AsyncGenerator<ExportedContact[], void> {
  for await (const rows of list.pages) {
    // On SQLite nothing here ever waits: without this the worker's heartbeat would not get its turn.
    await nextTurn();
    await onRows(rows.length);
    yield rows.map(toExported);
  }
}

async function* csv(pages: AsyncIterable<ExportedContact[]>, columns: readonly ExportColumn[]) {
  yield Buffer.from(csvLine(columns.map(({ heading }) => heading)));
  for await (const rows of cellsOf(pages, columns)) yield Buffer.from(rows.map(csvLine).join(""));
}

async function* cellsOf(pages: AsyncIterable<ExportedContact[]>, columns: readonly ExportColumn[]) {
  for await (const contacts of pages) yield contacts.map((contact) => columns.map(({ cell }) => cell(contact)));
}

async function* asTexts(pages: AsyncIterable<string[][]>) {
  for await (const rows of pages) yield rows.map((cells) => cells.map(withApostrophe));
}

async function* vcards(
  pages: AsyncIterable<ExportedContact[]>,
  owners: ReadonlyMap<string, string>,
  zones: Pick<EverythingPlace, "zoned" | "country">,
) {
  for await (const contacts of pages) {
    const cards = contacts.map((contact) => {
      const owner = owners.get(contact.row.owner_id ?? "") ?? null;
      return vcard4(contact, { owner, zone: saidZone(contact, zones) });
    });
    yield Buffer.from(cards.join(""));
  }
}

/** Everybody who has, or had, a place here. */
async function ownerNames(scope: Scope): Promise<Map<string, string>> {
  const members = await scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id", "users.name"])
    .where("memberships.account_id", "=", scope.account.id)
    .execute();
  return new Map(members.map(({ id, name }) => [id, name]));
}

const MOST_ZONED = 10_000;

/** Contacts of whom a record says a time zone; null when those are too many to know by heart. */
async function saidZones(scope: Scope): Promise<Set<string> | null> {
  const records = await scope.db
    .selectFrom("contact_records")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("data", "like", '%"timeZone":"%')
    .limit(MOST_ZONED + 1)
    .execute();
  return records.length > MOST_ZONED ? null : new Set(records.map(({ contact_id }) => contact_id));
}
