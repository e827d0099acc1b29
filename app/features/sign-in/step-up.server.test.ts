import { describe, expect, test } from "vitest";
import { accountScope, systemScope, theSystem } from "~/features/accounts/account-scope.server";
import { setMembership } from "~/features/accounts/members.server";
import { verifyChain } from "~/features/audit/audit.server";
import { removeExpiredSignIns } from "~/features/sign-in/expired.server";
import { findPendingSignIn } from "~/features/sign-in/pending.server";
import {
  findPasswordLink,
  makePasswordLink,
  RESET_MS,
  setPasswordByLink,
} from "~/features/sign-in/password-links.server";
import { findNewCodes, putNewCodesAway } from "~/features/sign-in/recovery-codes.server";
import { resetSecondFactor } from "~/features/sign-in/reset-second-factor.server";
import { findSecondFactor, openOffer } from "~/features/sign-in/second-factor.server";
import { findVisitor, listSessions } from "~/features/sign-in/sessions.server";
import { trySecondFactor } from "~/features/sign-in/sign-in.server";
import { signOut } from "~/features/sign-in/sign-out.server";
import {
  changePassword,
  endOneSession,
  endOtherSessions,
  findOffer,
  offerAuthenticator,
  renewRecoveryCodes,
  replaceAuthenticator,
} from "~/features/sign-in/step-up.server";
import { type InstallationScope } from "~/platform/scope.server";
import { DAY_MS, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import {
  browser,
  codeNow,
  givenEnrolled,
  givenPassword,
  givenPending,
  givenSession,
  goodPassword,
  whileHashing,
} from "~/testing/given-sign-in";

let street = 0;

/** What the account's chain says, the oldest first. */
async function eventsOf(scope: InstallationScope, accountId: string) {
  const rows = await scope.database
    .forAccount(accountId)
    .selectFrom("audit_events")
    .select("body")
    .where("account_id", "=", accountId)
    .orderBy("position")
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

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
    const visitor = await findVisitor(scope, enrolled.sessionToken);
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
    expect(await findVisitor(scope, sessionToken)).toBeNull();
    expect(await findVisitor(scope, done.sessionToken)).toMatchObject({ sessionId: visitor.sessionId });
    expect(await listSessions(scope, user.id)).toHaveLength(1);
    await givenPending(scope, user, { password: "kelp moth oxbow" });
    await expect(givenPending(scope, user)).rejects.toThrow("wrong");
  });

  test("another password voids the links that would set yet another", async () => {
    const { scope, user, visitor, proof } = await signedIn();
    const token = await makePasswordLink(scope, user.id, RESET_MS);
    const bystander = await given.user(scope);
    const theirs = await makePasswordLink(scope, bystander.id, RESET_MS);
    expect(await changePassword(scope, visitor, proof(), "kelp moth oxbow")).toMatchObject({ ok: true });
    expect(await setPasswordByLink(scope, token, "grape lintel osprey")).toEqual({ ok: false, reason: "gone" });
    await givenPending(scope, user, { password: "kelp moth oxbow" });
    expect(await findPasswordLink(scope, theirs)).toMatchObject({ state: "open" });
  });

  test("another password is not made of the firm's name, which everybody knows", async () => {
    const { scope, visitor, proof, firm } = await signedIn();
    const guessed = await changePassword(scope, visitor, proof(), `${firm.name} 2026!`);
    expect(guessed).toEqual({ ok: false, reason: "password", problem: "too-guessable" });
  });

  test("while too many passwords are being checked nothing is counted, spent or changed", async () => {
    const { scope, user, visitor, proof } = await signedIn();
    const tries = 6;
    await whileHashing(scope, async () => {
      for (let i = 0; i < tries; i += 1) {
        const put = await changePassword(scope, visitor, proof(), "kelp moth oxbow");
        expect(put).toEqual({ ok: false, reason: "busy", retryAfterSeconds: 5 });
      }
      expect(await renewRecoveryCodes(scope, visitor, proof())).toMatchObject({ reason: "busy" });
    });
    expect(await findSecondFactor(scope, user.id)).toMatchObject({ recoveryCodesLeft: 10 });
    expect(await changePassword(scope, visitor, proof(), "kelp moth oxbow")).toMatchObject({ ok: true });
  });

  test("new recovery codes end all other sessions too", async () => {
    const { clock, scope, user, visitor, proof, totpSecret, sessionToken } = await signedIn();
    const elsewhere = await givenSession(scope, user, totpSecret);
    clock.advance(MINUTE_MS);
    const done = await renewRecoveryCodes(scope, visitor, proof());
    if (!done.ok) throw new Error(done.reason);
    expect([await findVisitor(scope, elsewhere), await findVisitor(scope, sessionToken)]).toEqual([null, null]);
    expect(await findVisitor(scope, done.sessionToken)).toMatchObject({ sessionId: visitor.sessionId });
    expect(await findNewCodes(scope, user.id, visitor.sessionId)).toHaveLength(10);
  });

  test("signing out elsewhere needs the proof, ends one or all others, and is told to the firm", async () => {
    const { clock, scope, firm, user, visitor, proof, totpSecret } = await signedIn();
    const others = [];
    for (let i = 0; i < 3; i += 1) {
      others.push(await givenSession(scope, user, totpSecret));
      clock.advance(MINUTE_MS);
    }
    const wrong = { ...proof(), password: "wrong words" };
    expect(await endOtherSessions(scope, visitor, wrong)).toMatchObject({ reason: "wrong-password" });
    expect(await endOneSession(scope, visitor, wrong, visitor.sessionId)).toMatchObject({ reason: "wrong-password" });
    expect(await listSessions(scope, user.id)).toHaveLength(4);
    const first = await findVisitor(scope, others[0] ?? "");
    expect(await endOneSession(scope, visitor, proof(), first?.sessionId ?? "")).toEqual({ ok: true });
    expect(await listSessions(scope, user.id)).toHaveLength(3);
    clock.advance(MINUTE_MS);
    const done = await endOtherSessions(scope, visitor, proof());
    expect(done).toMatchObject({ ok: true, ended: 2 });
    expect(await listSessions(scope, user.id)).toMatchObject([{ id: visitor.sessionId }]);
    expect((await eventsOf(scope, firm.id)).slice(-2)).toMatchObject([
      { action: "person.session-ended", actor: user.id, subject: { sessionId: first?.sessionId } },
      { action: "person.other-sessions-ended", actor: user.id, counts: { sessions: 2 } },
    ]);
  });

  test("nobody ends a session that is somebody else's", async () => {
    const { scope, visitor, proof } = await signedIn();
    const stranger = await signedIn();
    await endOneSession(scope, visitor, proof(), stranger.visitor.sessionId);
    expect(await findVisitor(scope, stranger.sessionToken)).not.toBeNull();
  });

  test("a lost second factor is taken away on the server: a new one is set up with the password, and the firm can see it", async () => {
    const { scope, firm, user, sessionToken, totpSecret, recoveryCodes } = await signedIn();
    const bystander = await signedIn();
    const pending = await givenPending(scope, user);
    for (let i = 0; i < 5; i += 1) await trySecondFactor(scope, browser(pending), "000000");
    expect(await resetSecondFactor(scope, ` ${user.email.toUpperCase()} `)).toEqual({
      ok: true,
      name: user.name,
      endedSessions: 1,
    });
    expect([await findVisitor(scope, sessionToken), await findPendingSignIn(scope, pending)]).toEqual([null, null]);
    expect((await eventsOf(scope, firm.id)).at(-1)).toMatchObject({
      action: "person.second-factor-reset",
      actor: null,
      role: "system",
      subject: { userId: user.id },
    });
    const anew = await givenEnrolled(scope, user);
    expect(anew.totpSecret).not.toBe(totpSecret);
    expect(anew.recoveryCodes).not.toContain(recoveryCodes[0]);
    expect(await findVisitor(scope, bystander.sessionToken)).not.toBeNull();
    const mails = scope.db.selectFrom("mails").select("purpose").where("to_address", "=", user.email);
    expect(await mails.execute()).toEqual([{ purpose: "second-factor-reset" }]);
    expect(await resetSecondFactor(scope, "nobody@nowhere.example")).toEqual({ ok: false, reason: "nobody" });
    const without = await given.user(scope);
    expect(await resetSecondFactor(scope, without.email)).toEqual({ ok: false, reason: "not-set-up" });
  });

  test("nothing is changed without the password, without a code, or with a code twice", async () => {
    const { scope, visitor, proof } = await signedIn();
    const { code } = proof();
    const wrong = { password: "wrong words", code };
    expect(await renewRecoveryCodes(scope, visitor, wrong)).toEqual({ ok: false, reason: "wrong-password" });
    expect(await renewRecoveryCodes(scope, visitor, { ...proof(), code: "000000" })).toMatchObject({
      reason: "wrong-code",
    });
    expect(await renewRecoveryCodes(scope, visitor, proof())).toMatchObject({ ok: true });
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
    const { clock, scope, firm, visitor, proof } = await signedIn();
    const renewed = await renewRecoveryCodes(scope, visitor, proof());
    if (!renewed.ok) throw new Error(renewed.reason);
    clock.advance(MINUTE_MS);
    await signOut(scope, renewed.sessionToken);
    await signOut(scope, renewed.sessionToken);
    // The account, the place in it, the second factor, the codes, the sign-out.
    expect(await verifyChain(await systemScope(scope, firm.id))).toEqual({ ok: true, events: 5 });
  });

  test("what has had its time is swept away, and nothing else", async () => {
    const { clock, scope, user, sessionToken, totpSecret, deviceToken } = await signedIn();
    await givenPending(scope, user);
    await removeExpiredSignIns(scope);
    expect(await findVisitor(scope, sessionToken)).not.toBeNull();
    clock.advance(2 * DAY_MS);
    await removeExpiredSignIns(scope);
    const left = async (table: "sessions" | "pending_sign_ins") =>
      scope.db.selectFrom(table).select("id").where("user_id", "=", user.id).execute();
    expect([await left("sessions"), await left("pending_sign_ins")]).toEqual([[], []]);
    await givenPending(scope, user, { deviceToken });
    await givenSession(scope, user, totpSecret);
  });
});
