/** Every row of every table as text: to see that nothing was written, or what. */
import { hash } from "node:crypto";
import { sql } from "kysely";
import { type TestDatabase } from "~/testing/databases";

export type TableRows = Record<string, string[]>;

/** Moves with every page that is looked at, and says nothing of what was done. */
const beside: Record<string, readonly string[]> = { sessions: ["seen_at"] };

const queueOfPostgres = "graphile_worker._private_jobs";

/** Rows by table, in no order of the database's. `accountId`: only that account's own rows, of its own tables. */
export async function tableRows(database: TestDatabase, accountId?: string): Promise<TableRows> {
  const { tables, accountTables } = database.schema();
  const names = [...(accountId ? accountTables : tables)].sort();
  if (!accountId && database.dialect === "postgres") names.push(queueOfPostgres);
  const rows: TableRows = {};
  for (const name of names) {
    const owned = accountId ? sql`where account_id = ${accountId}` : sql``;
    const found = await sql<object>`select * from ${sql.table(name)} ${owned}`.execute(database.unguarded);
    rows[name] = found.rows.map((row) => asText(row, beside[name] ?? [])).sort();
  }
  return rows;
}

function asText(row: object, without: readonly string[]): string {
  const cells = Object.entries(row).filter(([column]) => !without.includes(column));
  return cells.map(([column, value]) => `${column}=${cellText(value)}`).join(" ");
}

function cellText(value: unknown): string {
  if (value instanceof Uint8Array) return hash("sha256", value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
