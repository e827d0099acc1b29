/** A run that is half read while this version is put in the place of the one before goes on knowing what it has seen. */
import { sql } from "kysely";
import { expect, test } from "vitest";
import { up } from "./20261122T1720_seen_records";
import { hasSeen, nothingSeen } from "~/features/pipeline/sourced/seen";
import { storedSeen } from "~/features/pipeline/sourced/seen-records.server";
import { secureTables } from "~/platform/db/postgres-role.server";
import { databases, openTestDatabase } from "~/testing/databases";
import { given } from "~/testing/given";
import { syncExample } from "~/testing/walk/sync-example";

test.each(databases)("a run at work keeps what it has seen, on %s", async (engine) => {
  const database = await openTestDatabase(engine);
  try {
    const scope = await given.scope(engine, "admin", { database });
    const { taking } = await syncExample(scope);
    const runId = taking.run.id;
    for (const statement of [
      sql`drop table seen_records`,
      sql`drop index source_records_by_number`,
      sql`alter table source_records drop column number`,
      sql`alter table source_records add column seen_run_id ${sql.raw(engine === "sqlite" ? "text" : "uuid")}`,
      sql`update source_records set seen_run_id = first_run_id`,
      sql`update source_records set seen_run_id = ${runId} where remote_id in ('p1', 'p3')`,
      sql`update runs set checkpoint = '{"phase":"settling","unseen":"p2"}' where id = ${runId}`,
    ]) {
      await statement.execute(database.unguarded);
    }
    await up(database.unguarded as unknown as Parameters<typeof up>[0]);
    if (engine === "postgres") await secureTables(database.unguarded, database.appRole);
    await database.reload();
    const people = await scope.db
      .selectFrom("source_records")
      .select(["remote_id", "number"])
      .where("account_id", "=", scope.account.id)
      .where("stream", "=", "people")
      .orderBy("remote_id")
      .execute();
    const seen = (await storedSeen(scope, runId)).get("people") ?? nothingSeen;
    expect(people.map(({ remote_id, number }) => [remote_id, hasSeen(seen, number)])).toEqual([
      ["p1", true],
      ["p2", false],
      ["p3", true],
      ["p4", false],
    ]);
    expect(new Set(people.map(({ number }) => number))).toEqual(new Set([1, 2, 3, 4]));
    const { checkpoint } = await scope.db
      .selectFrom("runs")
      .select("checkpoint")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(checkpoint ?? "")).toEqual({ phase: "settling", streams: {}, unseen: 0 });
  } finally {
    await database.close();
  }
});
