/** Signing in, step by step, and what it leaves as text. */
import { describe, expect, test } from "vitest";
import { accountScope, systemScope, theSystem } from "~/features/accounts/account-scope.server";
import { setMembership } from "~/features/accounts/members.server";
import { verifyChain } from "~/features/audit/audit.server";
import { findPendingSignIn } from "~/features/sign-in/pending.server";
import { openOffer } from "~/features/sign-in/second-factor.server";
import { findVisitor } from "~/features/sign-in/sessions.server";
import { tryEnrolment, tryPassword, tryRecoveryCode, trySecondFactor } from "~/features/sign-in/sign-in.server";
import { createLog } from "~/platform/log.server";
import { type InstallationScope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import {
  browser,
  codeNow,
  givenEnrolled,
  givenPassword,
  givenPending,
  givenSession,
  goodPassword,
} from "~/testing/given-sign-in";
import { quietOffice, somebody, wrongPassword } from "~/testing/quiet-office";

describe.each(databases)("the first step on %s", (engine) => {
  test("the right password leads to the second step, not to a session", async () => {
    const { scope, user } = await somebody(engine);
    const token = await givenPending(scope, user, { returnTo: "/brandt/contacts?q=ada" });
    expect(await findVisitor(scope, token)).toBeNull();
    expect(await findPendingSignIn(scope, token)).toMatchObject({
      user,
      hasSecondFactor: false,
      returnTo: "/brandt/contacts?q=ada",
    });
  });

  test("spelling and case of the address do not matter, those of the password do", async () => {
    const { scope, user } = await somebody(engine);
    await givenPending(scope, { ...user, email: ` ${user.email.toUpperCase()}` });
    await expect(givenPending(scope, user, { password: goodPassword.toUpperCase() })).rejects.toThrow("wrong");
  });

  test("unknown, wrong, without password and disabled are answered alike", async () => {
    const { scope, user } = await somebody(engine);
    const without = await given.user(scope);
    const disabled = await given.user(scope);
    await givenPassword(scope, disabled);
    await scope.db.updateTable("users").set({ disabled_at: scope.clock.now() }).where("id", "=", disabled.id).execute();
    const answers = await Promise.all([
      tryPassword(scope, wrongPassword("nobody@nowhere.example")),
      tryPassword(scope, wrongPassword(user.email)),
      tryPassword(scope, { ...wrongPassword(without.email), password: goodPassword }),
      tryPassword(scope, { ...wrongPassword(disabled.email), password: goodPassword }),
      tryPassword(scope, { ...wrongPassword(without.email), password: "" }),
    ]);
    for (const answer of answers) expect(answer).toEqual({ ok: false, reason: "wrong" });
  });

  test("after ten wrong passwords the eleventh waits, whoever sends it, and longer each time", async () => {
    const { clock, scope, user } = await somebody(engine);
    for (let i = 0; i < 10; i += 1) await tryPassword(scope, wrongPassword(user.email));
    const elsewhere = { ...scope, address: "203.0.113.77" };
    expect(await tryPassword(elsewhere, { ...wrongPassword(user.email), password: goodPassword })).toEqual({
      ok: false,
      reason: "too-many",
      retryAfterSeconds: 30,
    });
    clock.advance(30_000);
    expect(await tryPassword(scope, wrongPassword(user.email))).toMatchObject({ reason: "wrong" });
    expect(await tryPassword(scope, wrongPassword(user.email))).toMatchObject({ retryAfterSeconds: 60 });
    clock.advance(MINUTE_MS);
    await givenPending(scope, user);
    await givenPending(scope, user);
  });

  test("who is not known is put off after as many attempts as who is", async () => {
    const { scope } = await quietOffice(engine);
    const email = `nobody.${scope.address}@nowhere.example`;
    for (let i = 0; i < 10; i += 1) await tryPassword(scope, wrongPassword(email));
    expect(await tryPassword(scope, wrongPassword(email))).toMatchObject({ reason: "too-many", retryAfterSeconds: 30 });
  });

  test("strangers cannot lock a person out of a browser they have signed in on", async () => {
    const { scope, user } = await somebody(engine);
    const { deviceToken } = await givenEnrolled(scope, user);
    for (let i = 0; i < 11; i += 1) await tryPassword(scope, wrongPassword(user.email));
    await expect(givenPending(scope, user)).rejects.toThrow("too-many");
    await givenPending(scope, user, { deviceToken });
  });

  test("somebody else's browser token is worth nothing", async () => {
    const { scope, user } = await somebody(engine);
    const other = await given.user(scope);
    await givenPassword(scope, other);
    const { deviceToken } = await givenEnrolled(scope, other);
    for (let i = 0; i < 11; i += 1) await tryPassword(scope, wrongPassword(user.email, deviceToken));
    await expect(givenPending(scope, user, { deviceToken })).rejects.toThrow("too-many");
  });

  test("one address that tries many people is put off, right passwords given back", async () => {
    const { scope, user } = await somebody(engine);
    for (let i = 0; i < 5; i += 1) await givenPending(scope, user);
    for (let i = 0; i < 50; i += 1) await tryPassword(scope, wrongPassword(`p${i}.${scope.address}@nowhere.example`));
    await expect(givenPending(scope, user)).rejects.toThrow("too-many");
    await givenPending({ ...scope, address: "203.0.113.99" }, user);
  }, 60_000);
});

describe.each(databases)("setting up the second factor on %s", (engine) => {
  test("one valid code of the offered secret makes a session and ten recovery codes", async () => {
    const { scope, user } = await somebody(engine);
    const { sessionToken, recoveryCodes } = await givenEnrolled(scope, user);
    expect(await findVisitor(scope, sessionToken)).toMatchObject({ user: { ...user, isOperator: false } });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await findPendingSignIn(scope, await givenPending(scope, user))).toMatchObject({ hasSecondFactor: true });
  });

  test("a wrong code sets up nothing, and the offer stays the same", async () => {
    const { scope, user } = await somebody(engine);
    const token = await givenPending(scope, user);
    const before = await findPendingSignIn(scope, token);
    expect(await tryEnrolment(scope, browser(token), "000000")).toEqual({ ok: false, reason: "wrong-code" });
    expect(await findPendingSignIn(scope, token)).toEqual(before);
  });

  test("a person with a second factor cannot have it replaced by somebody who only knows the password", async () => {
    const { scope, user } = await somebody(engine);
    const early = await givenPending(scope, user);
    const { totpSecret } = await givenEnrolled(scope, user);
    const pending = await findPendingSignIn(scope, early);
    const holder = { table: "pending_sign_ins", id: pending?.id ?? "", userId: user.id } as const;
    const stale = openOffer(scope.keys, holder, pending?.offeredSecret ?? "");
    expect(await tryEnrolment(scope, browser(early), codeNow(scope, stale))).toMatchObject({ ok: false });
    const late = await givenPending(scope, user);
    expect(await tryEnrolment(scope, browser(late), codeNow(scope, totpSecret))).toMatchObject({ ok: false });
  });

  test("of twenty requests with the same first code one gets in", async () => {
    const { scope, user } = await somebody(engine);
    const token = await givenPending(scope, user);
    const pending = await findPendingSignIn(scope, token);
    const holder = { table: "pending_sign_ins", id: pending?.id ?? "", userId: user.id } as const;
    const code = codeNow(scope, openOffer(scope.keys, holder, pending?.offeredSecret ?? ""));
    const all = await Promise.all(Array.from({ length: 20 }, () => tryEnrolment(scope, browser(token), code)));
    expect(all.filter((result) => result.ok)).toHaveLength(1);
  });
});

