/** What an export reads of each contact, and how the database hands it out. */
import { expressionBuilder, sql } from "kysely";
import { packedPoints } from "~/features/contacts/export/exported-points.server";
import { type ContactRow } from "~/features/contacts/list/list-row.server";
import "~/features/contacts/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface ExportedRow extends Omit<ContactRow, "sort_key"> {
  typed_name: string | null;
  notes: string | null;
  died_on: string | null;
  /** Packed; missing unless they were asked for. */
  points?: string | null;
}

const names = [
  "id",
  "kind",
  "name",
  "typed_name",
  "given_name",
  "family_name",
  "company",
  "job_title",
  "email",
  "phone",
  "city",
  "owner_id",
  "tags",
  "birthday",
  "died_on",
  "language",
  "time_zone",
  "no_email_at",
  "no_phone_at",
  "no_letter_at",
  "created_at",
  "changed_at",
  "custom_values",
  "notes",
] as const;
const columns = names.map((name) => `contacts.${name}` as const);
const contacts = expressionBuilder<Tables, "contacts">();

/**
 * The columns of a select. SQLite hands out one text for a row in half the time of a value for each column; all of them
 * are texts.
 */
export function columnsOn(scope: Scope, withPoints: boolean) {
  const packed = contacts.fn<string>(
    "json_object",
    names.flatMap((name) => [sql.lit(name), contacts.ref(`contacts.${name}`)]),
  );
  const row = scope.database.dialect === "sqlite" ? [packed.as("packed")] : columns;
  return [...row, ...(withPoints ? [packedPoints(scope)] : [])] as unknown as typeof columns;
}

export type Walked = ExportedRow & { sort_key?: string };

interface PackedRow {
  packed: string;
  points?: string | null;
  sort_key?: string;
}

export function unpacked(rows: readonly object[]): Walked[] {
  return rows.map((row) => ("packed" in row ? unpackedRow(row as PackedRow) : (row as Walked)));
}

function unpackedRow({ packed, points, sort_key }: PackedRow): Walked {
  return Object.assign(fromJson<ExportedRow>(packed), { points, sort_key });
}
