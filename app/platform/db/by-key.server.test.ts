import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withoutGuard } from "~/platform/db/approved.server";
import { byKey } from "~/platform/db/by-key.server";
import { UnguardedStatementError } from "~/platform/db/errors.server";
import { newId } from "~/platform/ids.server";
import { openTestDatabase, type TestDatabase } from "~/testing/databases";
import { givenTables } from "~/testing/given-tables";

describe("a statement by key", () => {
  const accounts = [newId(), newId()];
  const orderOf = new Map(accounts.map((account) => [account, newId()]));
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase("postgres", { poolSize: 1 });
    await givenTables(database);
    for (const [account_id, id] of orderOf) {
      await database.forAccount(account_id).insertInto("given_orders").values({ account_id, id }).execute();
    }
  });
  afterEach(() => database.close());

  const ordersOf = (account: string, ask = byKey(database.forAccount(account))) =>
    ask.selectFrom("given_orders").select("id").where("account_id", "=", account).execute();

  it("is planned once on each connection, others every time", async () => {
    const account = accounts[0] ?? "";
    for (let time = 0; time < 10; time++) {
      await ordersOf(account);
      await ordersOf(account, database.forAccount(account));
    }
    const kept = sql<{ generic: number }>`select generic_plans::int as generic from pg_prepared_statements`;
    const { rows } = await kept.execute(withoutGuard(database.forAccount(account)));
    expect(rows).toEqual([{ generic: 5 }]);
  });

  it("shows each account its own, though they share the plan", async () => {
    for (let time = 0; time < 10; time++) {
      for (const [account, id] of orderOf) {
        const ask = byKey(withoutGuard(database.forAccount(account)));
        expect(await ask.selectFrom("given_orders").select("id").execute()).toEqual([{ id }]);
      }
    }
  });

  it("is held to its account as any other", async () => {
    const ask = byKey(database.forAccount(accounts[0] ?? ""));
    await expect(ask.selectFrom("given_orders").select("id").execute()).rejects.toThrow(UnguardedStatementError);
  });
});
