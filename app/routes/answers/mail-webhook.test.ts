/** What mail services tell: believed when it is signed, taken once, and of this account's mails only. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { receiveWebhook } from "~/features/campaigns/mailing/receive-webhook.server";
import { type WebhookKind } from "~/features/campaigns/mailing/webhook-kinds";
import { findWebhook, readHookToken, removeWebhook, saveWebhook } from "~/features/campaigns/mailing/webhooks.server";
import { listHistory } from "~/features/contacts/history/history.server";
import { isSuppressed } from "~/features/contacts/suppression/suppressed.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { HOUR_MS, later, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock, testKeys } from "~/testing/given";
import { type Sent, sent } from "~/testing/given-answers";
import {
  amazonCertificate,
  hmacHeaders,
  sendGridHeaders,
  sendGridKey,
  snsBody,
  topicArn,
} from "~/testing/signed-messages";
import { type Site, startSite } from "~/testing/site";
import { wholeSite } from "~/testing/site-map";
import { tableRows } from "~/testing/table-rows";

const clock = testClock("2026-05-20T12:00:00.000Z");
const proofs: Record<WebhookKind, string> = { ses: topicArn, sendgrid: sendGridKey, hmac: "" };

describe.each(databases)("what mail services tell, on %s", (engine) => {
  let site: Site;
  let installation: InstallationScope;
  beforeAll(async () => {
    site = await startSite({ routes: await wholeSite(), clock, engine });
    installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.99" });
  });
  afterAll(() => site.close());

  async function firm(kind: WebhookKind) {
    const scope = await given.member(installation, await given.account(installation));
    expect(await saveWebhook(scope, kind, proofs[kind])).toEqual({ ok: true });
    const hook = await findWebhook(scope, kind);
    if (!hook) throw new Error("There is no webhook");
    return { scope, hook };
  }

  const post = (path: string, body: string, headers: Record<string, string>) =>
    site.ask(path, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
  const idOf = ({ campaignId, contactId }: Sent) => `<${campaignId}.${contactId}@post.example>`;
  const plain = (...events: object[]) => JSON.stringify({ events });

  test("a mail that came back is marked once, counted, told in the history, and its address not used again", async () => {
    const { scope, hook } = await firm("hmac");
    const who = await sent(scope);
    const failed = { event: "failed", status: "5.1.1", diagnostic: "550 5.1.1 no such user", recipient: "x@y.example" };
    const body = plain({ ...failed, messageId: idOf(who) }, { event: "delivered", recipient: "z@y.example" });
    const first = await post(hook.path, body, hmacHeaders(body, clock.now(), hook.proof));
    expect([first.status, first.text]).toEqual([200, '{"result":"taken"}']);
    const after = { reached: 0, failed: 1 };
    expect(await findCampaign(scope, who.campaignId)).toMatchObject(after);
    expect(await isSuppressed(scope, "email", who.email)).toBe(true);
    expect(await isSuppressed(scope, "email", "x@y.example")).toBe(false);
    const [latest] = (await listHistory(scope, who.contactId)).entries;
    expect(latest?.changes[0]).toMatchObject({ before: "Delivered", after: "Bounced, 550 5.1.1 no such user" });
    const rows = await tableRows(site.world.database);
    expect((await post(hook.path, body, hmacHeaders(body, clock.now(), hook.proof))).status).toBe(200);
    expect(await tableRows(site.world.database)).toEqual(rows);
    // The same once more, in another message.
    clock.advance(MINUTE_MS);
    await post(hook.path, body, hmacHeaders(body, clock.now(), hook.proof));
    expect(await findCampaign(scope, who.campaignId)).toMatchObject(after);
    expect((await listHistory(scope, who.contactId)).entries[0]).toEqual(latest);
  });

  test("two messages that tell of the same mails in another order are both taken", async () => {
    const { scope, hook } = await firm("hmac");
    const mails: Sent[] = [];
    for (let n = 0; n < 12; n += 1) mails.push(await sent(scope, { email: `reader.${n}@orchard.example` }));
    const events = mails.map((mail) => ({ event: "failed", recipient: mail.email, messageId: idOf(mail) }));
    const answers = await Promise.all(
      [plain(...events), plain(...events.toReversed())].map((body) =>
        post(hook.path, body, hmacHeaders(body, clock.now(), hook.proof)),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    for (const { campaignId } of mails) expect(await findCampaign(scope, campaignId)).toMatchObject({ failed: 1 });
  });

  test("badly signed, unsigned, too old, with the secret before: not believed, and nothing changes", async () => {
    const { scope, hook } = await firm("hmac");
    const who = await sent(scope);
    const body = plain({ event: "complained", recipient: who.email, messageId: idOf(who) });
    const headers = hmacHeaders(body, clock.now(), hook.proof);
    const before = await tableRows(site.world.database);
    const tries: [string, Record<string, string>][] = [
      [body, {}],
      [`${body} `, headers],
      [body, hmacHeaders(body, clock.now(), "another")],
      [body, hmacHeaders(body, later(clock.now(), -HOUR_MS), hook.proof)],
    ];
    for (const [sentBody, sentHeaders] of tries) {
      const answer = await post(hook.path, sentBody, sentHeaders);
      expect([answer.status, answer.text]).toEqual([401, '{"result":"not believed"}']);
    }
    for (const path of [
      hook.path.slice(0, -1),
      `${hook.path}A`,
      hook.path.replace("hmac", "ses"),
      "/hooks/mail/hmac/x",
    ]) {
      expect([path, (await post(path, body, headers)).status]).toEqual([path, 404]);
    }
    expect((await post(hook.path, "x".repeat(1_000_001), headers)).status).toBe(413);
    expect((await site.ask(hook.path)).status).toBe(405);
    expect(await tableRows(site.world.database)).toEqual(before);
    await saveWebhook(scope, "hmac", "");
    expect((await post(hook.path, body, headers)).status).toBe(404);
    await removeWebhook(scope, "hmac");
    expect(await findWebhook(scope, "hmac")).toBeNull();
  });

  test("of another firm's mails nothing is taken, whoever signs it", async () => {
    const [ours, theirs] = [await firm("hmac"), await firm("hmac")];
    const who = await sent(ours.scope);
    const before = await tableRows(site.world.database, ours.scope.account.id);
    const event = { event: "failed", status: "5.1.1", recipient: who.email, messageId: idOf(who) };
    const body = plain(event, { ...event, event: "complained" });
    expect((await post(theirs.hook.path, body, hmacHeaders(body, clock.now(), theirs.hook.proof))).status).toBe(200);
    expect((await post(theirs.hook.path, body, hmacHeaders(body, clock.now(), ours.hook.proof))).status).toBe(401);
    expect(await tableRows(site.world.database, ours.scope.account.id)).toEqual(before);
    expect(await isSuppressed(theirs.scope, "email", who.email)).toBe(false);
  });

  test("SendGrid's events are taken by the address, too; a mailbox that is full stays in use", async () => {
    const { scope, hook } = await firm("sendgrid");
    const [gone, full, cross] = [
      await sent(scope, { email: "gone@orchard.example" }),
      await sent(scope, { email: "full@orchard.example" }),
      await sent(scope, { email: "cross@orchard.example" }),
    ];
    const body = JSON.stringify([
      { event: "bounce", email: "Gone@Orchard.example", status: "5.1.1", reason: "550 no such user", type: "bounce" },
      { event: "bounce", email: full.email, status: "5.2.2", reason: "552 mailbox full", type: "bounce" },
      { event: "spamreport", email: cross.email },
      { event: "unsubscribe", email: "nobody@elsewhere.example" },
      { event: "open", email: cross.email },
    ]);
    const answer = await post(hook.path, body, sendGridHeaders(body, clock.now()));
    expect(answer.status).toBe(200);
    expect(await findCampaign(scope, gone.campaignId)).toMatchObject({ reached: 0, failed: 1 });
    expect(await findCampaign(scope, full.campaignId)).toMatchObject({ reached: 0, failed: 1 });
    expect(await findCampaign(scope, cross.campaignId)).toMatchObject({ reached: 1, failed: 0, notInterested: 0 });
    const listed = [gone, full, cross].map(({ email }) => isSuppressed(scope, "email", email));
    expect(await Promise.all(listed)).toEqual([true, false, true]);
    expect(await isSuppressed(scope, "email", "nobody@elsewhere.example")).toBe(false);
  });

  describe("Amazon", () => {
    const ways = { fetchCertificate: () => Promise.resolve(amazonCertificate) };
    const receive = (scope: Scope, id: string, body: string) =>
      receiveWebhook(scope, { kind: "ses", id }, { message: { body, header: () => null }, ways });

    test("tells of a bounce once, however often it does", async () => {
      const { scope, hook } = await firm("ses");
      const who = await sent(scope);
      const bounced = [{ emailAddress: who.email, status: "5.1.1", diagnosticCode: "smtp; 550 5.1.1 user unknown" }];
      const ses = JSON.stringify({
        notificationType: "Bounce",
        mail: { messageId: "ses1", headers: [{ name: "Message-ID", value: idOf(who) }] },
        bounce: { bounceType: "Permanent", bouncedRecipients: bounced },
      });
      const body = snsBody(ses, clock.now());
      expect(await receive(scope, hook.id, body)).toEqual({ ok: true, isRepeated: false, taken: 1, unread: 0 });
      expect(await receive(scope, hook.id, body)).toMatchObject({ isRepeated: true, taken: 0 });
      expect(await findCampaign(scope, who.campaignId)).toMatchObject({ reached: 0, failed: 1 });
      const foreign = snsBody(ses, clock.now(), { TopicArn: "arn:aws:sns:eu-west-1:999999999999:mine" });
      expect(await receive(scope, hook.id, foreign)).toEqual({ ok: false, reason: "other-topic" });
      expect(await receive(scope, hook.id, body.replace("Bounce", "Bounze"))).toMatchObject({
        reason: "bad-signature",
      });
      expect(await receive(scope, hook.id, "{")).toEqual({ ok: false, reason: "not-readable" });
      expect(await receive(scope, newId(), body)).toEqual({ ok: false, reason: "not-found" });
    });

    test("asks whether its messages are wanted, which an administrator sees", async () => {
      const { scope, hook } = await firm("ses");
      const url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t";
      const asks = { Type: "SubscriptionConfirmation", SubscribeURL: url, Token: "t" } as const;
      expect(await receive(scope, hook.id, snsBody("You have chosen", clock.now(), asks))).toMatchObject({ ok: true });
      expect((await findWebhook(scope, "ses"))?.confirmUrl).toBe(url);
      expect(await receive(scope, hook.id, snsBody("{}", clock.now(), { MessageId: "m2" }))).toMatchObject({
        unread: 1,
      });
      expect((await findWebhook(scope, "ses"))?.confirmUrl).toBeNull();
    });

    test("comes as plain text, without an origin, and is refused where it is no message of theirs", async () => {
      const { hook } = await firm("ses");
      const answer = await post(hook.path, "{}", { "content-type": "text/plain; charset=UTF-8" });
      expect(answer.status).toBe(401);
    });
  });

  test("secrets and topics are kept sealed; a wrong topic or key is refused", async () => {
    const { scope, hook } = await firm("ses");
    const row = scope.db.selectFrom("mail_webhooks").select("proof").where("account_id", "=", scope.account.id);
    expect((await row.executeTakeFirstOrThrow()).proof).not.toContain("arn:");
    expect(hook.proof).toBe(topicArn);
    expect(await saveWebhook(scope, "ses", "arn:aws:s3:::bucket")).toEqual({ ok: false, reason: "no-topic" });
    expect(await saveWebhook(scope, "sendgrid", "hello")).toEqual({ ok: false, reason: "no-key" });
    expect(readHookToken(testKeys, hook.path.split("/").at(-1) ?? "")).toEqual({
      accountId: scope.account.id,
      id: hook.id,
    });
  });
});
