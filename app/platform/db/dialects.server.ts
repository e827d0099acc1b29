/**
 * What Kysely needs to know of the two engines, and the few words of DDL in which they differ, so that a migration is
 * written once, in Postgres' types:
 *
 * | written          | Postgres             | SQLite (every table is STRICT)               |
 * | ---------------- | -------------------- | -------------------------------------------- |
 * | uuid             | uuid                 | text of 36 characters                        |
 * | text, varchar(n) | text collate "C"     | text, which SQLite also compares by bytes    |
 * | timestamptz(3)   | timestamptz(3)       | text like 2026-05-03T14:10:00.000Z, checked  |
 * | date             | date                 | text like 2026-05-03, checked                |
 * | bigint, integer  | bigint, integer      | integer                                      |
 * | bytea            | bytea                | blob                                         |
 */
import {
  type ColumnDefinitionNode,
  type ColumnNode,
  type CreateTableNode,
  type DataTypeNode,
  type Dialect,
  type Driver,
  type LimitNode,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  ValueNode,
} from "kysely";

const DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";
const INSTANT = `${DAY}T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z`;

const sqliteTypes: Record<string, string> = {
  uuid: "text",
  text: "text",
  varchar: "text",
  timestamptz: "text",
  date: "text",
  bigint: "integer",
  integer: "integer",
  bytea: "blob",
  blob: "blob",
  "double precision": "real",
};

const sqliteChecks: Record<string, (column: string) => string> = {
  uuid: (column) => `length(${column}) = 36`,
  timestamptz: (column) => `${column} glob '${INSTANT}'`,
  // Also refuses 30 February, as Postgres does.
  date: (column) => `date(${column}) is ${column}`,
};

/** `timestamptz(3)` → `timestamptz`. */
function baseType(node: DataTypeNode): string {
  return node.dataType.replace(/\(.*$/, "");
}

/**
 * A limit is written out. SQLite plans a statement whose limit is a parameter anew each time it is bound, which takes
 * longer than most statements run; Postgres reckons with a tenth of all rows and thinks little of a plan that it could
 * keep.
 */
function writtenLimit({ limit }: LimitNode): string | null {
  if (!ValueNode.is(limit) || !Number.isSafeInteger(limit.value)) return null;
  return `limit ${String(limit.value)}`;
}

class TallybookSqliteCompiler extends SqliteQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    const type = sqliteTypes[baseType(node)];
    if (type === undefined) throw new Error(`No SQLite type stands for ${node.dataType}: see dialects.server.ts`);
    this.append(type);
  }

  protected override visitColumnDefinition(node: ColumnDefinitionNode): void {
    super.visitColumnDefinition(node);
    const check = node.dataType.kind === "DataTypeNode" ? sqliteChecks[baseType(node.dataType as DataTypeNode)] : null;
    if (check) this.append(` check (${check(this.#quoted(node.column))})`);
  }

  protected override visitCreateTable(node: CreateTableNode): void {
    super.visitCreateTable(node);
    if (node.selectQuery === undefined) this.append(node.endModifiers?.length ? ", strict" : " strict");
  }

  protected override visitLimit(node: LimitNode): void {
    const written = writtenLimit(node);
    if (written) this.append(written);
    else super.visitLimit(node);
  }

  #quoted(column: ColumnNode): string {
    return `"${column.column.name.replaceAll('"', '""')}"`;
  }
}

class TallybookPostgresCompiler extends PostgresQueryCompiler {
  #definesColumn = false;

  protected override visitLimit(node: LimitNode): void {
    const written = writtenLimit(node);
    if (written) this.append(written);
    else super.visitLimit(node);
  }

  protected override visitColumnDefinition(node: ColumnDefinitionNode): void {
    this.#definesColumn = true;
    super.visitColumnDefinition(node);
    this.#definesColumn = false;
  }

  /** Text sorts and compares by bytes, as in SQLite, whatever the cluster's locale is. */
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node);
    const isText = node.dataType === "text" || node.dataType.startsWith("varchar");
    if (this.#definesColumn && isText) this.append(' collate "C"');
  }
}

class TallybookSqliteAdapter extends SqliteAdapter {
  /** It does; Kysely says no because its own driver could not keep a transaction over several connections. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

export function sqliteDialect(createDriver: () => Driver): Dialect {
  return {
    createDriver,
    createAdapter: () => new TallybookSqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new TallybookSqliteCompiler(),
  };
}

export function postgresDialect(createDriver: () => Driver): Dialect {
  return {
    createDriver,
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new TallybookPostgresCompiler(),
  };
}
