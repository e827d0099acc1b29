import { type SelectQueryBuilder } from "kysely";
import { type Database } from "~/platform/db/database.server";

interface Lock {
  /** The table, by its name in the query, where others are joined that are not to be held. */
  of?: string;
  /** `no-key-update` lets others go on that only refer to the rows; `share` keeps them from changing, for several at once. */
  how?: "update" | "no-key-update" | "share";
  /** Passes over what somebody else holds, instead of waiting for it: for those who take turns. */
  skipsLocked?: boolean;
}

/**
 * Holds the rows that a query finds to the end of the transaction, so that nobody changes them between our reading and
 * our writing: `$call(lockRows(scope))`. Several rows in an order, so that two who want the same do not wait for each
 * other for ever. On SQLite the transaction itself is the lock (BEGIN IMMEDIATE), and it knows no FOR UPDATE.
 */
export function lockRows({ database }: { database: Database }, { of, how = "update", skipsLocked = false }: Lock = {}) {
  return <DB, TB extends keyof DB, Row>(query: SelectQueryBuilder<DB, TB, Row>): SelectQueryBuilder<DB, TB, Row> => {
    if (database.dialect !== "postgres") return query;
    const table = of as (TB & string) | undefined;
    const locking = {
      share: () => query.forShare(table),
      update: () => query.forUpdate(table),
      "no-key-update": () => query.forNoKeyUpdate(table),
    }[how]();
    return skipsLocked ? locking.skipLocked() : locking;
  };
}