describe.each(databases)("the second step on %s", (engine) => {
  async function enrolled() {
    const start = await somebody(engine);
    const enrolment = await givenEnrolled(start.scope, start.user);
    start.clock.advance(MINUTE_MS);
    return { ...start, ...enrolment };
  }

  test("a valid code makes a session; the cookie's token is another one at every step", async () => {
    const { scope, user, totpSecret, sessionToken } = await enrolled();
    const pendingToken = await givenPending(scope, user, { returnTo: "/brandt" });
    const done = await trySecondFactor(scope, browser(pendingToken), codeNow(scope, totpSecret));
    if (!done.ok) throw new Error(done.reason);
    expect(new Set([pendingToken, done.sessionToken, sessionToken, done.deviceToken]).size).toBe(4);
    expect(done.returnTo).toBe("/brandt");
    expect(await findPendingSignIn(scope, pendingToken)).toBeNull();
    expect(await trySecondFactor(scope, browser(pendingToken), codeNow(scope, totpSecret, 30))).toMatchObject({
      reason: "expired",
    });
  });

  test("of twenty requests with the same code one gets in", async () => {
    const { scope, user, totpSecret } = await enrolled();
    const tokens = await Promise.all(Array.from({ length: 4 }, () => givenPending(scope, user)));
    const code = codeNow(scope, totpSecret);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) => trySecondFactor(scope, browser(tokens[i % 4] ?? ""), code)),
    );
    expect(all.filter((result) => result.ok)).toHaveLength(1);
  });

  test("a code that was used is refused to a later sign-in as well", async () => {
    const { scope, user, totpSecret } = await enrolled();
    await givenSession(scope, user, totpSecret);
    await expect(givenSession(scope, user, totpSecret)).rejects.toThrow("wrong-code");
  });

  test("the code of the step before is accepted, of the next or an older one not", async () => {
    const { clock, scope, user, totpSecret } = await enrolled();
    for (const [seconds, ok] of [
      [30, false],
      [60, false],
      [-60, false],
      [-30, true],
    ] as const) {
      clock.advance(5 * MINUTE_MS);
      const pending = browser(await givenPending(scope, user));
      expect([seconds, (await trySecondFactor(scope, pending, codeNow(scope, totpSecret, seconds))).ok]).toEqual([
        seconds,
        ok,
      ]);
    }
  });

  test.each(["", "abcdef", "12345", "1234567", "１２３４５６", "000 000", "null", "' or 1=1 --", "x".repeat(10_000)])(
    "%j is refused like any wrong code",
    async (code) => {
      const { scope, user } = await enrolled();
      const pending = browser(await givenPending(scope, user));
      expect(await trySecondFactor(scope, pending, code)).toEqual({ ok: false, reason: "wrong-code" });
      expect(await tryRecoveryCode(scope, pending, code)).toEqual({ ok: false, reason: "wrong-code" });
    },
  );

  test("spaces and dashes in a code do not matter", async () => {
    const { scope, user, totpSecret } = await enrolled();
    const code = codeNow(scope, totpSecret);
    const typed = ` ${code.slice(0, 3)}-${code.slice(3)} `;
    expect(await trySecondFactor(scope, browser(await givenPending(scope, user)), typed)).toMatchObject({ ok: true });
  });

  test("after five wrong codes no code is looked at for a quarter of an hour, a new password notwithstanding", async () => {
    const { clock, scope, user, totpSecret } = await enrolled();
    const first = browser(await givenPending(scope, user));
    for (let i = 0; i < 5; i += 1) await trySecondFactor(scope, first, "000000");
    const again = browser(await givenPending(scope, user));
    for (const pending of [first, again]) {
      expect(await trySecondFactor(scope, pending, codeNow(scope, totpSecret))).toEqual({
        ok: false,
        reason: "too-many",
        retryAfterSeconds: 15 * 60,
      });
    }
    clock.advance(15 * MINUTE_MS);
    await givenSession(scope, user, totpSecret);
  });

  test("ten minutes after the password it is too late", async () => {
    const { clock, scope, user, totpSecret } = await enrolled();
    const pending = browser(await givenPending(scope, user));
    clock.advance(10 * MINUTE_MS);
    expect(await trySecondFactor(scope, pending, codeNow(scope, totpSecret))).toEqual({ ok: false, reason: "expired" });
  });

  test("each recovery code lets in once, however it is typed", async () => {
    const { scope, user, recoveryCodes } = await enrolled();
    const [first = "", second = ""] = recoveryCodes;
    const enter = async (code: string) => tryRecoveryCode(scope, browser(await givenPending(scope, user)), code);
    expect(await enter(first.toLowerCase().replaceAll("-", " "))).toMatchObject({ ok: true });
    expect(await enter(first)).toEqual({ ok: false, reason: "wrong-code" });
    expect(await enter(second)).toMatchObject({ ok: true });
  });

  test("of twenty requests with the same recovery code one gets in", async () => {
    const { scope, user, recoveryCodes } = await enrolled();
    const tokens = await Promise.all(Array.from({ length: 4 }, () => givenPending(scope, user)));
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        tryRecoveryCode(scope, browser(tokens[i % 4] ?? ""), recoveryCodes[0] ?? ""),
      ),
    );
    expect(all.filter((result) => result.ok)).toHaveLength(1);
  });

  test("codes of another person let nobody in", async () => {
    const { scope, user } = await enrolled();
    const other = await enrolled();
    const pending = browser(await givenPending(scope, user));
    expect(await trySecondFactor(scope, pending, codeNow(scope, other.totpSecret))).toMatchObject({ ok: false });
    expect(await tryRecoveryCode(scope, pending, other.recoveryCodes[0] ?? "")).toMatchObject({ ok: false });
  });

  test("each account of the person has it in its chain, other accounts do not", async () => {
    const { scope, user, totpSecret } = await enrolled();
    const [mine, foreign] = [await given.account(scope), await given.account(scope)];
    await setMembership(accountScope(scope, mine, theSystem), { userId: user.id, role: "viewer" });
    await givenSession(scope, user, totpSecret);
    await trySecondFactor(scope, browser(await givenPending(scope, user)), "000000");
    expect(await verifyChain(await systemScope(scope, mine.id))).toEqual({ ok: true, events: 4 });
    expect(await verifyChain(await systemScope(scope, foreign.id))).toEqual({ ok: true, events: 1 });
  });
});

