import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import runImport from "./run-import";
import sweep from "./sweep";
import { setMembership } from "~/features/accounts/members.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { type JobContext } from "~/platform/queue/tasks";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { upload } from "~/testing/walk/examples";

describe.each(databases)("the import of a file on %s", (engine) => {
  async function contextFor(scope: Scope): Promise<JobContext> {
    return given.job(await given.installation(engine, { database: scope.database }), { maxAttempts: 8 });
  }

  async function started(scope: Scope): Promise<string> {
    const runId = await upload(scope);
    await startRun(scope, runId);
    return runId;
  }

  const contactsOf = (scope: Scope) =>
    scope.db.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id).execute();

  test("is done in the name of whoever started it", async () => {
    const scope = await given.scope(engine, "user");
    const runId = await started(scope);
    await runImport({ accountId: scope.account.id, runId }, await contextFor(scope));
    expect(await findRun(scope, runId)).toMatchObject({ state: "done", startedBy: scope.user?.name });
    expect(await contactsOf(scope)).toHaveLength(1);
  });

  test.each(["became a viewer", "was switched off", "left the firm"])(
    "stores nothing when whoever started it %s meanwhile",
    async (what) => {
      const scope = await given.scope(engine, "user");
      const runId = await started(scope);
      const userId = scope.user?.id ?? "";
      const { unguarded } = scope.database;
      if (what === "became a viewer") await setMembership(scope, { userId, role: "viewer" });
      else if (what === "left the firm")
        await unguarded.deleteFrom("memberships").where("user_id", "=", userId).execute();
      else {
        const disabled = { disabled_at: scope.clock.now() };
        await unguarded.updateTable("users").set(disabled).where("id", "=", userId).execute();
      }
      await runImport({ accountId: scope.account.id, runId }, await contextFor(scope));
      const problem = `${scope.user?.name} may no longer import contacts here.`;
      expect(await findRun(scope, runId)).toMatchObject({ state: "failed", problem });
      expect(await contactsOf(scope)).toEqual([]);
    },
  );

  test("is given up by the sweep when no job will go on with it, and not before", async () => {
    const scope = await given.scope(engine, "user");
    const runId = await started(scope);
    const context = await contextFor(scope);
    await sweep({}, context);
    expect(await findRun(scope, runId)).toMatchObject({ state: "queued" });
    // As if each of its workers had been killed.
    const jobs = engine === "sqlite" ? sql`jobs` : sql`graphile_worker._private_jobs`;
    await sql`update ${jobs} set attempts = max_attempts`.execute(scope.database.unguarded);
    await sweep({}, context);
    expect(await findRun(scope, runId)).toMatchObject({ state: "failed", problemReference: context.requestId });
  });
});
