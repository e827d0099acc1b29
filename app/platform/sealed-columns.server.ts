/**
 * Columns that hold sealed values, and sealing them anew with the newest key. Each feature lists its own; composition
 * joins the lists (`sealedColumns`), which a test holds against all that is sealed anywhere.
 */
import { type Kysely } from "kysely";
import { seal, type SealedPlace, sealedWith, unseal, UnsealError } from "~/platform/encryption.server";
import { type Tables } from "~/platform/db/tables";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

type Row = Readonly<Record<string, string>>;

export interface SealedColumn {
  table: keyof Tables & string;
  column: string;
  /** What tells rows of one account (or of the installation) apart. */
  key: string;
  /** Whether the table has a column `account_id`. */
  ofAccounts: boolean;
  /** What else of a row its place is made of. */
  also?: readonly string[];
  /** Where a row's value is sealed; `account_id` is there where the table has it. */
  place(row: Row): SealedPlace;
}

const PAGE = 200;

/** How many values of a column are sealed with which key, by the key's name. */
export type ByKey = Map<string, number>;

export interface Resealed {
  /** Sealed anew by this. */
  done: number;
  /** By the name of the key that sealed them: theirs is not among ours (any more), or they were altered. */
  unopened: ByKey;
}

/** A page of a column's sealed values behind a key, in the order of the keys. */
async function pageOf(scope: Scope | InstallationScope, column: SealedColumn, after: string | null): Promise<Row[]> {
  const { table, key, also = [] } = column;
  const names = [key, column.column, ...also, ...(column.ofAccounts ? ["account_id"] : [])];
  return looselyTyped(scope)
    .selectFrom(table)
    .select(names)
    .where(column.column, "is not", null)
    .$if(scope.kind === "account", (query) => query.where("account_id", "=", accountOf(scope)))
    .$if(after !== null, (query) => query.where(key, ">", after))
    .orderBy(key)
    .limit(PAGE)
    .execute();
}

/** The table is known by its name only: what is in it says the list. */
function looselyTyped({ db }: Scope | InstallationScope): Kysely<Record<string, Row>> {
  return db as unknown as Kysely<Record<string, Row>>;
}

function accountOf(scope: Scope | InstallationScope): string {
  return scope.kind === "account" ? scope.account.id : "";
}

async function* rowsOf(scope: Scope | InstallationScope, column: SealedColumn): AsyncGenerator<Row> {
  for (let after: string | null = null; ;) {
    const rows: Row[] = await pageOf(scope, column, after);
    yield* rows;
    after = rows.at(-1)?.[column.key] ?? null;
    if (rows.length < PAGE || after === null) return;
  }
}

/**
 * Seals anew whatever an older key sealed, one by one: broken off, it goes on where it was. Somebody who writes a value
 * meanwhile wins; theirs is sealed with the newest key.
 */
export async function resealColumn(scope: Scope | InstallationScope, column: SealedColumn): Promise<Resealed> {
  const newest = scope.keys.encryption[0]?.kid;
  const resealed: Resealed = { done: 0, unopened: new Map() };
  for await (const row of rowsOf(scope, column)) {
    const old = row[column.column] ?? "";
    if (sealedWith(old) === newest) continue;
    const text = opened(scope, column, row);
    if (text === null) add(resealed.unopened, sealedWith(old));
    else if (await replaceValue(scope, column, row, seal(scope.keys, column.place(row), text))) resealed.done += 1;
  }
  return resealed;
}

function opened(scope: Scope | InstallationScope, column: SealedColumn, row: Row): string | null {
  try {
    return unseal(scope.keys, column.place(row), row[column.column] ?? "");
  } catch (error) {
    if (error instanceof UnsealError) return null;
    throw error;
  }
}

async function replaceValue(scope: Scope | InstallationScope, column: SealedColumn, row: Row, sealed: string) {
  const done = await looselyTyped(scope)
    .updateTable(column.table)
    .set({ [column.column]: sealed })
    .where(column.key, "=", row[column.key] ?? "")
    .where(column.column, "=", row[column.column] ?? "")
    .$if(scope.kind === "account", (query) => query.where("account_id", "=", accountOf(scope)))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

function add(counts: ByKey, kid: string): void {
  counts.set(kid, (counts.get(kid) ?? 0) + 1);
}

/** Counted afresh: what is there after a rotation, whoever wrote meanwhile. */
export async function countByKey(scope: Scope | InstallationScope, column: SealedColumn): Promise<ByKey> {
  const counts: ByKey = new Map();
  for await (const row of rowsOf(scope, column)) add(counts, sealedWith(row[column.column] ?? ""));
  return counts;
}
