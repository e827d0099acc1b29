import { describe, expect, test } from "vitest";
import { accountScope, systemScope, theSystem } from "~/features/accounts/account-scope.server";
import { setMembership } from "~/features/accounts/accounts.server";
import { changeSettings } from "~/features/accounts/settings.server";
import { verifyChain } from "~/features/audit/audit.server";
import { removeExpiredSignIns } from "~/features/sign-in/expired.server";
import { findNewCodes, putNewCodesAway } from "~/features/sign-in/recovery-codes.server";
import { findSecondFactor, openOffer } from "~/features/sign-in/second-factor.server";
import { findVisitor, listSessions } from "~/features/sign-in/sessions.server";
import { signOut } from "~/features/sign-in/sign-out.server";
import {
  changePassword,
  findOffer,
  offerAuthenticator,
  renewRecoveryCodes,
  replaceAuthenticator,
} from "~/features/sign-in/step-up.server";
import { DAY_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import {
  codeNow,
  givenEnrolled,
  givenPassword,
  givenPending,
  givenSession,
  goodPassword,
} from "~/testing/given-sign-in";

let street = 0;

describe.each(databases)("one's own sign-in on %s", (engine) => {
  async function signedIn() {
    const clock = testClock();
    street += 1;
    const scope = await given.installation(engine, { clock, address: `198.18.0.${street % 256}` });
    const user = await given.user(scope);
    await givenPassword(scope, user);
    const firm = await given.account(scope);
    await setMembership(accountScope(scope, firm, theSystem), { userId: user.id, role: "admin" });
    const enrolled = await givenEnrolled(scope, user);
    clock.advance(MINUTE_MS);
    const visitor = await findVisitor(scope, enrolled.sessionToken, null);
    if (!visitor) throw new Error("not signed in");
    const proof = () => ({ password: goodPassword, code: codeNow(scope, enrolled.totpSecret) });
    return { clock, scope, user, firm, visitor, proof, ...enrolled };
  }

  test("another password ends all other sessions and gives this one another token", async () => {
    const { clock, scope, user, visitor, proof, totpSecret, sessionToken } = await signedIn();
    await givenSession(scope, user, totpSecret);
    clock.advance(MINUTE_MS);
    const done = await changePassword(scope, visitor, proof(), "kelp moth oxbow");
    if (!done.ok) throw new Error(done.reason);
    expect(await findVisitor(scope, sessionToken, null)).toBeNull();
    expect(await findVisitor(scope, done.sessionToken, null)).toMatchObject({ sessionId: visitor.sessionId });
    expect(await listSessions(scope, user.id)).toHaveLength(1);
    await givenPending(scope, user, { password: "kelp moth oxbow" });
    await expect(givenPending(scope, user)).rejects.toThrow("wrong");
  });

  test("nothing is changed without the password, without a code, or with a code twice", async () => {
    const { scope, visitor, proof } = await signedIn();
    const { code } = proof();
    const wrong = { password: "wrong words", code };
    expect(await renewRecoveryCodes(scope, visitor, wrong)).toEqual({ ok: false, reason: "wrong-password" });
    expect(await renewRecoveryCodes(scope, visitor, { ...proof(), code: "000000" })).toMatchObject({
      reason: "wrong-code",
    });
    expect(await renewRecoveryCodes(scope, visitor, proof())).toEqual({ ok: true });
    expect(await renewRecoveryCodes(scope, visitor, proof())).toMatchObject({ reason: "wrong-code" });
  });

  test("a stolen session cannot be used to guess: five attempts, then a quarter of an hour", async () => {
    const { scope, visitor, proof } = await signedIn();
    for (let i = 0; i < 5; i += 1) await offerAuthenticator(scope, visitor, { password: `guess ${i}`, code: "000000" });
    expect(await offerAuthenticator(scope, visitor, proof())).toMatchObject({
      reason: "too-many",
      retryAfterSeconds: 900,
    });
  });

  test("a recovery code proves as well as the app, once", async () => {
    const { scope, visitor, recoveryCodes } = await signedIn();
    const proof = { password: goodPassword, code: recoveryCodes[3] ?? "" };
    expect(await offerAuthenticator(scope, visitor, proof)).toEqual({ ok: true });
    expect(await offerAuthenticator(scope, visitor, proof)).toMatchObject({ reason: "wrong-code" });
  });

  test("another authenticator app takes over with its first code and brings new recovery codes", async () => {
    const { clock, scope, user, visitor, proof, totpSecret, recoveryCodes } = await signedIn();
    expect(await replaceAuthenticator(scope, visitor, "000000")).toEqual({ ok: false, reason: "expired" });
    await offerAuthenticator(scope, visitor, proof());
    const holder = { table: "sessions", id: visitor.sessionId, userId: user.id } as const;
    const secret = openOffer(scope.keys, holder, (await findOffer(scope, visitor)) ?? "");
    expect(await replaceAuthenticator(scope, visitor, codeNow(scope, totpSecret, 30))).toMatchObject({ ok: false });
    expect(await replaceAuthenticator(scope, visitor, codeNow(scope, secret))).toMatchObject({ ok: true });
    const codes = await findNewCodes(scope, user.id, visitor.sessionId);
    expect(codes).toHaveLength(10);
    expect(codes).not.toEqual(recoveryCodes);
    await putNewCodesAway(scope, visitor.sessionId);
    expect(await findNewCodes(scope, user.id, visitor.sessionId)).toBeNull();
    clock.advance(MINUTE_MS);
    await givenSession(scope, user, secret);
    clock.advance(MINUTE_MS);
    await expect(givenSession(scope, user, totpSecret)).rejects.toThrow("wrong-code");
    expect(await findSecondFactor(scope, user.id)).toMatchObject({ recoveryCodesLeft: 10 });
  });

  test("each deed is in the chain of the person's firm", async () => {
    const { clock, scope, firm, visitor, proof, sessionToken } = await signedIn();
    await renewRecoveryCodes(scope, visitor, proof());
    clock.advance(MINUTE_MS);
    await signOut(scope, sessionToken);
    await signOut(scope, sessionToken);
    // The account, the place in it, the second factor, the codes, the sign-out.
    expect(await verifyChain(await systemScope(scope, firm.id))).toEqual({ ok: true, events: 5 });
  });

  test("what has had its time is swept away, and nothing else", async () => {
    const { clock, scope, user, sessionToken, totpSecret, deviceToken } = await signedIn();
    await givenPending(scope, user);
    await removeExpiredSignIns(scope);
    expect(await findVisitor(scope, sessionToken, null)).not.toBeNull();
    clock.advance(2 * DAY_MS);
    await removeExpiredSignIns(scope);
    const left = async (table: "sessions" | "pending_sign_ins") =>
      scope.db.selectFrom(table).select("id").where("user_id", "=", user.id).execute();
    expect([await left("sessions"), await left("pending_sign_ins")]).toEqual([[], []]);
    await givenPending(scope, user, { deviceToken });
    await givenSession(scope, user, totpSecret);
  });
});

describe.each(databases)("settings on %s", (engine) => {
  const settings = {
    name: "Brandt & Töchter",
    colour: 5,
    phoneCountry: "DE",
    timeZone: "Europe/Berlin",
    currency: "EUR",
  };

  test("what is changed is stored and told to the chain by its fields' names; the same again is nothing", async () => {
    const scope = await given.scope(engine);
    const before = await verifyChain(scope);
    const { changed } = await changeSettings(scope, settings);
    expect(changed).toEqual(expect.arrayContaining(["name", "phoneCountry", "timeZone", "currency"]));
    const after = { ...scope, account: { ...scope.account, ...settings } };
    expect((await changeSettings(after, settings)).changed).toEqual([]);
    expect(await verifyChain(scope)).toEqual({ ok: true, events: (before.ok ? before.events : 0) + 1 });
    const fresh = await systemScope(await given.installation(engine), scope.account.id);
    expect(fresh.account).toMatchObject({ ...settings, slug: scope.account.slug, locale: "en-DE" });
  });

  test("another account keeps its own", async () => {
    const { scope, other } = await given.twoAccounts(engine);
    await changeSettings(scope, settings);
    const theirs = await systemScope(await given.installation(engine), other.account.id);
    expect(theirs.account).toEqual(other.account);
  });
});
