import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { setMembership } from "~/features/accounts/members.server";
import { type PersonRole } from "~/features/accounts/rights";
import { offerSetUp } from "~/features/sign-in/set-up.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope } from "~/platform/scope.server";
import { HOUR_MS, MINUTE_MS } from "~/platform/time";
import * as account from "~/routes/account";
import * as operator from "~/routes/operator/accounts";
import * as profile from "~/routes/person/profile";
import * as endSessions from "~/routes/person/end-sessions";
import * as changePassword from "~/routes/person/password";
import * as replaceAuthenticator from "~/routes/person/authenticator";
import * as newAuthenticator from "~/routes/person/new-authenticator";
import * as recoveryCodes from "~/routes/person/recovery-codes";
import * as renewCodes from "~/routes/person/renew-recovery-codes";
import * as settings from "~/routes/settings/settings";
import * as firstRun from "~/routes/set-up/first-run";
import * as authenticator from "~/routes/sign-in/authenticator";
import * as password from "~/routes/sign-in/password";
import * as recovery from "~/routes/sign-in/recovery";
import * as secondFactor from "~/routes/sign-in/second-factor";
import * as signOut from "~/routes/sign-in/sign-out";
import * as welcome from "~/routes/welcome";
import { given, type TestClock, testClock } from "~/testing/given";
import { codeNow, givenEnrolled, givenPassword, goodPassword, whileHashing } from "~/testing/given-sign-in";
import { type Answer, formFrom, type Site, type SiteRoutes, startSite } from "~/testing/site";

const routes = {
  "/": welcome,
  "/set-up": firstRun,
  "/sign-in": password,
  "/sign-in/code": secondFactor,
  "/sign-in/recovery": recovery,
  "/sign-in/authenticator": authenticator,
  "/sign-out": signOut,
  "/person": profile,
  "/person/password": changePassword,
  "/person/authenticator": replaceAuthenticator,
  "/person/authenticator/new": newAuthenticator,
  "/person/recovery-codes": recoveryCodes,
  "/person/recovery-codes/renewal": renewCodes,
  "/person/sessions/end": endSessions,
  "/operator": operator,
  "/:account": account,
  "/:account/settings": settings,
} as unknown as SiteRoutes;

let site: Site;
let clock: TestClock;
let scope: InstallationScope;

beforeAll(async () => {
  site = await startSite({ routes });
  clock = testClock();
  site.world.clock = clock;
  scope = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.99" });
});
afterAll(() => site.close());

/** A browser: keeps cookies as one would, and follows nothing by itself. */
function newBrowser(headers: Record<string, string> = {}) {
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
    cookies,
    get: async (path: string) => keep(await site.ask(path, { headers: { ...headers, cookie: cookie() } })),
    post: async (path: string, fields: Record<string, string> = {}) => {
      const form = formFrom(site.origin, new URLSearchParams(fields).toString());
      return keep(await site.ask(path, { ...form, headers: { ...form.headers, ...headers, cookie: cookie() } }));
    },
  };
}
type Browser = ReturnType<typeof newBrowser>;

/** A person with a second factor, and a place in a new account. */
async function somebody(role: PersonRole = "admin") {
  const user = await given.user(scope);
  await givenPassword(scope, user);
  const firm = await given.account(scope);
  await setMembership(accountScope(scope, firm, theSystem), { userId: user.id, role });
  const { totpSecret, recoveryCodes } = await givenEnrolled(scope, user);
  clock.advance(MINUTE_MS);
  return { user, firm, totpSecret, recoveryCodes };
}
type Somebody = Awaited<ReturnType<typeof somebody>>;

async function signIn(browser: Browser, { user, totpSecret }: Somebody, path = "/sign-in") {
  await browser.post(path, { email: user.email, password: goodPassword });
  const answer = await browser.post("/sign-in/code", { code: codeNow(scope, totpSecret) });
  clock.advance(MINUTE_MS);
  return answer;
}

/** Without what differs on every page: reference and nonce. */
function blanked(answer: Answer): string {
  return answer.text
    .replaceAll(String(answer.headers["x-request-id"]), "[id]")
    .replace(/nonce="[^"]*"/g, "")
    .replace(/value="[^"]*@[^"]*"/g, "");
}

