import { type SelectQueryBuilder } from "kysely";
import { type Database } from "~/platform/db/database.server";

interface Lock {
  /** The table, by its name in the query, where others are joined that are not to be held. */
  of?: string;
  /** `no-key-update` lets others go on that only refer to the rows; `share` keeps them from changing, for several at once. */
  how?: "update" | "no-key-update" | "share";
}

/**
 * Holds the rows that a query finds to the end of the transaction, so that nobody changes them between our reading and
 * our writing: `$call(lockRows(scope))`. Several rows in an order, so that two who want the same do not wait for each
 * other for ever. On SQLite the transaction itself is the lock (BEGIN IMMEDIATE), and it knows no FOR UPDATE.
 */
export function lockRows({ database }: { database: Database }, { of, how = "update" }: Lock = {}) {
  return <DB, TB extends keyof DB, Row>(query: SelectQueryBuilder<DB, TB, Row>): SelectQueryBuilder<DB, TB, Row> => {
    if (database.dialect !== "postgres") return query;
    const table = of as (TB & string) | undefined;
    if (how === "share") return query.forShare(table);
    return how === "update" ? query.forUpdate(table) : query.forNoKeyUpdate(table);
  };
}
