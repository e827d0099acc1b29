import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import sweep from "./sweep";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { startSession } from "~/features/sign-in/sessions.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { listJobs } from "~/platform/queue/queue-health.server";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { upload } from "~/testing/walk/examples";
import { given, testClock } from "~/testing/given";

describe.each(databases)("the hourly sweep on %s", (engine) => {
  const contextOf = given.job;

  test("sessions go when they have ended, and not before", async () => {
    const clock = testClock();
    const scope = await given.installation(engine, { clock });
    const user = await given.user(scope);
    await startSession(scope, user.id, null);
    const sessions = () => scope.db.selectFrom("sessions").select("id").where("user_id", "=", user.id).execute();
    clock.advance(59 * MINUTE_MS);
    await sweep({}, contextOf(scope));
    expect(await sessions()).toHaveLength(1);
    clock.advance(HOUR_MS);
    await sweep({}, contextOf(scope));
    expect(await sessions()).toHaveLength(0);
  });

  test("one-time codes go a month after they have expired: until then their page can say so", async () => {
    const clock = testClock();
    const scope = await given.installation(engine, { clock });
    const [now, hash] = [clock.now(), "spent-code"];
    const token = {
      hash,
      purpose: "set-up" as const,
      account: null,
      created_at: now,
      expires_at: later(now, 7 * DAY_MS),
    };
    await scope.db
      .insertInto("tokens")
      .values({ ...token, used_at: null })
      .execute();
    const codes = () => scope.db.selectFrom("tokens").select("purpose").execute();
    clock.advance(36 * DAY_MS);
    await sweep({}, contextOf(scope));
    expect(await codes()).toHaveLength(1);
    clock.advance(2 * DAY_MS);
    await sweep({}, contextOf(scope));
    expect(await codes()).toHaveLength(0);
  });

  test("uploads that were begun and never completed go after a day", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "admin", { clock });
    await scope.db
      .insertInto("files")
      .values({
        account_id: scope.account.id,
        id: "01a1fc4c-7b5c-702a-a1be-10821d0ed737",
        name: "contacts.csv",
        media_type: "text/csv",
        size_bytes: 0,
        sha256: "",
        created_at: clock.now(),
        created_by: null,
        completed_at: null,
      })
      .execute();
    const files = () => scope.db.selectFrom("files").select("id").where("account_id", "=", scope.account.id).execute();
    const from = await given.installation(engine, { clock });
    await sweep({}, contextOf(from));
    expect(await files()).toHaveLength(1);
    clock.advance(DAY_MS + 1);
    await sweep({}, contextOf(from));
    expect(await files()).toHaveLength(0);
  });

  test("an import that nobody started goes after 30 days, with its file", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "admin", { clock });
    const runId = await upload(scope);
    const from = await given.installation(engine, { clock });
    clock.advance(29 * DAY_MS);
    await sweep({}, contextOf(from));
    expect(await findDraft(scope, runId)).not.toBeNull();
    clock.advance(2 * DAY_MS);
    await sweep({}, contextOf(from));
    expect(await findDraft(scope, runId)).toBeNull();
    expect(
      await scope.db.selectFrom("files").select("id").where("account_id", "=", scope.account.id).execute(),
    ).toEqual([]);
  });

  test("jobs that failed for good are kept for 30 days", async () => {
    const clock = testClock();
    const scope = await given.installation(engine, { clock });
    await enqueue(scope, "sweep", {});
    await enqueue(scope, "sweep", {});
    const failed = engine === "sqlite" ? sql`jobs` : sql`graphile_worker._private_jobs`;
    await sql`update ${failed} set attempts = max_attempts`.execute(scope.database.unguarded);
    const waiting = await enqueue(scope, "sweep", {});
    clock.advance(29 * DAY_MS);
    await sweep({}, contextOf(scope));
    expect(await listJobs(scope)).toHaveLength(3);
    clock.advance(2 * DAY_MS);
    await sweep({}, contextOf(scope));
    expect((await listJobs(scope)).map(({ id }) => id)).toEqual([waiting]);
  });
});