describe("an empty installation", () => {
  test("leads everybody to the first run, and after it nobody", async () => {
    const browser = newBrowser();
    expect((await browser.get("/")).headers.location).toBe("/set-up");
    expect((await browser.get("/sign-in")).headers.location).toBe("/set-up");
    const code = (await offerSetUp(scope, site.origin)) ?? "";
    const form = { firm: "Brandt Holzbau GmbH", country: "DE", name: "Greta Brandt", email: "greta@brandt.example" };
    expect((await browser.post("/set-up", { ...form, code: "wrong", password: goodPassword })).status).toBe(422);
    const busy = await whileHashing(scope, () => browser.post("/set-up", { ...form, code, password: goodPassword }));
    expect([busy.status, busy.headers["retry-after"]]).toEqual([503, "5"]);
    expect(busy.text).toContain("Try again in a few seconds");
    const done = await browser.post("/set-up", { ...form, code, password: goodPassword });
    expect([done.status, done.headers.location]).toEqual([303, "/sign-in/authenticator"]);
    expect((await browser.get("/sign-in/authenticator")).text).toContain("data:image/svg+xml;base64,");
    expect((await browser.get("/set-up")).status).toBe(404);
    expect((await browser.post("/set-up", { ...form, code, password: goodPassword })).status).toBe(404);
  });
});

