import { sql } from "kysely";
import { describe, expect, test, vi } from "vitest";
import sweep from "./sweep";
import undoAdditionJob from "./undo-addition";
import { setMembership } from "~/features/accounts/members.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { addContacts, addFrom, continueAddition } from "~/features/campaigns/recipients/add-recipients.server";
import { listAdditions } from "~/features/campaigns/recipients/list-recipients.server";
import { continueUndoOfAddition, undoAddition } from "~/features/campaigns/recipients/undo-addition.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { crowd } from "~/testing/given-bulk";
import { plan } from "~/testing/given-campaigns";

const never = new AbortController().signal;

/** Of a worker that is stopped after so many pages. */
function stoppedAfter(pages: number): AbortSignal {
  const { signal } = new AbortController();
  let left = pages;
  vi.spyOn(signal, "throwIfAborted").mockImplementation(() => {
    left -= 1;
    if (left < 0) throw new Error("the worker was stopped");
  });
  return signal;
}

/** A draft of letters with everybody on its list, put there in one go. */
async function listed(scope: Scope, contacts: number) {
  const id = await plan(scope, "letter");
  await crowd(scope, contacts);
  const began = await addFrom(scope, id, { from: "list", query: "", name: null });
  if (!began.ok) throw new Error(began.reason);
  await continueAddition(scope, began.additionId, never);
  return { id, additionId: began.additionId };
}

describe.each(databases)("a long list taken back, on %s", (engine) => {
  test("goes on by a job from where a stopped worker left it, and is told once it has ended", async () => {
    const scope = await given.scope(engine, "user");
    const { id, additionId } = await listed(scope, 2_700);
    expect(await undoAddition(scope, id, additionId)).toEqual({ ok: true, isDone: false, taken: 2_000 });
    expect(await undoAddition(scope, id, additionId)).toEqual({ ok: true, isDone: false, taken: 2_000 });
    await expect(continueUndoOfAddition(scope, additionId, stoppedAfter(1))).rejects.toThrow("stopped");
    expect(await listAdditions(scope, id, 5)).toMatchObject([{ isBeingUndone: true, takenOff: 2_500, added: 2_700 }]);
    // Meanwhile the list is nobody else's to change.
    expect(await addContacts(scope, id, [])).toEqual({ ok: false, reason: "at-work" });
    expect(await startCampaign(scope, id)).toEqual({ ok: false, reason: "at-work" });
    await setMembership(scope, { userId: scope.user?.id ?? "", role: "viewer" });
    const context = given.job(await given.installation(engine, { database: scope.database }), { maxAttempts: 8 });
    await undoAdditionJob({ accountId: scope.account.id, additionId }, context);
    await undoAdditionJob({ accountId: scope.account.id, additionId }, context);
    expect(await listAdditions(scope, id, 5)).toMatchObject([
      { state: "undone", isBeingUndone: false, takenOff: 2_700 },
    ]);
    expect(await findCampaign(scope, id)).toMatchObject({ listed: 0, leftOut: 0 });
    const events = await scope.database.unguarded
      .selectFrom("audit_events")
      .select(["action", "actor_user_id"])
      .where("account_id", "=", scope.account.id)
      .where("action", "=", "campaign.recipients-taken-off")
      .execute();
    expect(events).toMatchObject([{ actor_user_id: scope.user?.id }]);
  });

  test("is given up with a reason when no job will go on with it, and can be asked for anew", async () => {
    const scope = await given.scope(engine, "user");
    const { id, additionId } = await listed(scope, 2_100);
    await undoAddition(scope, id, additionId);
    const context = given.job(await given.installation(engine, { database: scope.database }), { maxAttempts: 8 });
    await sweep({}, context);
    expect(await listAdditions(scope, id, 5)).toMatchObject([{ isBeingUndone: true, problem: null }]);
    // As if each of its workers had been killed.
    const jobs = engine === "sqlite" ? sql`jobs` : sql`graphile_worker._private_jobs`;
    await sql`update ${jobs} set attempts = max_attempts`.execute(scope.database.unguarded);
    await sweep({}, context);
    expect(await listAdditions(scope, id, 5)).toMatchObject([
      { state: "done", isBeingUndone: false, problemReference: context.requestId },
    ]);
    expect(await findCampaign(scope, id)).toMatchObject({ listed: 100 });
    expect(await undoAddition(scope, id, additionId)).toEqual({ ok: true, isDone: true, taken: 100 });
    expect(await listAdditions(scope, id, 5)).toMatchObject([{ state: "undone", problem: null }]);
    expect(await findCampaign(scope, id)).toMatchObject({ listed: 0 });
  });
});
