import { describe, expect, test } from "vitest";
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { switchOffMember } from "~/features/accounts/change-member.server";
import { setMembership } from "~/features/accounts/members.server";
import { dropSecondFactorRule, requireSecondFactor } from "~/features/accounts/settings.server";
import { findPendingSignIn } from "~/features/sign-in/pending.server";
import { findOffer, offerAuthenticator, replaceAuthenticator, changePassword } from "~/features/sign-in/step-up.server";
import { openOffer } from "~/features/sign-in/second-factor.server";
import { findVisitor } from "~/features/sign-in/sessions.server";
import { goOnWithout, mayGoOnWithout } from "~/features/sign-in/without-second-factor.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { browser, codeNow, givenEnrolled, givenPassword, givenPending, goodPassword } from "~/testing/given-sign-in";

describe.each(databases)("an account that leaves the second factor to each on %s", (engine) => {
  async function easyFirm(options: { operator?: boolean } = {}) {
    const clock = testClock();
    const scope = await given.installation(engine, { clock, address: null });
    const account = await given.account(scope);
    const system = accountScope(scope, account, theSystem);
    await dropSecondFactorRule(system);
    const user = await given.user(scope, options);
    await setMembership(system, { userId: user.id, role: "user" });
    await givenPassword(scope, user);
    return { clock, scope, account, system, user };
  }
  type Firm = Awaited<ReturnType<typeof easyFirm>>;

  async function pendingOf({ scope, user }: Firm, password?: string) {
    const token = await givenPending(scope, user, { password });
    const pending = await findPendingSignIn(scope, token);
    if (!pending) throw new Error("nothing is pending");
    return { token, pending };
  }
  async function inWithout(firm: Firm) {
    const { token } = await pendingOf(firm);
    const done = await goOnWithout(firm.scope, browser(token));
    if (!done.ok) throw new Error(done.reason);
    return done.sessionToken;
  }

  test("lets a person in with a long password alone", async () => {
    const firm = await easyFirm();
    const { token, pending } = await pendingOf(firm);
    expect(await mayGoOnWithout(firm.scope, pending)).toBe(true);
    const done = await goOnWithout(firm.scope, browser(token));
    if (!done.ok) throw new Error(done.reason);
    expect(await findVisitor(firm.scope, done.sessionToken)).toMatchObject({ user: { id: firm.user.id } });
    expect(await goOnWithout(firm.scope, browser(token))).toEqual({ ok: false, reason: "expired" });
  });

  test("but not with a short one, as an operator, where another account asks for it, or without any account", async () => {
    const required = { ok: false, reason: "required" };
    const short = await easyFirm();
    await givenPassword(short.scope, short.user, "kelp moth oxb");
    expect(await goOnWithout(short.scope, browser((await pendingOf(short, "kelp moth oxb")).token))).toEqual(required);
    const operator = await easyFirm({ operator: true });
    expect(await goOnWithout(operator.scope, browser((await pendingOf(operator)).token))).toEqual(required);
    const two = await easyFirm();
    const strict = accountScope(two.scope, await given.account(two.scope), theSystem);
    await setMembership(strict, { userId: two.user.id, role: "viewer" });
    const { token } = await pendingOf(two);
    expect(await goOnWithout(two.scope, browser(token))).toEqual(required);
    // Switched off there, nobody there asks them for anything.
    await switchOffMember(strict, two.user.id);
    expect(await goOnWithout(two.scope, browser(token))).toMatchObject({ ok: true });
    const homeless = await easyFirm();
    await switchOffMember(homeless.system, homeless.user.id);
    expect(await goOnWithout(homeless.scope, browser((await pendingOf(homeless)).token))).toEqual(required);
  });

  test("never lets anybody past a second factor that is set up", async () => {
    const firm = await easyFirm();
    await givenEnrolled(firm.scope, firm.user);
    firm.clock.advance(MINUTE_MS);
    const { token, pending } = await pendingOf(firm);
    expect(await mayGoOnWithout(firm.scope, pending)).toBe(false);
    expect(await goOnWithout(firm.scope, browser(token))).toEqual({ ok: false, reason: "required" });
  });

  test("asks for it at the next request once it is required; sessions with both factors go on", async () => {
    const firm = await easyFirm();
    const { scope, system } = firm;
    const alone = await inWithout(firm);
    const other = await given.user(scope);
    await setMembership(system, { userId: other.id, role: "user" });
    await givenPassword(scope, other);
    const { sessionToken } = await givenEnrolled(scope, other);
    expect(await findVisitor(scope, alone)).not.toBeNull();
    const { token } = await pendingOf(firm);
    await requireSecondFactor(system);
    expect(await findVisitor(scope, alone)).toBeNull();
    expect(await findVisitor(scope, sessionToken)).not.toBeNull();
    // Half-way through signing in, too.
    expect(await goOnWithout(scope, browser(token))).toEqual({ ok: false, reason: "required" });
  });

  test("asks for it when a place in a stricter account comes", async () => {
    const firm = await easyFirm();
    const alone = await inWithout(firm);
    const strict = await given.account(firm.scope);
    await setMembership(accountScope(firm.scope, strict, theSystem), { userId: firm.user.id, role: "viewer" });
    expect(await findVisitor(firm.scope, alone)).toBeNull();
  });

  test("lets who came in without set one up with the password, and the session then counts for all", async () => {
    const firm = await easyFirm();
    const { clock, scope, system, user } = firm;
    const visitor = (await findVisitor(scope, await inWithout(firm))) ?? expect.fail();
    const wrong = { password: "wrong words", code: "" };
    expect(await offerAuthenticator(scope, visitor, wrong)).toMatchObject({ reason: "wrong-password" });
    const proof = { password: goodPassword, code: "" };
    const short = await changePassword(scope, visitor, proof, "kelp moth oxb");
    expect(short).toMatchObject({ reason: "password", problem: "too-short" });
    expect(await offerAuthenticator(scope, visitor, proof)).toEqual({ ok: true });
    const holder = { table: "sessions", id: visitor.sessionId, userId: user.id } as const;
    const secret = openOffer(scope.keys, holder, (await findOffer(scope, visitor)) ?? "");
    const done = await replaceAuthenticator(scope, visitor, codeNow(scope, secret));
    if (!done.ok) throw new Error(done.reason);
    await requireSecondFactor(system);
    clock.advance(MINUTE_MS);
    expect(await findVisitor(scope, done.sessionToken)).not.toBeNull();
    expect(await offerAuthenticator(scope, visitor, proof)).toMatchObject({ reason: "wrong-code" });
  });
});
