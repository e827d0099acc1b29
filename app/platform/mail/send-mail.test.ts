import { createSecretKey, randomBytes } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";
import { type AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CaughtMail, type MailCatcher, startMailCatcher } from "../../../sandbox/mail/catcher";
import { inTransaction } from "~/platform/db/transaction.server";
import { type MailSettings } from "~/platform/env.server";
import { noProviders } from "~/platform/provider-settings.server";
import { deliverMail, MailNotSentError } from "~/platform/mail/deliver-mail.server";
import { countMails, listMails, sendAgain, sweepMails, sweepMailsOf } from "~/platform/mail/mail-log.server";
import { parseMailServer } from "~/platform/mail/mail-server.server";
import { canMail, type NewMail, writeMail } from "~/platform/mail/write-mail.server";
import { listJobs } from "~/platform/queue/queue-health.server";
import { type JobContext } from "~/platform/queue/tasks";
import { type InstallationScope } from "~/platform/scope.server";
import { DAY_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

const appOrigin = "https://ledger.brandt.example";

function settings(smtpUrl: string): MailSettings {
  const server = parseMailServer(smtpUrl);
  if (!server) throw new Error("no mail server");
  return { server, from: { name: "Tallybook", address: "ledger@brandt.example" } };
}

const invitation: NewMail = {
  to: "ngozi@orchard.example",
  toName: "Ngozi Okafor",
  subject: "Brandt Holzbau GmbH would like you to join",
  purpose: "invitation",
  paragraphs: ["Folasade Adebayo has invited you to the ledger of Brandt & Söhne <Holzbau>."],
  link: { label: "Accept the invitation", path: "/invitation/canary-token?a=1&b=2" },
  afterLink: ["It holds until 11 May 2026."],
  signedBy: "Brandt Holzbau GmbH",
};

describe.each(databases)("a mail on %s", (engine) => {
  let catcher: MailCatcher;
  let scope: InstallationScope;
  const clock = testClock();
  beforeAll(async () => void (catcher = await startMailCatcher()));
  afterAll(() => catcher.close());
  beforeEach(async () => void (scope = await given.installation(engine, { clock })));

  const job = (changes: Partial<JobContext> & { smtpUrl?: string | null } = {}): JobContext => {
    const { smtpUrl = catcher.smtpUrl, ...more } = changes;
    return given.job(scope, {
      env: { appOrigin, mail: smtpUrl === null ? null : settings(smtpUrl), providers: noProviders },
      ...more,
    });
  };
  const row = (id: string) =>
    scope.db
      .selectFrom("mails")
      .select(["state", "body", "problem", "attempts", "sent_at", "account", "subject"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  const caught = (id: string): CaughtMail[] =>
    catcher.mails.filter(({ headers }) => headers["message-id"]?.includes(`<${id}@`));

  test("arrives as text and as HTML that say the same, with whole addresses of ours", async () => {
    const id = await writeMail(scope, invitation);
    await deliverMail(job(), id);
    const [mail] = caught(id);
    expect(mail).toMatchObject({ from: "ledger@brandt.example", to: ["ngozi@orchard.example"] });
    expect(mail?.subject).toBe(invitation.subject);
    expect(mail?.toText).toBe('"Ngozi Okafor" <ngozi@orchard.example>');
    expect(mail?.text.trim()).toBe(`Hello Ngozi Okafor,

Folasade Adebayo has invited you to the ledger of Brandt & Söhne <Holzbau>.

Accept the invitation:
https://ledger.brandt.example/invitation/canary-token?a=1&b=2

It holds until 11 May 2026.

Brandt Holzbau GmbH`);
    expect(mail?.html).toContain('href="https://ledger.brandt.example/invitation/canary-token?a=1&amp;b=2"');
    expect(mail?.html).toContain("Brandt &amp; Söhne &lt;Holzbau&gt;");
    expect(mail?.html).toContain('<html lang="en-GB">');
    expect(mail?.html).not.toMatch(/<img|<script|<link|url\(/);
    expect(mail?.headers["auto-submitted"]).toMatch(/auto-generated$/);
  });

  test("is kept sealed until it is sent, and then not at all", async () => {
    const id = await writeMail(scope, invitation);
    const waiting = await row(id);
    expect(waiting).toMatchObject({ state: "waiting", attempts: 0 });
    expect(waiting.body).toMatch(/^v1\./);
    expect(waiting.body).not.toContain("canary");
    await deliverMail(job(), id);
    expect(await row(id)).toMatchObject({ state: "sent", body: null, sent_at: clock.now(), problem: null });
  });

  test("is sent once, however often its job runs, also at once", async () => {
    const id = await writeMail(scope, invitation);
    await Promise.all([deliverMail(job(), id), deliverMail(job(), id)]);
    await deliverMail(job(), id);
    expect(caught(id)).toHaveLength(1);
  });

  test("is not written when what it tells is rolled back", async () => {
    let id = "";
    const undone = inTransaction(scope, async (inside) => {
      id = await writeMail(inside, invitation);
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    await deliverMail(job(), id);
    expect(caught(id)).toEqual([]);
  });

  test("written by an account names it, and is signed with its name", async () => {
    const account = await given.scope(engine, "admin", { clock });
    const id = await writeMail(account, { ...invitation, signedBy: undefined });
    expect((await row(id)).account).toBe(account.account.id);
    await deliverMail(job(), id);
    expect(caught(id)[0]?.text.trim().endsWith(account.account.name)).toBe(true);
  });

  test("waits while the mail server is down, and is sent once when it is up again", async () => {
    const closed = await startMailCatcher();
    await closed.close();
    const id = await writeMail(scope, invitation);
    await expect(deliverMail(job({ smtpUrl: closed.smtpUrl }), id)).rejects.toThrow(MailNotSentError);
    expect(await row(id)).toMatchObject({ state: "waiting", attempts: 1 });
    expect((await row(id)).problem).toMatch(/^The mail server cannot be reached/);
    expect((await countMails(scope)).delayed).toBeGreaterThan(0);
    await deliverMail(job({ attempt: 2 }), id);
    expect(caught(id)).toHaveLength(1);
    expect(await row(id)).toMatchObject({ state: "sent", problem: null });
  });

  test("fails for good after the last attempt in vain", async () => {
    const id = await writeMail(scope, { ...invitation, to: "later@orchard.example" });
    await expect(deliverMail(job({ attempt: 24 }), id)).rejects.toThrow("busy");
    expect((await row(id)).state).toBe("waiting");
    await expect(deliverMail(job({ attempt: 25 }), id)).rejects.toThrow(MailNotSentError);
    expect((await row(id)).state).toBe("failed");
  });

  test("that the server refuses for good is said once, and can be sent again by hand", async () => {
    const id = await writeMail(scope, { ...invitation, to: "refused@orchard.example" });
    await deliverMail(job(), id);
    expect(await row(id)).toMatchObject({ state: "failed", attempts: 1 });
    expect((await row(id)).problem).toContain("No such mailbox here");
    await deliverMail(job({ attempt: 2 }), id);
    expect((await row(id)).attempts).toBe(1);
    expect((await listMails(scope)).find((mail) => mail.id === id)).toMatchObject({ canBeSent: true });
    expect(await sendAgain(scope, id)).toEqual({ ok: true });
    expect(await sendAgain(scope, id)).toEqual({ ok: false });
    expect((await row(id)).state).toBe("waiting");
  });

  test("is kept as not sent where there is no mail server, and sent by hand once there is one", async () => {
    expect([canMail(job({ smtpUrl: null })), canMail(job())]).toEqual([false, true]);
    const id = await writeMail(scope, invitation);
    await deliverMail(job({ smtpUrl: null }), id);
    expect(await row(id)).toMatchObject({ state: "not-sent", problem: "There is no mail server" });
    await sendAgain(scope, id);
    await deliverMail(job(), id);
    expect(caught(id)).toHaveLength(1);
  });

  test("sent again by hand after days is tried like a new one, and not given up by the next sweep", async () => {
    const id = await writeMail(scope, invitation);
    await deliverMail(job({ smtpUrl: null }), id);
    clock.advance(6 * DAY_MS);
    expect(await sendAgain(scope, id)).toEqual({ ok: true });
    await sweepMails(scope);
    expect(await row(id)).toMatchObject({ state: "waiting", problem: null });
    await deliverMail(job(), id);
    expect(caught(id)).toHaveLength(1);
  });

  test("that no job will send any more is given up after five days", async () => {
    const id = await writeMail(scope, invitation);
    clock.advance(5 * DAY_MS);
    await sweepMails(scope);
    expect((await row(id)).state).toBe("waiting");
    clock.advance(1);
    await sweepMails(scope);
    expect(await row(id)).toMatchObject({ state: "failed", problem: "It was tried for days" });
  });

  test("reaches who has an apostrophe in their address, and nobody else", async () => {
    const to = "siobhan.o'brien@orchard.example";
    const id = await writeMail(scope, { ...invitation, to, toName: "Siobhan O'Brien" });
    await deliverMail(job(), id);
    expect(caught(id)[0]).toMatchObject({ to: [to], toText: `"Siobhan O'Brien" <${to}>` });
    const nameless = await writeMail(scope, { ...invitation, to, toName: undefined });
    await deliverMail(job(), nameless);
    expect(caught(nameless)[0]).toMatchObject({ to: [to], toText: to });
  });

  test("whose worker was killed at it is sent when its claim is over, as the same mail", async () => {
    const id = await writeMail(scope, invitation);
    await scope.db
      .updateTable("mails")
      .set({ state: "sending", sending_since: clock.now(), attempts: 1 })
      .where("id", "=", id)
      .execute();
    const jobs = (await listJobs(scope, { limit: 1_000 })).length;
    await deliverMail(job({ attempt: 2 }), id);
    expect(caught(id)).toEqual([]);
    expect(await listJobs(scope, { limit: 1_000 })).toHaveLength(jobs);
    clock.advance(2 * MINUTE_MS);
    await deliverMail(job(), id);
    expect(caught(id)).toHaveLength(1);
  });

  test("sealed with a key that was taken away fails at once: it could never be opened again", async () => {
    const id = await writeMail(scope, invitation);
    const encryption = [{ kid: "other", key: createSecretKey(randomBytes(32)) }];
    await deliverMail(job({ keys: { ...scope.keys, encryption } }), id);
    expect(await row(id)).toMatchObject({ state: "failed", problem: "What it said can no longer be opened" });
  });

  test("cannot be given further headers or recipients by its subject or names", async () => {
    const id = await writeMail(scope, {
      ...invitation,
      toName: "Ngozi\r\nBcc: spy@elsewhere.example, <spy@elsewhere.example>",
      subject: "Join us\r\nBcc: spy@elsewhere.example\r\n\r\n<h1>Other</h1>",
    });
    await deliverMail(job(), id);
    const [mail] = caught(id);
    expect(mail?.to).toEqual(["ngozi@orchard.example"]);
    expect(Object.keys(mail?.headers ?? {})).not.toContain("bcc");
    expect(mail?.subject).toBe("Join us Bcc: spy@elsewhere.example <h1>Other</h1>");
    for (const to of ["a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "<a@b.example>", "nobody"]) {
      expect(() => writeMail(scope, { ...invitation, to })).toThrow("one plain address");
    }
    const path = "//elsewhere.example/x";
    expect(() => writeMail(scope, { ...invitation, link: { label: "Go", path } })).toThrow("path of our own");
  });

  test("is in the log for 30 days, and what it said for 7 where it was not sent", async () => {
    const id = await writeMail(scope, invitation);
    await deliverMail(job({ smtpUrl: null }), id);
    clock.advance(6 * DAY_MS);
    await sweepMails(scope);
    expect((await row(id)).body).not.toBeNull();
    clock.advance(2 * DAY_MS);
    await sweepMails(scope);
    expect((await row(id)).body).toBeNull();
    expect(await sendAgain(scope, id)).toEqual({ ok: false });
    clock.advance(23 * DAY_MS);
    await sweepMails(scope);
    expect((await listMails(scope)).map((mail) => mail.id)).not.toContain(id);
  });
});

describe.each(databases)("the log of an account's mails on %s", (engine) => {
  test("is kept for as long as the account keeps such things", async () => {
    const clock = testClock();
    const ours = await given.scope(engine, "admin", { clock });
    const installation = await given.installation(engine, { clock });
    const id = await writeMail(ours, invitation);
    const isThere = async () => (await listMails(installation)).some((mail) => mail.id === id);
    clock.advance(89 * DAY_MS);
    await sweepMails(installation);
    await sweepMailsOf(installation, { id: ours.account.id, keptDays: 90 });
    expect(await isThere()).toBe(true);
    clock.advance(2 * DAY_MS);
    await sweepMailsOf(installation, { id: installation.requestId, keptDays: 30 });
    expect(await isThere()).toBe(true);
    await sweepMailsOf(installation, { id: ours.account.id, keptDays: 90 });
    expect(await isThere()).toBe(false);
  });
});

describe("a mail server that accepts a connection and then says nothing", () => {
  let silent: Server;
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    silent = createServer((socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });

  test("does not hold the worker for longer than ten seconds", { timeout: 20_000 }, async () => {
    const scope = await given.installation("sqlite");
    const id = await writeMail(scope, invitation);
    const mail = settings(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const sending = deliverMail(given.job(scope, { env: { appOrigin, mail, providers: noProviders } }), id);
    await expect(sending).rejects.toThrow("did not answer in time");
  });
});
