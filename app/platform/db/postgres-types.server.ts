/** Postgres' values as JavaScript wants them: the one result type, equal to what comes out of SQLite. */
import pg from "pg";
import { isMoneyColumn, safeNumber } from "~/platform/db/values.server";

const { builtins } = pg.types;

/** `2026-05-03 14:10:00.12+00` (the session's zone is UTC, its style ISO) → `2026-05-03T14:10:00.120Z`. */
export function parseInstant(text: string): string {
  if (!text.endsWith("+00") || text.length > 29) throw new RangeError(`Not an instant of this era in UTC: ${text}`);
  const fraction = text.slice(20, -3).slice(0, 3).padEnd(3, "0");
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

const asIs = (text: string): string => text;

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, parseInstant],
  [builtins.DATE, asIs],
  [builtins.UUID, asIs],
  [builtins.INT2, Number],
  [builtins.INT4, Number],
  [builtins.FLOAT8, Number],
  // SQLite has no booleans: `exists (…)` is 0 or 1 on both.
  [builtins.BOOL, (text) => (text === "t" ? 1 : 0)],
  // Whether these are money only the column's name tells: see agree().
  [builtins.INT8, asIs],
  [builtins.NUMERIC, asIs],
]);

export const postgresTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format === "binary" ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format),
};

type Row = Record<string, unknown>;

function parserOf(field: pg.FieldDef): ((text: string) => unknown) | null {
  if (field.dataTypeID !== builtins.INT8 && field.dataTypeID !== builtins.NUMERIC) return null;
  if (isMoneyColumn(field.name)) return BigInt;
  // A numeric that is no money (an average, say) stays text, as no JavaScript type holds it.
  return field.dataTypeID === builtins.INT8 ? (text) => safeNumber(text, field.name) : null;
}

/** Finishes int8 and numeric in place: money is bigint, every other int8 a number that is checked to be exact. */
export function finishWholeNumbers(rows: Row[], fields: readonly pg.FieldDef[]): void {
  for (const field of fields) {
    const parse = parserOf(field);
    if (parse === null) continue;
    for (const row of rows) {
      const text = row[field.name];
      if (typeof text === "string") row[field.name] = parse(text);
    }
  }
}