/** Everything that sign-in keeps, as one text. */
async function everythingStored({ db }: InstallationScope): Promise<string> {
  return JSON.stringify([
    await db.selectFrom("sessions").select(["token_hash", "offered_secret", "new_codes"]).execute(),
    await db.selectFrom("second_factors").select("secret").execute(),
    await db.selectFrom("recovery_codes").select("hash").execute(),
    await db.selectFrom("known_devices").select("token_hash").execute(),
    await db.selectFrom("passwords").select("hash").execute(),
    await db.selectFrom("throttles").select("key").execute(),
  ]);
}

describe.each(databases)("secrets on %s", (engine) => {
  test("neither passwords, codes, tokens, seeds nor addresses reach the log or the tables as text", async () => {
    const lines: string[] = [];
    const log = createLog({ level: "debug", destination: { write: (line: string) => void lines.push(line) } });
    const { scope } = await quietOffice(engine, log);
    const user = await given.user(scope);
    await givenPassword(scope, user);
    await tryPassword(scope, { ...wrongPassword(user.email), password: "canary wrong words here" });
    await tryEnrolment(scope, browser(await givenPending(scope, user)), "111111");
    const { totpSecret, sessionToken, deviceToken, recoveryCodes } = await givenEnrolled(scope, user);
    expect(recoveryCodes).toHaveLength(10);

    const secrets = [goodPassword, "canary", totpSecret, sessionToken, deviceToken, ...recoveryCodes, user.email];
    const logged = lines.join("\n");
    expect(logged).toContain("Signed in");
    const stored = await everythingStored(scope);
    for (const secret of secrets) expect(logged + stored).not.toContain(secret);
    expect(logged).not.toContain(user.name);
  });
});
