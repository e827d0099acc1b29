/** Links as people open them: what each page says, with which status, and that looking changes nothing. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { changeRole, switchOffMember } from "~/features/accounts/change-member.server";
import { inviteMember, revokeInvitation } from "~/features/accounts/invitations.server";
import { setMembership } from "~/features/accounts/members.server";
import { dropSecondFactorRule, requireSecondFactor } from "~/features/accounts/settings.server";
import { makePasswordLink, RESET_MS } from "~/features/sign-in/password-links.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope, type UserFacts } from "~/platform/scope.server";
import { DAY_MS, MINUTE_MS } from "~/platform/time";
import { type TestClock, given, testClock } from "~/testing/given";
import { codeNow, givenEnrolled, givenPassword, goodPassword } from "~/testing/given-sign-in";
import { type Answer, formFrom, type Site, startSite } from "~/testing/site";
import { wholeSite } from "~/testing/site-map";
import { tableRows } from "~/testing/table-rows";

let site: Site;
let clock: TestClock;
let scope: InstallationScope;
let admin: Scope;

beforeAll(async () => {
  clock = testClock();
  const mail = { server: { host: "127.0.0.1", port: 25, secure: false, requireTls: false, auth: null } };
  const from = { name: "Tallybook", address: "office@tallybook.example" };
  site = await startSite({ routes: await wholeSite(), clock, env: { mail: { ...mail, from } } });
  scope = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.99" });
  admin = await given.member(scope, await given.account(scope, { name: "Brandt Holzbau GmbH" }));
});
afterAll(() => site.close());

function newBrowser() {
  const cookies = new Map<string, string>();
  const keep = (answer: Answer) => {
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    get: async (path: string) => keep(await site.ask(path, { headers: { cookie: cookie() } })),
    post: async (path: string, fields: Record<string, string> = {}) => {
      const form = formFrom(site.origin, new URLSearchParams(fields).toString());
      return keep(await site.ask(path, { ...form, headers: { ...form.headers, cookie: cookie() } }));
    },
  };
}
type Browser = ReturnType<typeof newBrowser>;

async function invite(
  email = `grace.${newId()}@llewellyn.example`,
): Promise<{ path: string; id: string; email: string }> {
  const invited = await inviteMember(admin, { email, name: "Grace Llewellyn", role: "user" });
  if (!invited.ok) throw new Error(invited.reason);
  return { path: `/invitation/${invited.token}`, id: invited.invitationId, email };
}

async function somebody(): Promise<{ user: UserFacts; totpSecret: string }> {
  const user = await given.user(scope, { name: "Tom Pemberton" });
  await givenPassword(scope, user);
  const { totpSecret } = await givenEnrolled(scope, user);
  clock.advance(MINUTE_MS);
  return { user, totpSecret };
}

async function signIn(browser: Browser, { user, totpSecret }: Awaited<ReturnType<typeof somebody>>, path = "/sign-in") {
  await browser.post(path, { email: user.email, password: goodPassword });
  const answer = await browser.post("/sign-in/code", { code: codeNow(scope, totpSecret) });
  clock.advance(MINUTE_MS);
  return answer;
}

const keyOn = (page: string) => (/>([A-Z2-7 ]{32,60})</.exec(page)?.[1] ?? "").replaceAll(" ", "");

describe("an invitation", () => {
  test("leads somebody new from the link to the second factor, and to being switched off in mid-session", async () => {
    const { path, email } = await invite();
    const browser = newBrowser();
    const before = await tableRows(site.world.database);
    const first = await browser.get(path);
    expect([first.status, first.text.includes("Join Brandt Holzbau GmbH")]).toEqual([200, true]);
    expect(await tableRows(site.world.database)).toEqual(before);
    expect((await browser.post(path)).headers.location).toBe("/invitation");
    expect((await browser.get("/invitation")).text).toContain('value="Grace Llewellyn"');
    const short = await browser.post("/invitation", { name: "Grace Llewellyn", password: "too short" });
    expect([short.status, short.text.includes("15 characters")]).toEqual([422, true]);
    const made = await browser.post("/invitation", { name: "Grace Llewellyn", password: goodPassword });
    expect(made.headers.location).toBe("/sign-in/authenticator");
    const secret = keyOn((await browser.get("/sign-in/authenticator")).text);
    const enrolled = await browser.post("/sign-in/authenticator", { code: codeNow(scope, secret) });
    expect(enrolled.headers.location).toContain("/person/recovery-codes");
    const home = `/${admin.account.slug}`;
    expect((await browser.get(`${home}/contacts`)).status).toBe(200);
    const row = await scope.db.selectFrom("users").select("id").where("email", "=", email).executeTakeFirstOrThrow();
    await changeRole(admin, row.id, "viewer");
    expect((await browser.get(`${home}/contacts/new`)).status).toBe(403);
    await switchOffMember(admin, row.id);
    expect((await browser.get(`${home}/contacts`)).status).toBe(404);
    expect((await browser.post(`${home}/contacts/new`, { kind: "individual", givenName: "X" })).status).toBe(404);
    const start = (await browser.get("/")).text.replaceAll("<!-- -->", "");
    expect(start).toContain("Your place in Brandt Holzbau GmbH is switched off. Ask one of its administrators.");
    expect(start).not.toContain("No account yet");
  });

  test("switched off half-way through signing in leaves nothing to come to", async () => {
    const tom = await somebody();
    await setMembership(admin, { userId: tom.user.id, role: "user" });
    const browser = newBrowser();
    await browser.post("/sign-in", { email: tom.user.email, password: goodPassword });
    await switchOffMember(admin, tom.user.id);
    await browser.post("/sign-in/code", { code: codeNow(scope, tom.totpSecret) });
    expect((await browser.get(`/${admin.account.slug}`)).status).toBe(404);
  });

  test("takes who has a sign-in through it, and then into the account", async () => {
    const tom = await somebody();
    const { path } = await invite(tom.user.email.toUpperCase());
    const browser = newBrowser();
    const sent = await browser.post(path);
    expect(sent.headers.location).toBe("/sign-in?to=%2Finvitation");
    expect((await signIn(browser, tom, sent.headers.location)).headers.location).toBe("/invitation");
    expect((await browser.get("/invitation")).text).toContain("You join Brandt Holzbau GmbH as User");
    expect((await browser.post("/invitation")).headers.location).toBe(`/${admin.account.slug}`);
    expect((await browser.get(`/${admin.account.slug}`)).status).toBe(200);
    // The link is theirs: it still leads them in.
    expect((await browser.get(path)).headers.location).toBe(`/${admin.account.slug}`);
    const other = await newBrowser().get(path);
    expect([other.status, other.text.includes("This link was used already")]).toEqual([410, true]);
  });

  test("opened by somebody else says so, and does not tell whose it is", async () => {
    const { path, email } = await invite();
    const tom = await somebody();
    const browser = newBrowser();
    await signIn(browser, tom);
    const page = await browser.get(path);
    expect([page.status, page.text.includes("This link is for another address")]).toEqual([409, true]);
    expect(page.text).toContain(`You are signed in as ${tom.user.email}.`);
    expect(page.text.includes(email) || page.text.includes("Brandt")).toBe(false);
    expect((await browser.post(path)).headers.location).toBe(path);
    expect((await newBrowser().get(path)).status).toBe(200);
  });

  test("taken back, too old or never made says which, with its status", async () => {
    const [revoked, old] = [await invite(), await invite()];
    await revokeInvitation(admin, revoked.id);
    const taken = await newBrowser().get(revoked.path);
    expect([taken.status, taken.text.includes("This invitation was taken back")]).toEqual([410, true]);
    clock.advance(7 * DAY_MS);
    const late = await newBrowser().get(old.path);
    expect([late.status, late.text.includes("This link is too old")]).toEqual([410, true]);
    for (const path of ["/invitation/nonsense", "/invitation", `/invitation/${"%00".repeat(3)}`]) {
      const none = await newBrowser().get(path);
      expect([path, none.status]).toEqual([path, path.includes("%00") ? none.status : 404]);
      expect(none.status).toBeLessThan(500);
    }
  });
});

describe("a forgotten password", () => {
  const blanked = (answer: Answer) =>
    answer.text.replaceAll(String(answer.headers["x-request-id"]), "[id]").replace(/nonce="[^"]*"/g, "");

  test("is answered alike for everybody", async () => {
    const { user } = await somebody();
    const answers = [];
    for (const email of [user.email, "nobody@nowhere.example"]) {
      answers.push(await newBrowser().post("/sign-in/forgotten", { email }));
    }
    const [known, unknown] = answers as [Answer, Answer];
    expect([known.status, unknown.status]).toEqual([200, 200]);
    expect(blanked(known)).toBe(blanked(unknown));
    expect(Object.keys(known.headers)).toEqual(Object.keys(unknown.headers));
  });

  test("gets a new one by the link, which leads on to the code", async () => {
    const tom = await somebody();
    const path = `/reset-password/${await makePasswordLink(scope, tom.user.id, RESET_MS)}`;
    const browser = newBrowser();
    const before = await tableRows(site.world.database);
    expect((await browser.get(path)).status).toBe(200);
    expect(await tableRows(site.world.database)).toEqual(before);
    expect((await browser.post(path, { password: "short" })).status).toBe(422);
    const done = await browser.post(path, { password: "kelp moth oxbow" });
    expect(done.headers.location).toBe("/sign-in/code");
    expect((await browser.get("/person")).headers.location).toBe("/sign-in/code");
    const spent = await newBrowser().get(path);
    expect([spent.status, spent.text.includes("This link does not work")]).toEqual([410, true]);
  });
});

describe("an account that leaves the second factor to each", () => {
  test("offers it with Not now, and asks for it at the next request once it is required", async () => {
    const account = await given.account(scope, { name: "Kiln Row Studio" });
    const system = accountScope(scope, account, theSystem);
    await dropSecondFactorRule(system);
    const user = await given.user(scope);
    await setMembership(system, { userId: user.id, role: "user" });
    await givenPassword(scope, user);
    const browser = newBrowser();
    const asked = `/sign-in?to=${encodeURIComponent(`/${account.slug}/contacts`)}`;
    await browser.post(asked, { email: user.email, password: goodPassword });
    expect((await browser.get("/sign-in/authenticator")).text).toContain("Not now");
    const done = await browser.post("/sign-in/without-authenticator");
    expect(done.headers.location).toBe(`/${account.slug}/contacts`);
    expect((await browser.get(`/${account.slug}/contacts`)).status).toBe(200);
    await requireSecondFactor(system);
    expect((await browser.get(`/${account.slug}/contacts`)).headers.location).toContain("/sign-in?to=");
    await browser.post("/sign-in", { email: user.email, password: goodPassword });
    expect((await browser.get("/sign-in/authenticator")).text).not.toContain("Not now");
    const refused = await browser.post("/sign-in/without-authenticator");
    expect(refused.headers.location).toBe("/sign-in/authenticator");
  });
});