describe("signing in", () => {
  test("takes a person back to where they wanted to go", async () => {
    const who = await somebody();
    const browser = newBrowser();
    const asked = await browser.get(`/${who.firm.slug}/settings?tab=members`);
    expect(asked.status).toBe(302);
    const done = await signIn(browser, who, asked.headers.location);
    expect(done.headers.location).toBe(`/${who.firm.slug}/settings?tab=members`);
    const page = await browser.get(done.headers.location ?? "");
    expect([page.status, page.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(page.text).toContain(`/${who.firm.slug}/settings/access`);
  });

  test.each([
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/%0d%0ax:y/../..//evil.example",
  ])("never leads to %s", async (to) => {
    const who = await somebody();
    const done = await signIn(newBrowser(), who, `/sign-in?to=${encodeURIComponent(to)}`);
    expect(done.status).toBe(303);
    expect(new URL(done.headers.location ?? "", site.origin).origin).toBe(site.origin);
  });

  test("gives another cookie at each step, and takes the steps' cookies away", async () => {
    const who = await somebody();
    const browser = newBrowser();
    const first = await browser.post("/sign-in", { email: who.user.email, password: goodPassword });
    expect(first.headers.location).toBe("/sign-in/code");
    expect([...browser.cookies.keys()]).toEqual(["__Host-pending"]);
    const done = await browser.post("/sign-in/code", { code: codeNow(scope, who.totpSecret) });
    expect([...browser.cookies.keys()].sort()).toEqual(["__Host-device", "__Host-session"]);
    for (const line of done.headers["set-cookie"] ?? []) {
      expect(line).toMatch(/; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
      expect(line).not.toMatch(/Domain/i);
    }
    const before = browser.cookies.get("__Host-session");
    clock.advance(MINUTE_MS);
    await signIn(browser, who);
    expect(browser.cookies.get("__Host-session")).not.toBe(before);
    const old = newBrowser();
    old.cookies.set("__Host-session", before ?? "");
    expect((await old.get("/person")).status).toBe(302);
  });

  test("answers alike for a wrong password, nobody, no password and a disabled person", async () => {
    const who = await somebody();
    const without = await given.user(scope);
    const disabled = await somebody();
    const gone = { disabled_at: clock.now() };
    await scope.db.updateTable("users").set(gone).where("id", "=", disabled.user.id).execute();
    const tries = [
      { email: who.user.email, password: "not the right words" },
      { email: "nobody@nowhere.example", password: goodPassword },
      { email: without.email, password: goodPassword },
      { email: disabled.user.email, password: goodPassword },
    ];
    const answers = await Promise.all(tries.map((fields) => newBrowser().post("/sign-in", fields)));
    for (const answer of answers) {
      expect(answer.status).toBe(422);
      expect(blanked(answer)).toBe(blanked(answers[0] as Answer));
      expect(Object.keys(answer.headers)).toEqual(Object.keys(answers[0]?.headers ?? {}));
    }
  });

  test("puts the eleventh attempt off, whatever address it claims, but not the person's own browser", async () => {
    const who = await somebody();
    const own = newBrowser();
    await signIn(own, who);
    for (let i = 0; i < 10; i += 1)
      await newBrowser().post("/sign-in", { email: who.user.email, password: "wrong words" });
    const forged = newBrowser({ "x-forwarded-for": "203.0.113.5", "fly-client-ip": "203.0.113.6" });
    const answer = await forged.post("/sign-in", { email: who.user.email, password: goodPassword });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "30"]);
    expect(answer.text).toContain("Wait 30 seconds");
    own.cookies.delete("__Host-session");
    expect((await signIn(own, who)).status).toBe(303);
  });

  test("says when too many are signing in, and counts nothing for it", async () => {
    const who = await somebody();
    const browser = newBrowser();
    const fields = { email: who.user.email, password: goodPassword };
    await whileHashing(scope, async () => {
      for (let i = 0; i < 11; i += 1) {
        const answer = await browser.post("/sign-in", fields);
        expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "5"]);
        expect(answer.text).toContain("Many people are signing in at this moment");
      }
    });
    expect((await browser.post("/sign-in", fields)).headers.location).toBe("/sign-in/code");
  });

  test.each([
    [{ email: "", password: "" }, 422],
    [{ email: "nul\0@brandt.example", password: "x" }, 422],
    [{ email: "ann@brandt.example", password: "nul\0 in the password" }, 422],
    [{ email: "a".repeat(5_000) + "@b.example", password: "x" }, 422],
    [{ email: "ann@brandt.example", password: "x".repeat(100_000) }, 422],
    [{ email: "ann@brandt.example", password: "x", role: "admin" }, 422],
    [{ email: "ann@brandt.example", password: "x", "__proto__.isAdmin": "1" }, 400],
  ])("refuses odd fields in words, not with a failure", async (fields, status) => {
    const answer = await newBrowser().post("/sign-in", fields as unknown as Record<string, string>);
    expect(answer.status).toBe(status);
  });

  test("a recovery code lets in and says what to do next", async () => {
    const who = await somebody();
    const browser = newBrowser();
    await browser.post("/sign-in", { email: who.user.email, password: goodPassword });
    const done = await browser.post("/sign-in/recovery", { code: who.recoveryCodes[0] ?? "" });
    expect(done.headers.location).toBe("/person");
    expect((await browser.get("/person")).text).toContain("9 of 10");
  });

  test("wrong codes are told, and put off after five", async () => {
    const who = await somebody();
    const browser = newBrowser();
    await browser.post("/sign-in", { email: who.user.email, password: goodPassword });
    for (let i = 0; i < 5; i += 1) expect((await browser.post("/sign-in/code", { code: "000000" })).status).toBe(422);
    const answer = await browser.post("/sign-in/code", { code: codeNow(scope, who.totpSecret) });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "900"]);
  });
});

const doors: [method: "get" | "post", path: (slug: string) => string][] = [
  ["get", (slug) => `/${slug}`],
  ["get", (slug) => `/${slug}/settings`],
  ["post", (slug) => `/${slug}/settings`],
  ["get", (slug) => `/${slug}/settings.data`],
  ["post", (slug) => `/${slug}/settings.data`],
  ["get", () => "/operator"],
  ["get", () => "/person"],
  ["get", () => "/person/password"],
  ["post", () => "/person/password"],
  ["get", () => "/person/authenticator"],
  ["post", () => "/person/authenticator"],
  ["get", () => "/person/authenticator/new"],
  ["post", () => "/person/authenticator/new"],
  ["get", () => "/person/recovery-codes"],
  ["post", () => "/person/recovery-codes"],
  ["get", () => "/person/recovery-codes/renewal"],
  ["post", () => "/person/recovery-codes/renewal"],
  ["get", () => "/person/sessions/end"],
  ["post", () => "/person/sessions/end"],
  ["post", () => `/person/sessions/end?session=${newId()}`],
];

