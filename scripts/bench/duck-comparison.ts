/** DuckDB reading, joining and classifying the two files; it is no dependency, and null where it is not installed. */
import { type ShopFiles } from "./reconcile-rows";

interface DuckDb {
  DuckDBInstance: {
    create: (path: string, options: Record<string, string>) => Promise<{ connect: () => Promise<Connection> }>;
  };
}

interface Connection {
  run: (sql: string) => Promise<unknown>;
  runAndReadAll: (sql: string) => Promise<{ getRowObjects: () => Record<string, unknown>[] }>;
  closeSync: () => void;
}

/** Beside the project, or in the folder `DUCKDB_MODULES`. */
async function installed(): Promise<DuckDb | null> {
  const folder = process.env.DUCKDB_MODULES;
  const name = folder ? `${folder}/@duckdb/node-api/lib/index.js` : "@duckdb/node-api";
  try {
    const loaded = (await import(name)) as DuckDb & { default?: DuckDb };
    return loaded.default ?? loaded;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
}

export async function duckComparison(files: ShopFiles): Promise<(() => Promise<ShopFiles["expected"]>) | null> {
  const duck = await installed();
  if (!duck) return null;
  return async () => {
    const instance = await duck.DuckDBInstance.create(":memory:", { threads: "2" });
    const connection = await instance.connect();
    for (const sql of statements(files)) await connection.run(sql);
    const result = await connection.runAndReadAll(counts);
    const [row = {}] = result.getRowObjects();
    connection.closeSync();
    return Object.fromEntries(
      Object.entries(row).map(([name, count]) => [name, Number(count)]),
    ) as ShopFiles["expected"];
  };
}

const key = (column: string) => `ltrim(lower(trim(${column})), '#')`;

function statements({ orders, transactions }: ShopFiles): string[] {
  const order = `'id': 'VARCHAR', 'name': 'VARCHAR', 'created_at': 'TIMESTAMPTZ', 'currency': 'VARCHAR', 'total': 'DECIMAL(18,2)',
    'tax': 'DECIMAL(18,2)', 'shipping': 'DECIMAL(18,2)', 'payment_method': 'VARCHAR', 'channel': 'VARCHAR'`;
  const row = `'transaction_id': 'VARCHAR', 'event_time': 'TIMESTAMPTZ', 'currency': 'VARCHAR', 'value': 'DECIMAL(18,2)'`;
  return [
    `create table orders as select *, ${key("name")} as key from read_csv('${orders}', header = true, columns = {${order}})`,
    `create table transactions as select *, ${key("transaction_id")} as key
       from read_csv('${transactions}', header = true, columns = {${row}})`,
    `create table hits as select key, currency, arg_min(value, event_time) as value, count(*) as hits from transactions
       group by key, currency`,
    `create table result as select o.id, h.key as hit, h.hits, case when o.id is null then 'unexpected' when h.key is null
       then 'missing' when o.currency = h.currency and o.total = h.value then 'matched' else 'mismatched' end as bucket
       from orders o full outer join hits h on o.key = h.key`,
  ];
}

const counts = `select count(*) filter (bucket = 'matched') as matched, count(*) filter (bucket = 'mismatched') as mismatched,
  count(*) filter (bucket = 'missing') as missing,
  coalesce(sum(hits - 1) filter (bucket in ('matched', 'mismatched')), 0) as duplicate,
  coalesce(sum(hits) filter (bucket = 'unexpected'), 0) as unexpected from result`;
