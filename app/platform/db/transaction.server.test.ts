import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StorageFullError, WriterBusyError } from "~/platform/db/errors.server";
import { withoutGuard } from "~/platform/db/approved.server";
import { createWriter } from "~/platform/db/sqlite-writer.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { bareInstallationScope, bareScope, givenTables } from "~/testing/given-tables";

async function addOrder(scope: Scope, id = newId()): Promise<string> {
  await scope.db.insertInto("given_orders").values({ account_id: scope.account.id, id }).execute();
  return id;
}

async function orders(scope: Scope): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("given_orders")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .orderBy("id")
    .execute();
  return rows.map((row) => row.id);
}

describe.each(databases)("a transaction on %s", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    await givenTables(database);
  });
  afterAll(() => database.close());

  it("is kept when its work returns, and gone when it throws", async () => {
    const scope = bareScope(database, newId());
    const kept = await inTransaction(scope, (inner) => addOrder(inner));
    const failed = inTransaction(scope, async (inner) => {
      await addOrder(inner);
      throw new Error("The printer is on fire");
    });
    await expect(failed).rejects.toThrow("on fire");
    expect(await orders(scope)).toEqual([kept]);
  });

  it("is joined by a transaction inside, which goes with it", async () => {
    const scope = bareScope(database, newId());
    const failed = inTransaction(scope, async (inner) => {
      await inTransaction(inner, (innermost) => addOrder(innermost));
      throw new Error("late");
    });
    await expect(failed).rejects.toThrow("late");
    expect(await orders(scope)).toEqual([]);
  });

  it("is not seen from outside until it is committed, while others go on reading", async () => {
    const scope = bareScope(database, newId());
    const outside = bareScope(database, scope.account.id);
    let added!: () => void;
    let finish!: () => void;
    const hasAdded = new Promise<void>((resolve) => (added = resolve));
    const mayFinish = new Promise<void>((resolve) => (finish = resolve));
    const transaction = inTransaction(scope, async (inner) => {
      await addOrder(inner);
      added();
      await mayFinish;
    });
    await hasAdded;
    expect(await orders(outside)).toEqual([]);
    finish();
    await transaction;
    expect(await orders(outside)).toHaveLength(1);
  });

  it("refuses the outer scope inside, at once", async () => {
    const scope = bareScope(database, newId());
    await expect(inTransaction(scope, () => orders(scope))).rejects.toThrow("outer scope");
    await expect(inTransaction(scope, () => inTransaction(scope, (s) => orders(s)))).rejects.toThrow("outer scope");
    await inTransaction(scope, (inner) => addOrder(inner));
    expect(await orders(scope)).toHaveLength(1);
  });

  it("400 of them at once, some failing, never mix two accounts", async () => {
    const accounts = Array.from({ length: 8 }, () => newId());
    const expected = new Map(accounts.map((id) => [id, 0]));
    const run = async (turn: number) => {
      const account = accounts[turn % accounts.length] as string;
      const scope = bareScope(database, account);
      await inTransaction(scope, async (inner) => {
        await addOrder(inner);
        await delay(turn % 3);
        // Row-level security or not: only this account's rows, seen without the guard.
        if (engine === "postgres") {
          const seen = await withoutGuard(inner.db)
            .selectFrom("given_orders")
            .select("account_id")
            .distinct()
            .execute();
          expect(seen).toEqual([{ account_id: account }]);
        }
        if (turn % 5 === 0) throw new Error("every fifth fails");
        expected.set(account, (expected.get(account) ?? 0) + 1);
      });
    };
    const results = await Promise.allSettled(Array.from({ length: 400 }, (_, turn) => run(turn)));
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
    expect(new Set(reasons)).toEqual(new Set(["Error: every fifth fails"]));
    for (const account of accounts) {
      expect(await orders(bareScope(database, account))).toHaveLength(expected.get(account) ?? -1);
    }
  });

  it("enters an account and comes back, all in one", async () => {
    const scope = bareInstallationScope(database);
    const [first, second] = [newId(), newId()];
    const addIn = (inner: typeof scope, id: string) =>
      enterAccount(inner, bareScope(database, id), (within) => addOrder(within));
    await inTransaction(scope, async (inner) => {
      await addIn(inner, first);
      await addIn(inner, second);
      await inner.db.selectFrom("users").select("id").execute();
      await enterAccount(inner, bareScope(database, first), async (within) => {
        await expect(
          within.db.selectFrom("given_orders").select("id").where("account_id", "=", second).execute(),
        ).rejects.toThrow();
        expect(await orders(within)).toHaveLength(1);
      });
    });
    expect(await orders(bareScope(database, first))).toHaveLength(1);
    expect(await orders(bareScope(database, second))).toHaveLength(1);
    // The connections are themselves again.
    expect(await scope.db.selectFrom("sessions").select("id").execute()).toEqual([]);
    await expect(
      inTransaction(scope, async (inner) => {
        await addIn(inner, first);
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect(await orders(bareScope(database, first))).toHaveLength(1);
  });

  it("can not hang a line on another account's order", async () => {
    const theirs = await addOrder(bareScope(database, newId()));
    const scope = bareScope(database, newId());
    const line = scope.db
      .insertInto("given_lines")
      .values({ account_id: scope.account.id, order_id: theirs, position: 1 });
    await expect(line.execute()).rejects.toThrow(/foreign key/i);
  });
});

describe("SQLite's one writer", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase("sqlite");
    await givenTables(database);
  });
  afterAll(() => database.close());

  it("is waited for in order", async () => {
    const turn = createWriter();
    const order: number[] = [];
    await turn.take();
    const waiting = [1, 2, 3].map(async (number) => {
      await turn.take();
      order.push(number);
      turn.give();
    });
    turn.give();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
    expect(turn.isFree()).toBe(true);
  });

  it("is given up on with words that say what to do", async () => {
    const turn = createWriter(20);
    await turn.take();
    await expect(turn.take()).rejects.toThrow(WriterBusyError);
    await expect(turn.take()).rejects.toThrow("pass on the scope that inTransaction hands");
    turn.give();
    await turn.take();
  });

  it("is not given up on while the queue moves", async () => {
    const turn = createWriter(50);
    await turn.take();
    const waiting = Array.from({ length: 5 }, async () => {
      await turn.take();
      await delay(30);
      turn.give();
    });
    turn.give();
    await Promise.all(waiting);
    expect(turn.isFree()).toBe(true);
  });

  it("is shared with another process without losing a row", async () => {
    const scope = bareScope(database, newId());
    const script = fileURLToPath(new URL("./other-process.fixture.mjs", import.meta.url));
    const other = spawn(process.execPath, [script, database.url.slice("file:".length), scope.account.id, "150"]);
    await once(other.stdout, "data");
    const finished = once(other, "exit");
    for (let turn = 0; turn < 150; turn++) {
      await inTransaction(scope, async (inner) => {
        // Read, then write: deferred, this is where another process' commit would make it fail.
        await orders(inner);
        await addOrder(inner);
      });
      await delay(1);
    }
    const [code] = (await finished) as [number];
    expect(code).toBe(0);
    expect(await orders(scope)).toHaveLength(300);
  });

  it("says when the disk is full, and reading goes on", async () => {
    const scope = bareScope(database, newId());
    const pages = await sql<{ page_count: number }>`pragma page_count`.execute(database.unguarded);
    await sql.raw(`pragma max_page_count = ${(pages.rows[0]?.page_count ?? 0) + 2}`).execute(database.unguarded);
    const fill = inTransaction(scope, async (inner) => {
      for (let turn = 0; turn < 100; turn++) {
        const row = { account_id: scope.account.id, id: newId(), scan: Buffer.alloc(4_000) };
        await inner.db.insertInto("given_orders").values(row).execute();
      }
    });
    await expect(fill).rejects.toThrow(StorageFullError);
    expect(await orders(scope)).toEqual([]);
    await sql.raw("pragma max_page_count = 4294967294").execute(database.unguarded);
    await addOrder(scope);
    expect(await orders(scope)).toHaveLength(1);
  });
});