describe("who is not signed in", () => {
  /** Documents answer 302; single fetch's `.data` answers 202 with the redirect in its body. */
  const sentTo = (answer: Answer, path: string) =>
    answer.headers.location?.startsWith(path) || (answer.status === 202 && answer.text.includes(path));

  test.each(doors)("comes through no door: %s %s", async (method, path) => {
    const who = await somebody();
    const answer = await newBrowser()[method](path(who.firm.slug));
    expect(sentTo(answer, "/sign-in")).toBe(true);
    expect(answer.text).not.toContain(who.user.name);
  });

  test.each(doors)("with the password alone is sent to the second step: %s %s", async (method, path) => {
    const who = await somebody();
    const browser = newBrowser();
    await browser.post("/sign-in", { email: who.user.email, password: goodPassword });
    expect(sentTo(await browser[method](path(who.firm.slug)), "/sign-in/code")).toBe(true);
    const twisted = newBrowser();
    twisted.cookies.set("__Host-session", browser.cookies.get("__Host-pending") ?? "");
    expect(sentTo(await twisted[method](path(who.firm.slug)), "/sign-in")).toBe(true);
  });

  test("who has got the password only cannot set up another authenticator", async () => {
    const who = await somebody();
    const browser = newBrowser();
    await browser.post("/sign-in", { email: who.user.email, password: goodPassword });
    expect((await browser.get("/sign-in/authenticator")).headers.location).toBe("/sign-in/code");
    expect((await browser.post("/sign-in/authenticator", { code: "000000" })).headers.location).toBe("/sign-in/code");
  });

  test.each(["/sign-in/code", "/sign-in/recovery", "/sign-in/authenticator"])(
    "comes to no second step without the first: %s",
    async (path) => {
      expect((await newBrowser().get(path)).headers.location).toBe("/sign-in");
      expect((await newBrowser().post(path, { code: "123456" })).headers.location).toBe("/sign-in");
    },
  );
});

describe("who is signed in", () => {
  test("finds nothing at another firm's address, in the same bytes as where nothing is", async () => {
    const who = await somebody();
    const other = await somebody();
    const browser = newBrowser();
    await signIn(browser, who);
    const missing = await browser.get("/not-there");
    for (const slug of [other.firm.slug, "sign-up", "a%01b", "%2e%2e%2f", "x".repeat(500)]) {
      const answer = await browser.get(`/${slug}`);
      expect([slug, answer.status]).toEqual([slug, 404]);
      expect(blanked(answer)).toBe(blanked(missing));
    }
    const theirs = await browser.post(`/${other.firm.slug}/settings`, { name: "Taken over" });
    expect(theirs.status).toBe(404);
  });

  test.each(["viewer", "user"] as const)(
    "as %s is refused the settings, seen or sent, in plain words",
    async (role) => {
      const who = await somebody(role);
      const browser = newBrowser();
      await signIn(browser, who);
      expect((await browser.get(`/${who.firm.slug}`)).text).not.toContain("/settings");
      for (const answer of [
        await browser.get(`/${who.firm.slug}/settings`),
        await browser.post(`/${who.firm.slug}/settings`, { name: "Taken over" }),
      ]) {
        expect(answer.status).toBe(403);
        expect(answer.text).toContain("You may not do that");
      }
    },
  );

  test("sees all accounts as operator; to anybody else there is nothing", async () => {
    const who = await somebody();
    const browser = newBrowser();
    await signIn(browser, who);
    expect(blanked(await browser.get("/operator"))).toBe(blanked(await browser.get("/not-there")));
    const since = { operator_since: clock.now() };
    await scope.db.updateTable("users").set(since).where("id", "=", who.user.id).execute();
    const page = await browser.get("/operator");
    expect([page.status, page.text.includes(`/${who.firm.slug}`)]).toEqual([200, true]);
  });

  test("is out with the next request when their place is taken away or the hour is over", async () => {
    const who = await somebody();
    const browser = newBrowser();
    await signIn(browser, who);
    expect((await browser.get(`/${who.firm.slug}/settings`)).status).toBe(200);
    await setMembership(accountScope(scope, who.firm, theSystem), { userId: who.user.id, role: "viewer" });
    expect((await browser.get(`/${who.firm.slug}/settings`)).status).toBe(403);
    clock.advance(HOUR_MS);
    expect((await browser.get(`/${who.firm.slug}`)).status).toBe(302);
  });

  test("belongs to several accounts and changes over by the address", async () => {
    const who = await somebody();
    const second = await given.account(scope, { name: "Okafor & Lindqvist" });
    await setMembership(accountScope(scope, second, theSystem), { userId: who.user.id, role: "viewer" });
    const browser = newBrowser();
    await signIn(browser, who);
    expect((await browser.get("/")).text).toContain("Okafor &amp; Lindqvist");
    expect((await browser.get(`/${second.slug}`)).text).toContain("Viewer");
    expect((await browser.get(`/${second.slug}/settings`)).status).toBe(403);
    expect((await browser.get(`/${who.firm.slug}/settings`)).status).toBe(200);
  });

  test("signs out for good: the session's cookie opens nothing any more", async () => {
    const who = await somebody();
    const browser = newBrowser();
    await signIn(browser, who);
    const session = browser.cookies.get("__Host-session") ?? "";
    expect((await browser.get("/sign-out")).status).toBe(405);
    const out = await browser.post("/sign-out");
    expect([out.status, out.headers.location]).toEqual([303, "/sign-in"]);
    expect(out.headers["clear-site-data"]).toBe('"cache", "storage"');
    expect([...browser.cookies.keys()]).toEqual(["__Host-device"]);
    browser.cookies.set("__Host-session", session);
    for (const path of [`/${who.firm.slug}`, "/person", `/${who.firm.slug}/settings`]) {
      expect((await browser.get(path)).status).toBe(302);
    }
    expect((await browser.post("/sign-out")).status).toBe(303);
  });
});

