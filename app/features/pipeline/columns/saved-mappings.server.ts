/**
 * Where columns went in earlier imports, as somebody of the account confirmed it: for a set of columns as a whole, and
 * for each column by its name. Offered for the next file, and forgotten when somebody says so.
 */
import { z } from "zod";
import { plainName } from "~/features/pipeline/columns/columns";
import { type Remembered } from "~/features/pipeline/columns/guess-columns";
import { dateOrders, hasHeading, type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import "~/features/pipeline/tables";
import { rowChunks, valueChunks } from "~/platform/db/chunks.server";
import { fromJson, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { sha256 } from "~/platform/encryption.server";
import { type Scope } from "~/platform/scope.server";
import { formatDate } from "~/platform/time";

/** Of the whole set; by the key of each column the field it went to. */
const savedSet = z.object({
  fields: z.record(z.string(), z.string()),
  phoneCountry: z.string(),
  dateOrder: z.enum(dateOrders).optional(),
});
const savedColumn = z.object({ field: z.string() });

export interface Recalled {
  /** The same columns were mapped before. */
  set: { phoneCountry: string; dateOrder: RunSettings["dateOrder"]; sentence: string } | null;
  /** For each column of the file, what is remembered of it. */
  columns: (Remembered | undefined)[];
}

const nothingRecalled: Recalled = { set: null, columns: [] };

/** Unique within the file: a second column of the same plain name is another one. */
function columnKeys(columns: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const plain = plainName(column);
    const place = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, place);
    return place === 1 ? plain : `${plain} #${place}`;
  });
}

function setKey(keys: readonly string[]): string {
  return `set:${sha256([...keys].sort().join("\n")).toString("hex")}`;
}

/** As the database sorts. */
const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

const columnKey = (key: string) => `column:${key}`;

/** Keeps where the columns of a file were told to go. Columns without names are like those of any other file. */
export function keepMapping(
  scope: Scope,
  subject: string,
  { settings, fileName }: { settings: RunSettings; fileName: string },
): Promise<void> {
  return inTransaction(scope, async (scope) => {
    if (!hasHeading(settings.reading)) return;
    const { columns, mapping, phoneCountry, dateOrder } = settings;
    const keys = columnKeys(columns);
    const fields = Object.fromEntries(keys.map((key, index) => [key, mapping[index] ?? ""]));
    const whole = { key: setKey(keys), mapping: toJson({ fields, phoneCountry, ...(dateOrder ? { dateOrder } : {}) }) };
    const each = keys.map((key, index) => ({ key: columnKey(key), mapping: toJson({ field: mapping[index] ?? "" }) }));
    const said = {
      account_id: scope.account.id,
      subject,
      file_name: fileName,
      saved_at: scope.clock.now(),
      saved_by: scope.user?.id ?? null,
    };
    // In the same order by whomever, so that two at once do not wait for each other for ever: that of `forgetMapping`.
    const sorted = [whole, ...each].sort((a, b) => byBytes(a.key, b.key));
    for (const rows of rowChunks(sorted.map((row) => ({ ...said, ...row })))) {
      await scope.db
        .insertInto("saved_mappings")
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(["account_id", "subject", "key"]).doUpdateSet((eb) => ({
            mapping: eb.ref("excluded.mapping"),
            file_name: eb.ref("excluded.file_name"),
            saved_at: eb.ref("excluded.saved_at"),
            saved_by: eb.ref("excluded.saved_by"),
          })),
        )
        .execute();
    }
  });
}

/** What is remembered of a file's columns. One statement. */
export async function recallMapping(
  scope: Scope,
  subject: string,
  { columns, reading }: Pick<RunSettings, "columns" | "reading">,
): Promise<Recalled> {
  if (!hasHeading(reading)) return nothingRecalled;
  const keys = columnKeys(columns);
  const found = new Map<string, Saved>();
  for (const some of valueChunks([setKey(keys), ...keys.map(columnKey)])) {
    for (const row of await findSaved(scope, subject, some)) found.set(row.key, row);
  }
  const whole = found.get(setKey(keys));
  const set = whole && savedSet.parse(fromJson(whole.mapping));
  return {
    set:
      whole && set
        ? { phoneCountry: set.phoneCountry, dateOrder: set.dateOrder, sentence: sentence(scope, whole) }
        : null,
    columns: keys.map((key) => {
      const row = whole ?? found.get(columnKey(key));
      if (!row) return undefined;
      const field = set ? (set.fields[key] ?? "") : savedColumn.parse(fromJson(row.mapping)).field;
      return { field, why: asBefore(scope, row) };
    }),
  };
}

/** Forgets the set of a file's columns, and what was remembered of each: held in order first, as a deletion has none. */
export function forgetMapping(scope: Scope, subject: string, columns: readonly string[]): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const keys = columnKeys(columns);
    const sorted = [setKey(keys), ...keys.map(columnKey)].sort(byBytes);
    for (const some of valueChunks(sorted)) {
      const held = await scope.db
        .selectFrom("saved_mappings")
        .select("key")
        .where("account_id", "=", scope.account.id)
        .where("subject", "=", subject)
        .where("key", "in", some)
        .orderBy("key")
        .$call(lockRows(scope))
        .execute();
      if (held.length === 0) continue;
      await scope.db
        .deleteFrom("saved_mappings")
        .where("account_id", "=", scope.account.id)
        .where("subject", "=", subject)
        .where(
          "key",
          "in",
          held.map(({ key }) => key),
        )
        .execute();
    }
  });
}

interface Saved {
  key: string;
  mapping: string;
  fileName: string;
  savedAt: string;
  savedBy: string | null;
  savedByName: string | null;
}

function findSaved(scope: Scope, subject: string, keys: readonly string[]): Promise<Saved[]> {
  return scope.db
    .selectFrom("saved_mappings as saved")
    .leftJoin("users", "users.id", "saved.saved_by")
    .select(["saved.key", "saved.mapping", "saved.file_name as fileName", "saved.saved_at as savedAt"])
    .select(["saved.saved_by as savedBy", "users.name as savedByName"])
    .where("saved.account_id", "=", scope.account.id)
    .where("saved.subject", "=", subject)
    .where("saved.key", "in", keys)
    .execute();
}

/** "as in your import of 3 May 2026", "as in the import of 3 May 2026 by Ann Okafor" */
function asBefore(scope: Scope, { savedAt, savedBy, savedByName }: Saved): string {
  const date = formatDate(scope.place, savedAt);
  if (savedBy !== null && savedBy === scope.user?.id) return `as in your import of ${date}`;
  return savedByName ? `as in the import of ${date} by ${savedByName}` : `as in the import of ${date}`;
}

function sentence(scope: Scope, { fileName, savedAt, savedBy, savedByName }: Saved): string {
  const who = savedBy !== null && savedBy === scope.user?.id ? "you" : (savedByName ?? "somebody");
  return `A file with the same columns, “${fileName}”, was imported on ${formatDate(scope.place, savedAt)}: each column goes where ${who} chose then.`;
}
