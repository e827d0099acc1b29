import { describe, expect, test } from "vitest";
import { accountScope, findAccount, theSystem } from "~/features/accounts/account-scope.server";
import { changeRole, switchOffMember } from "~/features/accounts/change-member.server";
import { setMembership } from "~/features/accounts/members.server";
import { verifyChain } from "~/features/audit/audit.server";
import { loosenSecondFactor } from "~/features/sign-in/loosen-second-factor.server";
import { findVisitor } from "~/features/sign-in/sessions.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { codeNow, givenEnrolled, givenPassword, goodPassword } from "~/testing/given-sign-in";

describe.each(databases)("making the second factor a choice on %s", (engine) => {
  test("asks for the administrator's own password and code, and is in the account's chain", async () => {
    const clock = testClock();
    const scope = await given.installation(engine, { clock, address: "198.18.7.7" });
    const user = await given.user(scope);
    await givenPassword(scope, user);
    const firm = await given.account(scope);
    await setMembership(accountScope(scope, firm, theSystem), { userId: user.id, role: "admin" });
    const { totpSecret, sessionToken } = await givenEnrolled(scope, user);
    clock.advance(MINUTE_MS);
    const visitor = await findVisitor(scope, sessionToken);
    if (!visitor) throw new Error("not signed in");
    const account = accountScope(scope, firm, { user, role: "admin" });
    const proof = { password: goodPassword, code: codeNow(scope, totpSecret) };
    const isAsked = async () => (await findAccount(scope, firm.id))?.requiresSecondFactor;

    const without = await loosenSecondFactor(scope, visitor, { ...proof, password: "not the right words" }, account);
    expect(without).toEqual({ ok: false, reason: "wrong-password" });
    const old = await loosenSecondFactor(scope, visitor, { ...proof, code: "000000" }, account);
    expect(old).toEqual({ ok: false, reason: "wrong-code" });
    expect(await isAsked()).toBe(true);

    expect(await loosenSecondFactor(scope, visitor, proof, account)).toEqual({ ok: true, changed: true });
    expect(await isAsked()).toBe(false);
    expect(await verifyChain(account)).toMatchObject({ ok: true });
  });

  test.each(["user", null] as const)(
    "is refused to who was an administrator when they opened it (now %s)",
    async (role) => {
      const clock = testClock();
      const scope = await given.installation(engine, { clock, address: "198.18.7.8" });
      const user = await given.user(scope);
      await givenPassword(scope, user);
      const firm = await given.account(scope);
      const boss = await given.member(scope, firm);
      await setMembership(accountScope(scope, firm, theSystem), { userId: user.id, role: "admin" });
      const { totpSecret, sessionToken } = await givenEnrolled(scope, user);
      clock.advance(MINUTE_MS);
      const visitor = await findVisitor(scope, sessionToken);
      if (!visitor) throw new Error("not signed in");
      if (role) await changeRole(boss, user.id, role);
      else await switchOffMember(boss, user.id);
      const proof = { password: goodPassword, code: codeNow(scope, totpSecret) };
      const outcome = await loosenSecondFactor(
        scope,
        visitor,
        proof,
        accountScope(scope, firm, { user, role: "admin" }),
      );
      expect(outcome).toEqual({ ok: false, reason: "not-admin" });
      expect((await findAccount(scope, firm.id))?.requiresSecondFactor).toBe(true);
    },
  );
});
