/** The page on which mails that came back are brought: what is taken of them, what is not, and that it can be undone. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { splitMails } from "~/features/campaigns/mailing/split-mails";
import { undoChangeSet } from "~/features/changes/undo.server";
import { isSuppressed } from "~/features/contacts/suppression/suppressed.server";
import { startSession } from "~/features/sign-in/sessions.server";
import { hostCookie } from "~/http/cookies.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { type Sent, sent } from "~/testing/given-answers";
import { type Answer, formFrom, type Site, startSite } from "~/testing/site";
import { wholeSite } from "~/testing/site-map";
import { tableRows } from "~/testing/table-rows";

/** A report as RFC 3464 has it. */
function report({ campaignId, contactId, email }: Sent, status = "5.1.1"): string {
  return `From: Mail Delivery System <MAILER-DAEMON@mx.okafor.example>
To: campaigns@post.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_part/1"

--=_part/1
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--=_part/1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.okafor.example

Final-Recipient: rfc822; ${email}
Action: failed
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} <${email}>: not here

--=_part/1
Content-Type: message/rfc822

Message-ID: <${campaignId}.${contactId}@post.example>
To: ${email}
Subject: Your spring review

Hello
--=_part/1--
`;
}

describe.each(databases)("mails that came back, on %s", (engine) => {
  let site: Site;
  let installation: InstallationScope;
  let scope: Scope;
  let cookie: string;
  beforeAll(async () => {
    site = await startSite({ routes: await wholeSite(), engine });
    installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.99" });
    scope = await given.member(installation, await given.account(installation));
    const { token } = await startSession(installation, scope.user?.id ?? "", null);
    cookie = (await hostCookie(scope.keys, "session", {}).serialize(token)).split(";", 1)[0] ?? "";
  });
  afterAll(() => site.close());

  const pageOf = ({ campaignId }: Sent) => `/${scope.account.slug}/campaigns/${campaignId}/bounces`;

  async function bring(path: string, files: Record<string, string>, text = ""): Promise<Answer> {
    const part = (about: string, content: string) =>
      `--sheaf-of-mails\r\nContent-Disposition: form-data; ${about}\r\n\r\n${content}\r\n`;
    const parts = Object.entries(files).map(([name, content]) => part(`name="file"; filename="${name}"`, content));
    const { headers } = formFrom(site.origin);
    const answer = await site.ask(path, {
      method: "POST",
      headers: { ...headers, cookie, "content-type": "multipart/form-data; boundary=sheaf-of-mails" },
      body: `${parts.join("")}${part('name="text"', text)}--sheaf-of-mails--\r\n`,
    });
    return { ...answer, text: answer.text.replaceAll("<!-- -->", "") };
  }

  test("brought as files, as a mailbox and pasted are taken once, by one change that is undone", async () => {
    const [one, two, three] = [
      await sent(scope, { email: "one@orchard.example" }),
      await sent(scope, { email: "two@orchard.example" }),
      await sent(scope, { email: "three@orchard.example" }),
    ];
    const mailbox = `From MAILER-DAEMON Wed May 20 12:00:00 2026\n${report(two)}\nFrom somebody Wed May 20 12:01:00 2026\nSubject: Hello\n\nSee you on Friday.\n`;
    const page = await bring(
      pageOf(one),
      { "one.eml": report(one), "box.mbox": mailbox, "empty.eml": "" },
      report(three),
    );
    expect(page.status).toBe(200);
    for (const words of [
      "3 reports were taken down",
      "A mail could not be understood",
      "box.mbox, mail 2",
      "Came back",
    ]) {
      expect(page.text).toContain(words);
    }
    for (const { campaignId, email } of [one, two, three]) {
      expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 0, failed: 1 });
      expect(await isSuppressed(scope, "email", email)).toBe(true);
    }
    const undo = /\/changes\/([0-9a-f-]{36})\/undo/.exec(page.text)?.[1] ?? "";
    const again = await bring(pageOf(one), { "one.eml": report(one) });
    expect(again.text).toContain("Nothing was changed");
    expect(await undoChangeSet(scope, undo, undoing)).toMatchObject({ ok: true, leftAlone: [] });
    for (const { campaignId, email } of [one, two, three]) {
      expect(await findCampaign(scope, campaignId)).toMatchObject({ reached: 1, failed: 0 });
      expect(await isSuppressed(scope, "email", email)).toBe(false);
    }
  });

  test("of another firm's mails nothing is taken; nothing at all is said to be nothing", async () => {
    const other = await given.member(installation, await given.account(installation));
    const [ours, theirs] = [await sent(scope, { email: "ours@orchard.example" }), await sent(other)];
    const before = await tableRows(site.world.database, other.account.id);
    expect((await bring(pageOf(ours), { "a.eml": report(theirs) })).text).toContain("To nobody here");
    expect(await tableRows(site.world.database, other.account.id)).toEqual(before);
    const none = await bring(pageOf(ours), {}, "  ");
    expect([none.status, none.text.includes("Choose the mails as files, or paste one.")]).toEqual([422, true]);
    const odd = await bring(pageOf(ours), {}, "Hello <b>you</b>");
    expect([odd.status, odd.text.includes("Not understood")]).toEqual([200, true]);
    expect((await bring(pageOf(ours), { "big.eml": "x".repeat(10_000_001) })).status).toBe(413);
    expect((await bring(pageOf(ours), { "large.eml": "x".repeat(2_200_000) })).text).toContain("Larger than 2 MB");
    expect((await bring(pageOf(theirs), {}, "x")).status).toBe(404);
  });
});

test("a mailbox is its mails; a mail alone is one, and what it quotes is not another", () => {
  const box = Buffer.from("From a b\r\nSubject: 1\r\n\r\n>From here\r\nFrom c d\nSubject: 2\n\nx\n");
  expect(splitMails("box", box).map(({ source }) => source.toString())).toEqual([
    "Subject: 1\r\n\r\nFrom here\r\n",
    "Subject: 2\n\nx\n",
  ]);
  const alone = Buffer.from("Subject: 1\n\nFrom me to you\n");
  expect(splitMails("a", alone)).toEqual([{ name: "a", source: alone }]);
  expect(splitMails("a", Buffer.from(" \n"))).toEqual([]);
});
