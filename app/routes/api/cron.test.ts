import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveSchedule } from "~/features/connectors/schedule/save-schedule.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { listJobs } from "~/platform/queue/queue-health.server";
import { type InstallationScope } from "~/platform/scope.server";
import * as cron from "~/routes/api/cron";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { connected } from "~/testing/given-syncs";
import { type RouteModule, type Site, startSite } from "~/testing/site";

const secret = randomBytes(36).toString("base64");
const routes = { "/api/cron": cron as unknown as RouteModule };

describe.each(databases)("the cron address on %s", (engine) => {
  let site: Site;
  let installation: InstallationScope;

  beforeAll(async () => {
    site = await startSite({ routes, engine, env: { cronSecret: secret } });
    installation = installationScope({ ...site.world, requestId: newId(), address: null });
  });
  afterAll(() => site.close());

  const call = (authorization?: string) =>
    site.ask("/api/cron", { method: "POST", headers: authorization ? { authorization } : {} });

  test("works off what is due and says so, for whoever knows the secret, from wherever", async () => {
    const scope = await given.member(installation, await given.account(installation, { name: "Hale & Partners" }));
    const connectorId = await connected(scope);
    const schedule = { rhythm: { every: "hour", minute: 0 }, quiet: null } as const;
    await saveSchedule(scope, connectorId, { schedule, version: 1 });
    // Its time has come; what its provider is called no worker knows, so that it is only planned anew.
    await scope.db
      .updateTable("connectors")
      .set({ next_run_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await enqueue(scope, "start_due", { accountId: scope.account.id, connectorId }, { jobKey: connectorId });
    const answer = await call(`Bearer ${secret}`);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ state: "worked", done: 1, failed: 0, interrupted: 0 });
    const left = await listJobs(installation);
    expect(left.map(({ task, state }) => [task, state])).toEqual([["start_due", "later"]]);
  });

  test.each([["none"], ["Bearer "], [`Bearer ${secret}x`], [`Basic ${secret}`], [`Bearer ${secret.slice(1)}`]])(
    "believes nobody who says %s",
    async (authorization) => {
      const answer = await call(authorization === "none" ? undefined : authorization);
      expect(answer.status).toBe(401);
      expect(answer.headers["www-authenticate"]).toBe("Bearer");
      expect(answer.text).not.toContain(secret);
    },
  );

  test("is no page, and with GET does nothing", async () => {
    expect((await site.ask("/api/cron", { headers: { authorization: `Bearer ${secret}` } })).status).toBe(405);
  });

  test("puts off who guesses on and on", async () => {
    let last = await call("Bearer wrong");
    for (let n = 0; n < 60 && last.status === 401; n++) last = await call("Bearer wrong");
    expect(last.status).toBe(429);
    expect(Number(last.headers["retry-after"])).toBeGreaterThan(0);
  });
});

test("without a secret there is no such address", async () => {
  const site = await startSite({ routes });
  const answer = await site.ask("/api/cron", { method: "POST", headers: { authorization: "Bearer anything" } });
  expect(answer.status).toBe(404);
  await site.close();
});