describe("changing one's own sign-in", () => {
  async function atHome() {
    const who = await somebody();
    const browser = newBrowser();
    await signIn(browser, who);
    return { who, browser, proof: () => ({ password: goodPassword, code: codeNow(scope, who.totpSecret) }) };
  }

  test("another password needs the present one and a code, and ends the other browsers", async () => {
    const { who, browser, proof } = await atHome();
    const elsewhere = newBrowser();
    await signIn(elsewhere, who);
    const newPassword = "kelp moth oxbow";
    const refused = await browser.post("/person/password", { ...proof(), password: "wrong words", newPassword });
    expect([refused.status, refused.text.includes("not your present password")]).toEqual([422, true]);
    expect((await browser.post("/person/password", { ...proof(), newPassword: "short" })).text).toContain(
      "12 characters",
    );
    const before = browser.cookies.get("__Host-session");
    const done = await browser.post("/person/password", { ...proof(), newPassword });
    expect([done.status, done.headers.location]).toEqual([303, "/person"]);
    expect(browser.cookies.get("__Host-session")).not.toBe(before);
    expect((await browser.get("/person")).status).toBe(200);
    expect((await elsewhere.get("/person")).status).toBe(302);
    const answer = await newBrowser().post("/sign-in", { email: who.user.email, password: goodPassword });
    expect(answer.status).toBe(422);
    const fresh = await newBrowser().post("/sign-in", { email: who.user.email, password: newPassword });
    expect(fresh.headers.location).toBe("/sign-in/code");
  });

  test("signing out elsewhere needs password and code, and nobody else's session can be named", async () => {
    const { who, browser, proof } = await atHome();
    const [there, third] = [newBrowser(), newBrowser()];
    for (const elsewhere of [there, third]) await signIn(elsewhere, who);
    const page = (await browser.get("/person")).text;
    const [path = "", id = ""] = /\/person\/sessions\/end\?session=([0-9a-f-]+)/.exec(page) ?? [];
    expect((await browser.get(path)).text).toContain("Unknown browser");
    const stranger = (await atHome()).browser;
    for (const named of [id, newId(), "no-id", ""]) {
      const foreign = `/person/sessions/end?session=${named}`;
      expect([(await stranger.get(foreign)).status, (await stranger.post(foreign, proof())).status]).toEqual([
        404, 404,
      ]);
    }
    expect((await browser.post(path, { password: goodPassword, code: "000000" })).status).toBe(422);
    expect((await browser.post(path, proof())).status).toBe(303);
    clock.advance(MINUTE_MS);
    const open = async (one: Browser) => (await one.get("/person")).status === 200;
    expect((await Promise.all([there, third].map(open))).filter(Boolean)).toHaveLength(1);
    expect((await browser.post("/person/sessions/end", { password: "wrong words", code: "1" })).status).toBe(422);
    const done = await browser.post("/person/sessions/end", proof());
    expect([done.status, done.headers.location]).toEqual([303, "/person"]);
    expect(await Promise.all([browser, there, third].map(open))).toEqual([true, false, false]);
    expect((await browser.get("/person")).text).not.toContain("/person/sessions/end");
  });

  test.each(["/person/password", "/person/authenticator", "/person/recovery-codes/renewal", "/person/sessions/end"])(
    "%s says when too many passwords are being checked, and the code stays good",
    async (path) => {
      const { browser, proof } = await atHome();
      const fields = { ...proof(), ...(path === "/person/password" ? { newPassword: "kelp moth oxbow" } : {}) };
      const busy = await whileHashing(scope, () => browser.post(path, fields));
      expect([busy.status, busy.headers["retry-after"]]).toEqual([503, "5"]);
      expect(busy.text).toContain("Try again in a few seconds");
      expect((await browser.post(path, fields)).status).toBe(303);
    },
  );

  test("a new authenticator app takes over with its first code; the old one and its codes end", async () => {
    const { who, browser, proof } = await atHome();
    expect((await browser.get("/person/authenticator/new")).headers.location).toBe("/person/authenticator");
    expect((await browser.post("/person/authenticator", proof())).headers.location).toBe("/person/authenticator/new");
    const page = await browser.get("/person/authenticator/new");
    const [, shown = ""] = /<code class="key">([^<]+)</.exec(page.text) ?? [];
    const secret = shown.replace(/\s/g, "");
    expect((await browser.post("/person/authenticator/new", { code: "000000" })).status).toBe(422);
    const done = await browser.post("/person/authenticator/new", { code: codeNow(scope, secret) });
    expect(done.headers.location).toBe("/person/recovery-codes?to=/person");
    const codes = await browser.get("/person/recovery-codes");
    expect(codes.text.match(/<li>[0-9A-Z-]{29}<\/li>/g)).toHaveLength(10);
    expect((await browser.post("/person/recovery-codes?to=/person")).headers.location).toBe("/person");
    expect((await browser.get("/person/recovery-codes")).headers.location).toBe("/person");
    clock.advance(MINUTE_MS);
    const stale = newBrowser();
    expect((await signIn(stale, who)).status).toBe(422);
    expect((await signIn(newBrowser(), { ...who, totpSecret: secret })).status).toBe(303);
  });

  test("new recovery codes need password and code, and void the old ones", async () => {
    const { who, browser, proof } = await atHome();
    expect((await browser.post("/person/recovery-codes/renewal", { password: goodPassword, code: "1" })).status).toBe(
      422,
    );
    const done = await browser.post("/person/recovery-codes/renewal", proof());
    expect(done.headers.location).toBe("/person/recovery-codes?to=/person");
    const other = newBrowser();
    await other.post("/sign-in", { email: who.user.email, password: goodPassword });
    expect((await other.post("/sign-in/recovery", { code: who.recoveryCodes[0] ?? "" })).status).toBe(422);
  });

  test("settings take what is allowed and nothing else", async () => {
    const { who, browser } = await atHome();
    const path = `/${who.firm.slug}/settings`;
    const fields = { name: "Brandt & Töchter", colour: "2" };
    expect((await browser.post(path, { ...fields, slug: "taken-over" })).status).toBe(422);
    expect((await browser.post(path, { ...fields, colour: "9" })).status).toBe(422);
    expect((await browser.post(path, fields)).status).toBe(303);
    expect([...browser.cookies.keys()]).toContain("__Host-flash");
    expect((await browser.get(path)).text).toContain("Brandt &amp; Töchter");
  });
});
