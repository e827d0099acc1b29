/** The pages of a recipient's own link: what they show to whoever holds it, what they take down, and that looking changes nothing. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { writeCampaign } from "~/features/campaigns/campaign-row.server";
import { linksOfNobody } from "~/features/campaigns/mailing/campaign-letter.server";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { completeCampaign } from "~/features/campaigns/start-campaign.server";
import { setCampaignArchived } from "~/features/campaigns/save-campaign.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { isSuppressed } from "~/features/contacts/suppression/suppressed.server";
import { listNotices } from "~/features/notices/notices.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { sent } from "~/testing/given-answers";
import { type Answer, formFrom, type Site, startSite } from "~/testing/site";
import { wholeSite } from "~/testing/site-map";
import { tableRows } from "~/testing/table-rows";
import { withLogo } from "~/testing/walk/examples";

const FIRM = "Brandt Holzbau GmbH";

describe.each(databases)("the page of a recipient's link, on %s", (engine) => {
  let site: Site;
  let clock: TestClock;
  let scope: Scope;
  beforeAll(async () => {
    clock = testClock("2026-05-20T12:00:00.000Z");
    site = await startSite({ routes: await wholeSite(), clock, engine });
    const installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.99" });
    scope = await withLogo(await given.member(installation, await given.account(installation, { name: FIRM })));
  });
  afterAll(() => site.close());

  const text = (answer: Answer) => answer.text.replaceAll("<!-- -->", "").replaceAll("&#x27;", "'");
  const get = async (path: string) => {
    const answer = await site.ask(path);
    return { ...answer, text: text(answer) };
  };
  const post = async (path: string, fields: Record<string, string>) => {
    const answer = await site.ask(path, formFrom(site.origin, new URLSearchParams(fields).toString()));
    return { ...answer, text: text(answer) };
  };
  const blanked = (answer: Answer) =>
    answer.text.replaceAll(String(answer.headers["x-request-id"]), "[id]").replace(/nonce="[^"]*"/g, "");

  test("shows the firm and the campaign's words, nothing of the person, and changes nothing by being looked at", async () => {
    const { link } = await sent(scope);
    const before = await tableRows(site.world.database);
    for (const query of ["", "?answer=converted", "?answer=unsubscribe", "?thanks=answer", "?answer=nonsense"]) {
      const page = await get(link + query);
      expect(page.status).toBe(200);
      for (const words of [
        FIRM,
        "Please call me",
        "I book the review",
        "Not interested",
        "This was not meant for me",
      ]) {
        expect(page.text).toContain(words);
      }
      for (const personal of ["Folasade", "Adebayo", "orchard", "Quince", "Spring review"]) {
        expect(page.text).not.toContain(personal);
      }
      expect(page.headers["x-robots-tag"]).toBe("noindex, nofollow");
      expect(page.headers["cache-control"]).toBe("no-store");
      expect(page.headers["set-cookie"]).toBeUndefined();
    }
    expect((await get(`${link}?answer=converted`)).text).toMatch(
      /checked="" value="converted"|value="converted" checked=""/,
    );
    const logo = / src="(\/r\/[^"]+)"/.exec((await get(link)).text)?.[1] ?? "";
    expect(await get(logo)).toMatchObject({ status: 200, headers: { "content-type": "image/png" } });
    const unsubscribing = await get(`${link}/unsubscribe`);
    expect([unsubscribing.status, unsubscribing.text.includes("f•••@o•••.example")]).toEqual([200, true]);
    expect(await tableRows(site.world.database)).toEqual(before);
  });

  test("takes an answer down, thanks for it, and lets it be changed: the last one counts", async () => {
    const { link, ...who } = await sent(scope);
    const first = await post(link, { choice: "converted", note: "In the <b>afternoon</b>,\r\nplease" });
    expect([first.status, first.headers.location]).toEqual([303, `${link}?thanks=answer`]);
    const thanks = await get(`${link}?thanks=answer`);
    for (const words of [
      "Thank you",
      "I book the review",
      "20 May 2026",
      "I pressed the wrong one",
      "&lt;b&gt;after",
    ]) {
      expect(thanks.text).toContain(words);
    }
    expect(await findCampaign(scope, who.campaignId)).toMatchObject({ responded: 1, converted: 1 });
    const again = await get(link);
    expect(again.text).toContain("You answered on 20 May 2026");
    clock.advance(MINUTE_MS);
    await post(link, { choice: "not-for-me", note: "" });
    expect(await findCampaign(scope, who.campaignId)).toMatchObject({ responded: 0, converted: 0, notInterested: 1 });
    const { answers = [] } = (await findRecipient(scope, who)) ?? {};
    expect(answers.map(({ response, how, note }) => [response, how, note])).toEqual([
      ["not-interested", "link", null],
      ["converted", "link", "In the <b>afternoon</b>,\nplease"],
    ]);
  });

  test("pressed twice is one answer; without a choice or with too long a note it asks again and keeps what was typed", async () => {
    const { link, ...who } = await sent(scope);
    for (let time = 0; time < 3; time += 1) await post(link, { choice: "responded", note: "" });
    expect((await findRecipient(scope, who))?.answers).toHaveLength(1);
    const none = await post(link, { note: "Half past ten" });
    expect([none.status, none.text.includes("Choose one of the answers"), none.text.includes("Half past ten")]).toEqual(
      [...[422, true, true]],
    );
    const long = await post(link, { choice: "responded", note: "x".repeat(1_001) });
    expect([long.status, long.text.includes("At most 1,000 characters")]).toEqual([422, true]);
    expect((await post(link, { choice: "pending" })).status).toBe(422);
    expect((await findRecipient(scope, who))?.answers).toHaveLength(1);
  });

  test("late answers are taken; a campaign put away, a contact that is gone and a made-up link look the same", async () => {
    const { link, campaignId } = await sent(scope);
    expect(await completeCampaign(scope, campaignId)).toMatchObject({ ok: true });
    expect((await post(link, { choice: "responded" })).status).toBe(303);
    await setCampaignArchived(scope, campaignId, true);
    const gone = await sent(scope, { email: "ruairi@orchard.example" });
    await deleteContacts(scope, [gone.contactId]);
    const other = link.slice(0, -1) + (link.endsWith("A") ? "B" : "A");
    const unknown = blanked(await get(other));
    for (const path of [link, gone.link, "/r/nonsense", `/r/${"A".repeat(80)}`]) {
      const page = await get(path);
      expect([page.status, blanked(page)]).toEqual([404, unknown]);
      const posted = await post(path, { choice: "responded" });
      expect([posted.status, blanked(posted)]).toEqual([404, unknown]);
    }
    expect(await findCampaign(scope, campaignId)).toMatchObject({ responded: 1 });
  });

  test("the wrong person is taken down as such, told to whoever looks after the campaign, and undone", async () => {
    const { link, ...who } = await sent(scope, { facts: { ownerId: scope.user?.id ?? null } });
    await post(link, { choice: "wrong-person", note: "He left in March" });
    expect((await get(`${link}?thanks=answer`)).text).toContain("reached the wrong person");
    expect(await findCampaign(scope, who.campaignId)).toMatchObject({ notInterested: 1 });
    const [notice] = await listNotices(scope, { limit: 1 });
    expect(notice?.href).toMatch(new RegExp(`/campaigns/${who.campaignId}/recipients/${who.contactId}$`));
    const set = await scope.db
      .selectFrom("change_sets")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("action", "=", "response.recorded")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    expect(await undoChangeSet(scope, set.id, undoing)).toMatchObject({ ok: true, undone: 1 });
    expect(await findRecipient(scope, who)).toMatchObject({ response: "pending" });
    expect((await get(link)).text).not.toContain("You answered");
  });

  test("who unsubscribes gets no more, keeps what was answered, and can do so when the campaign is long put away", async () => {
    const { link, email, campaignId } = await sent(scope, { email: "Ines@Orchard.example" });
    await post(link, { choice: "responded" });
    const done = await post(link, { choice: "unsubscribe" });
    expect(done.headers.location).toBe(`${link}?thanks=unsubscribe`);
    const page = await get(`${link}?thanks=unsubscribe`);
    for (const words of ["You are unsubscribed", "I•••@O•••.example", "Please call me"])
      expect(page.text).toContain(words);
    expect(await isSuppressed(scope, "email", email.toLowerCase())).toBe(true);
    expect(await findCampaign(scope, campaignId)).toMatchObject({ responded: 1, notInterested: 0 });
    const late = await sent(scope, { email: "tom@hale.example" });
    await setCampaignArchived(scope, late.campaignId, true);
    expect((await post(`${late.link}/unsubscribe`, {})).headers.location).toBe(`${late.link}/unsubscribe`);
    expect((await get(`${late.link}/unsubscribe`)).text).toContain("You are unsubscribed");
    expect(await isSuppressed(scope, "email", "tom@hale.example")).toBe(true);
  });

  test("who unsubscribes from letters is marked, and nobody else at that address", async () => {
    const { link, contactId } = await sent(scope, { channel: "letter" });
    await post(link, { choice: "unsubscribe" });
    expect((await get(`${link}?thanks=unsubscribe`)).text).toContain("sends no more letters");
    const row = scope.db.selectFrom("contacts").select("no_letter_at").where("account_id", "=", scope.account.id);
    const { no_letter_at: since } = await row.where("id", "=", contactId).executeTakeFirstOrThrow();
    expect(since).toBe(clock.now());
  });

  test("one click of a mail program unsubscribes, without origin, referer and cookie, as often as it comes", async () => {
    const { link } = await sent(scope, { email: "grace@llewellyn.example" });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const click = { method: "POST", headers, body: "List-Unsubscribe=One-Click" };
    for (let time = 0; time < 3; time += 1) {
      const answer = await site.ask(`${link}/unsubscribe`, click);
      expect([answer.status, answer.headers["set-cookie"]]).toEqual([200, undefined]);
    }
    expect(await isSuppressed(scope, "email", "grace@llewellyn.example")).toBe(true);
    const body = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
    const multipart = { ...click, headers: { "content-type": "multipart/form-data; boundary=b" }, body };
    expect((await site.ask(`${link}/unsubscribe`, multipart)).status).toBe(200);
    const foreign = {
      ...click,
      headers: { ...headers, origin: "https://mail.example", "sec-fetch-site": "cross-site" },
    };
    expect((await site.ask(`${link}/unsubscribe`, foreign)).status).toBe(200);
    expect((await site.ask(`/r/${"A".repeat(80)}/unsubscribe`, click)).status).toBe(404);
    // Nothing beside it is exempt.
    for (const path of [link, `${link}/unsubscribe.data`, `${link}/unsubscribe/`, `${link}/unsubscribe/x`]) {
      expect([path, (await site.ask(path, click)).status]).toEqual([path, 403]);
    }
  });

  test("a test mail's links show the page in the campaign's words, answer for nobody, and go with the campaign", async () => {
    const { campaignId } = await sent(scope, { email: "trial@orchard.example" });
    const link = new URL(linksOfNobody(scope, site.origin, campaignId).page).pathname;
    const before = await tableRows(site.world.database, scope.account.id);
    const page = await get(`${link}?answer=converted`);
    expect(page.status).toBe(200);
    for (const words of [FIRM, "Please call me", "I book the review", "nothing that is answered here is recorded"]) {
      expect(page.text).toContain(words);
    }
    expect((await post(link, { choice: "converted" })).headers.location).toBe(link);
    expect((await get(`${link}/unsubscribe`)).text).toContain("nothing that is answered here is recorded");
    expect((await post(`${link}/unsubscribe`, {})).status).toBe(303);
    expect(await tableRows(site.world.database, scope.account.id)).toEqual(before);
    await setCampaignArchived(scope, campaignId, true);
    expect((await get(link)).status).toBe(404);
  });

  test("a draft's link shows the page and takes nothing down", async () => {
    const { link, email, ...who } = await sent(scope, { email: "draft@orchard.example" });
    await inTransaction(scope, (scope) => writeCampaign(scope, who.campaignId, { state: "draft" }));
    expect((await get(link)).text).toContain("nothing that is answered here is recorded");
    expect((await post(link, { choice: "responded" })).headers.location).toBe(link);
    await post(`${link}/unsubscribe`, {});
    expect((await findRecipient(scope, who))?.answers).toEqual([]);
    expect(await isSuppressed(scope, "email", email)).toBe(false);
  });

  test("too many answers from one link are put off", async () => {
    const { link } = await sent(scope);
    const statuses = [];
    for (let time = 0; time < 12; time += 1) {
      statuses.push((await post(link, { choice: time % 2 ? "responded" : "converted" })).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(303));
    expect(statuses.at(-1)).toBe(429);
  });
});
