/**
 * Workers that send are killed with −9 at every named point, also between handing a mail over and noting it: nobody gets two,
 * and whoever got none or may have got none is told. `MAILING_ROUNDS=50` for the long test.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { beginSending } from "~/features/campaigns/mailing/begin-sending.server";
import { usualMailing } from "~/features/campaigns/mailing/mailing";
import { saveMailing } from "~/features/campaigns/mailing/save-mailing.server";
import { sendCampaign, type SendingPoint } from "~/features/campaigns/mailing/send-campaign.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";
import { startMailServer, type TestMailServer } from "~/testing/mail-server";

const ROUNDS = Number(process.env.MAILING_ROUNDS ?? 3);
const PEOPLE = 40;
const points: SendingPoint[] = ["claimed", "begun", "handed-over", "marked", "taken-up", "asked-to-come-back"];
/** At the most so many times a worker passes a point before it is killed there. */
const passes: Record<SendingPoint, number> = {
  ...{ claimed: 3, begun: 20, "handed-over": 3, marked: 3, "taken-up": 1, "asked-to-come-back": 1 },
};

/** Numbers from 0 to below 1 that a seed makes (Park and Miller). */
function numbersOf(seed: number): () => number {
  let state = (seed * 48_271 + 11) % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

async function planned(scope: Scope, round: number) {
  const campaignId = await plan(scope);
  const ids: string[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const kind = n % 13 === 5 ? "cut" : n % 13 === 7 ? "gone" : n % 13 === 9 ? "later" : "fine";
    const value = `${kind}${n}.round${round}@orchard.example`;
    ids.push((await given.contact(scope, { emails: [{ label: null, value }] })).id);
  }
  await addContacts(scope, campaignId, ids);
  await saveMailing(scope, campaignId, { ...usualMailing, mailsAMinute: 6_000 });
  expect(await beginSending(scope, campaignId)).toEqual({ ok: true });
  return campaignId;
}

describe.each(databases)("sending killed on %s", (engine) => {
  let server: TestMailServer;
  beforeAll(async () => {
    server = await startMailServer();
    server.delayMs = 3;
  });
  afterAll(() => server.close());

  /** Whether it was killed; else it had nothing more to do before it came there. */
  async function killedAt(scope: Scope, campaignId: string, point: SendingPoint, count: number): Promise<boolean> {
    const { url, appRole } = scope.database;
    const facts = [
      url,
      appRole,
      scope.account.id,
      campaignId,
      String(server.settings.server.port),
      point,
      String(count),
    ];
    const child = spawn(process.execPath, ["--import", "tsx", "app/testing/mailing-to-kill.ts", ...facts], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    if (signal !== "SIGKILL") expect(code).toBe(0);
    return signal === "SIGKILL";
  }

  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);

  test.each(rounds)(
    "nobody gets two and nobody is lost, seed %i",
    async (round) => {
      const scope = await given.scope(engine);
      const campaignId = await planned(scope, round);
      const random = numbersOf(round + 1);
      for (const turn of [2 * round, 2 * round + 1]) {
        const point = points[turn % points.length] ?? "claimed";
        await killedAt(scope, campaignId, point, 1 + Math.floor(random() * passes[point]));
      }
      const env = { appOrigin: "https://ledger.brandt.example", mail: server.settings };
      await sendCampaign(given.asRole(scope, "system"), campaignId, { env, signal: new AbortController().signal });
      const rows = await scope.db
        .selectFrom("recipients")
        .select(["address_key", "delivery", "next_at"])
        .where("account_id", "=", scope.account.id)
        .where("campaign_id", "=", campaignId)
        .execute();
      expect(rows).toHaveLength(PEOPLE);
      for (const { address_key: address, delivery, next_at: nextAt } of rows) {
        const times = server.times(address ?? "");
        const told = `${address} is ${delivery} and came ${times} times`;
        expect(times, told).toBeLessThanOrEqual(1);
        if (delivery === "accepted") expect(times, told).toBe(1);
        if (delivery === "refused") expect(times, told).toBe(0);
        if (delivery === "none") expect([times, nextAt === null], told).toEqual([0, false]);
        expect(["accepted", "refused", "unknown", "none"], told).toContain(delivery);
      }
      const kept = await findCampaign(scope, campaignId);
      await inTransaction(scope, (scope) => countRecipients(scope, campaignId));
      expect(await findCampaign(scope, campaignId)).toEqual(kept);
      expect(kept?.unknown).toBe(rows.filter(({ delivery }) => delivery === "unknown").length);
    },
    120_000,
  );
});
