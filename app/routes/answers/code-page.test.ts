/** The page on which the code of a letter is typed: what it tells, how often it may be tried, and where it leads. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { codeToken, readAnswerToken } from "~/features/campaigns/answers/answer-token.server";
import { codeOf } from "~/features/campaigns/code";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { setCampaignArchived } from "~/features/campaigns/save-campaign.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { HOUR_MS, later, MINUTE_MS, SECOND_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock, testKeys } from "~/testing/given";
import { sent } from "~/testing/given-answers";
import { type Answer, formFrom, type Site, startSite } from "~/testing/site";
import { wholeSite } from "~/testing/site-map";
import { tableRows } from "~/testing/table-rows";

const clock = testClock("2026-05-20T12:00:00.000Z");
/** Of nobody: the check is right. */
const unknown = codeOf([1, 2, 3, 4, 5]);

describe.each(databases)("the code of a letter, on %s", (engine) => {
  let site: Site;
  let installation: InstallationScope;
  beforeAll(async () => {
    site = await startSite({ routes: await wholeSite(), clock, engine, env: { trustProxyHops: 1 } });
    installation = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.99" });
  });
  afterAll(() => site.close());

  let network = 0;
  /** Somebody at a network of their own. */
  function visitor() {
    const from = { "x-forwarded-for": `198.51.100.${(network += 1)}` };
    const plain = (answer: Answer) => ({ ...answer, text: answer.text.replaceAll("<!-- -->", "") });
    return {
      get: async (path: string) => plain(await site.ask(path, { headers: from })),
      post: async (path: string, fields: Record<string, string>) => {
        const form = formFrom(site.origin, new URLSearchParams(fields).toString());
        return plain(await site.ask(path, { ...form, headers: { ...form.headers, ...from } }));
      },
    };
  }

  async function firm(): Promise<{ scope: Scope; path: string }> {
    const scope = await given.member(installation, await given.account(installation));
    return { scope, path: `/answer/${scope.account.slug}` };
  }

  test("leads to the page of its recipient, who then answered by code; no name on the way", async () => {
    const { scope, path } = await firm();
    const { code, ...who } = await sent(scope, { channel: "letter", facts: { codePrefix: "SPR26" } });
    const before = await tableRows(site.world.database);
    const { get, post } = visitor();
    const asked = await get(path);
    expect([asked.status, asked.text.includes("Brandt Holzbau GmbH")]).toEqual([200, true]);
    expect(await tableRows(site.world.database)).toEqual(before);
    const led = await post(path, { code: ` spr26-${code.slice(0, 3).toLowerCase()} ${code.slice(3)}` });
    const { location = "" } = led.headers;
    expect([led.status, location.startsWith("/r/")]).toEqual([303, true]);
    const page = await get(location);
    expect([page.status, page.text.includes("Please call me")]).toEqual([200, true]);
    for (const personal of ["Folasade", "Adebayo", "Quince", "orchard"]) expect(page.text).not.toContain(personal);
    expect((await post(location, { choice: "converted" })).headers.location).toBe(`${location}?thanks=answer`);
    expect((await findRecipient(scope, who))?.answers).toMatchObject([{ response: "converted", how: "code" }]);
    expect(await findCampaign(scope, who.campaignId)).toMatchObject({ converted: 1, reachedConverted: 1 });
  });

  test("mistyped, unknown, of another firm, of a campaign put away: nothing is told", async () => {
    const [ours, theirs] = [await firm(), await firm()];
    const { code } = await sent(ours.scope, { channel: "letter" });
    const away = await sent(ours.scope, { channel: "letter", email: "away@orchard.example" });
    await setCampaignArchived(ours.scope, away.campaignId, true);
    await sent(theirs.scope, { channel: "letter" });
    const { post } = visitor();
    const wrongCheck = `${code.slice(0, 5)}${code.endsWith("0") ? "1" : "0"}`;
    expect((await post(ours.path, { code: wrongCheck })).text).toContain("There is a typing mistake in the code");
    for (const [path, typed] of [
      [ours.path, unknown],
      [theirs.path, code],
      [ours.path, away.code],
    ] as const) {
      const answer = await post(path, { code: typed });
      expect([answer.status, answer.text.includes("We know no such code")]).toEqual([422, true]);
      expect(answer.text).toContain(`value="${typed}"`);
    }
    for (const typed of ["", "   ", "12", "<script>", "'; drop table recipients; --"]) {
      expect((await post(ours.path, { code: typed })).status).toBe(422);
    }
  });

  test("an account without codes is not there, as one that never was", async () => {
    const { path } = await firm();
    const blanked = (answer: Answer) =>
      answer.text.replaceAll(String(answer.headers["x-request-id"]), "[id]").replace(/nonce="[^"]*"/g, "");
    const [without, never] = [await visitor().get(path), await visitor().get("/answer/nobody-here")];
    expect([without.status, blanked(without)]).toEqual([404, blanked(never)]);
    expect((await visitor().post(path, { code: unknown })).status).toBe(404);
  });

  test("typed again and again it leads to no more answers than one link does", async () => {
    const { scope, path } = await firm();
    const { code } = await sent(scope, { channel: "letter" });
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) {
      clock.advance(SECOND_MS * 7);
      const { post } = visitor();
      const { location = "" } = (await post(path, { code })).headers;
      statuses.push((await post(location, { choice: n % 2 === 0 ? "converted" : "responded" })).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(303), 429]);
  });

  test("guessing is put off, for a network and for the firm; right codes do not count", async () => {
    const { scope, path } = await firm();
    const { code } = await sent(scope, { channel: "letter" });
    const guesser = visitor();
    for (let time = 0; time < 10; time += 1) expect((await guesser.post(path, { code: unknown })).status).toBe(422);
    const refused = await guesser.post(path, { code });
    expect([refused.status, Number(refused.headers["retry-after"])]).toEqual([429, 60]);
    const customer = visitor();
    for (let time = 0; time < 15; time += 1) expect((await customer.post(path, { code })).status).toBe(303);
    for (let many = 0; many < 9; many += 1) {
      const { post } = visitor();
      for (let time = 0; time < 10; time += 1) await post(path, { code: unknown });
    }
    expect((await visitor().post(path, { code })).status).toBe(429);
    clock.advance(20 * MINUTE_MS);
    expect((await visitor().post(path, { code })).status).toBe(303);
  });
});

test("what a code was given for holds for an hour, and can not be made longer", () => {
  const recipient = { accountId: newId(), campaignId: newId(), contactId: newId() };
  const now = clock.now();
  const token = codeToken(testKeys, recipient, now);
  expect(readAnswerToken(testKeys, token, now)).toEqual({ recipient, how: "code" });
  expect(readAnswerToken(testKeys, token, later(now, HOUR_MS))).toMatchObject({ how: "code" });
  expect(readAnswerToken(testKeys, token, later(now, HOUR_MS + MINUTE_MS))).toBeNull();
  const [link = "", minute = "", proof = ""] = token.split(".");
  for (const other of [
    `${link}.${Number(minute) + 1}.${proof}`,
    `${link}.${minute}`,
    `${token}.x`,
    `${link}.${minute}.`,
  ]) {
    expect(readAnswerToken(testKeys, other, now)).toBeNull();
  }
  expect(readAnswerToken(testKeys, link, now)).toEqual({ recipient, how: "link" });
});
