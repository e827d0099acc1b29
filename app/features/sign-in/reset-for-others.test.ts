import { describe, expect, test } from "vitest";
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { changeRole, switchOffMember } from "~/features/accounts/change-member.server";
import { inviteMember } from "~/features/accounts/invitations.server";
import { setMembership } from "~/features/accounts/members.server";
import { joinAsVisitor } from "~/features/sign-in/join.server";
import { findPasswordLink, setPasswordByLink } from "~/features/sign-in/password-links.server";
import { makeLinkFor, resetSecondFactorOf, whomToHelp } from "~/features/sign-in/reset-for-others.server";
import { hasSecondFactor } from "~/features/sign-in/second-factor.server";
import { findVisitor } from "~/features/sign-in/sessions.server";
import { newToken } from "~/platform/encryption.server";
import { type AccountFacts, type InstallationScope, type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock, type TestClock } from "~/testing/given";
import { codeNow, givenEnrolled, givenPassword, goodPassword } from "~/testing/given-sign-in";

async function actionsOf(scope: InstallationScope, accountId: string) {
  const rows = await scope.database
    .forAccount(accountId)
    .selectFrom("audit_events")
    .select("body")
    .where("account_id", "=", accountId)
    .orderBy("position")
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as { action: string; actor: string | null; subject: object });
}

describe.each(databases)("helping somebody who cannot sign in on %s", (engine) => {
  async function signedIn(scope: InstallationScope, clock: TestClock, member: Scope | null, operator = false) {
    const user = member?.user ?? (await given.user(scope, { operator }));
    await givenPassword(scope, user);
    const { totpSecret, sessionToken } = await givenEnrolled(scope, user);
    clock.advance(MINUTE_MS);
    const visitor = await findVisitor(scope, sessionToken);
    if (!visitor) throw new Error("not signed in");
    const proof = () => ({ password: goodPassword, code: codeNow(scope, totpSecret) });
    return { user, visitor, proof, sessionToken };
  }

  async function firm() {
    const clock = testClock();
    const scope = await given.installation(engine, { clock, address: null });
    const account = await given.account(scope);
    const admin = await given.member(scope, account);
    const helper = await signedIn(scope, clock, admin);
    const member = await given.member(scope, account, "user");
    const tom = await signedIn(scope, clock, member);
    return { clock, scope, account, admin, helper: { ...helper, account }, tom };
  }
  const elsewhere = async (scope: InstallationScope, userId: string): Promise<AccountFacts> => {
    const account = await given.account(scope);
    await setMembership(accountScope(scope, account, theSystem), { userId, role: "user" });
    return account;
  };

  test("an administrator resets the second factor of a member, after their own proof; all is recorded and told", async () => {
    const { scope, account, helper, tom } = await firm();
    const wrong = { ...helper.proof(), code: "000000" };
    expect(await resetSecondFactorOf(scope, helper, tom.user.id, wrong)).toMatchObject({ reason: "wrong-code" });
    expect(await hasSecondFactor(scope, tom.user.id)).toBe(true);
    expect(await resetSecondFactorOf(scope, helper, tom.user.id, helper.proof())).toMatchObject({ ok: true });
    expect([await hasSecondFactor(scope, tom.user.id), await findVisitor(scope, tom.sessionToken)]).toEqual([
      false,
      null,
    ]);
    expect((await actionsOf(scope, account.id)).at(-1)).toMatchObject({
      action: "person.second-factor-reset",
      actor: helper.user.id,
      subject: { userId: tom.user.id },
    });
    const mails = await scope.db
      .selectFrom("mails")
      .select("purpose")
      .where("to_address", "=", tom.user.email)
      .execute();
    expect(mails).toEqual([{ purpose: "second-factor-reset" }]);
  });

  test("an administrator makes a member a link, which does not touch the second factor", async () => {
    const { scope, account, helper, tom } = await firm();
    const made = await makeLinkFor(scope, helper, tom.user.id, helper.proof());
    if (!made.ok) throw new Error(made.reason);
    expect(await findPasswordLink(scope, made.token)).toMatchObject({ state: "open", hasSecondFactor: true });
    expect((await actionsOf(scope, account.id)).at(-1)).toMatchObject({ action: "person.password-link-made" });
  });

  test("an administrator has no power over who belongs elsewhere too, even switched off there, or runs the installation", async () => {
    const { clock, scope, account, helper, tom } = await firm();
    const other = await elsewhere(scope, tom.user.id);
    const refused = { ok: false, reason: "operator-only" };
    expect(await whomToHelp(scope, helper, tom.user.id)).toEqual(refused);
    expect(await resetSecondFactorOf(scope, helper, tom.user.id, helper.proof())).toEqual(refused);
    clock.advance(MINUTE_MS);
    await switchOffMember(accountScope(scope, other, theSystem), tom.user.id);
    expect(await makeLinkFor(scope, helper, tom.user.id, helper.proof())).toEqual(refused);
    const operator = await given.user(scope, { operator: true });
    await setMembership(accountScope(scope, account, theSystem), { userId: operator.id, role: "user" });
    expect(await whomToHelp(scope, helper, operator.id)).toEqual(refused);
    expect(await hasSecondFactor(scope, tom.user.id)).toBe(true);
  });

  test("each administrator of who belongs to many accounts is told to ask the operator, never that there is nobody", async () => {
    const { scope, account, helper, tom } = await firm();
    const others = [];
    for (let i = 0; i < 3; i += 1) others.push(await elsewhere(scope, tom.user.id));
    for (const one of [account, ...others]) {
      const outcome = await whomToHelp(scope, { visitor: helper.visitor, account: one }, tom.user.id);
      expect(outcome).toEqual({ ok: false, reason: "operator-only" });
    }
    const stranger = { visitor: helper.visitor, account: await given.account(scope) };
    expect(await whomToHelp(scope, stranger, tom.user.id)).toEqual({ ok: false, reason: "not-found" });
  });

  test("a link that an administrator made ends as soon as the person belongs elsewhere too", async () => {
    const { scope, helper, tom } = await firm();
    const made = await makeLinkFor(scope, helper, tom.user.id, helper.proof());
    if (!made.ok) throw new Error(made.reason);
    const other = await given.member(scope, await given.account(scope));
    const invited = await inviteMember(other, { email: tom.user.email, name: null, role: "user" });
    if (!invited.ok) throw new Error(invited.reason);
    expect(await joinAsVisitor(scope, newToken(), tom.visitor)).toMatchObject({ ok: false });
    expect(await findPasswordLink(scope, made.token)).toMatchObject({ state: "open" });
    expect(await joinAsVisitor(scope, invited.token, tom.visitor)).toMatchObject({ ok: true });
    expect(await findPasswordLink(scope, made.token)).toMatchObject({ state: "spent" });
    const late = await setPasswordByLink(scope, made.token, "kelp moth oxbow quill");
    expect(late).toEqual({ ok: false, reason: "gone" });
  });

  test("a link made at the moment of joining elsewhere is refused or void, whichever comes first", async () => {
    const { scope, helper, tom } = await firm();
    const other = await given.member(scope, await given.account(scope));
    const invited = await inviteMember(other, { email: tom.user.email, name: null, role: "user" });
    if (!invited.ok) throw new Error(invited.reason);
    const [made, joined] = await Promise.all([
      makeLinkFor(scope, helper, tom.user.id, helper.proof()),
      joinAsVisitor(scope, invited.token, tom.visitor),
    ]);
    expect(joined.ok).toBe(true);
    if (made.ok) expect(await findPasswordLink(scope, made.token)).toMatchObject({ state: "spent" });
    else expect(made.reason).toBe("operator-only");
  });

  test("an administrator has no power over strangers, themselves, or once they are none any more", async () => {
    const { clock, scope, account, helper, tom } = await firm();
    const stranger = await given.user(scope);
    expect(await whomToHelp(scope, helper, stranger.id)).toEqual({ ok: false, reason: "not-found" });
    expect(await whomToHelp(scope, helper, helper.user.id)).toEqual({ ok: false, reason: "own" });
    const system = accountScope(scope, account, theSystem);
    await given.member(scope, account);
    await changeRole(system, helper.user.id, "user");
    clock.advance(MINUTE_MS);
    const late = await resetSecondFactorOf(scope, helper, tom.user.id, helper.proof());
    expect(late).toEqual({ ok: false, reason: "not-found" });
    expect(await hasSecondFactor(scope, tom.user.id)).toBe(true);
  });

  test("the operator can do both for anybody, and every firm of theirs hears of it", async () => {
    const { clock, scope, account, tom } = await firm();
    const other = await elsewhere(scope, tom.user.id);
    const operator = await signedIn(scope, clock, null, true);
    const helper = { visitor: operator.visitor, account: null };
    expect(await makeLinkFor(scope, helper, tom.user.id, operator.proof())).toMatchObject({ ok: true });
    clock.advance(MINUTE_MS);
    expect(await resetSecondFactorOf(scope, helper, tom.user.id, operator.proof())).toMatchObject({ ok: true });
    for (const { id } of [account, other]) {
      const said = (await actionsOf(scope, id)).slice(-2);
      expect(said.map(({ action }) => action)).toEqual(["person.password-link-made", "person.second-factor-reset"]);
      expect(said[1]?.subject).toMatchObject({ userId: tom.user.id, operatorId: operator.user.id });
    }
    clock.advance(MINUTE_MS);
    const again = await resetSecondFactorOf(scope, helper, tom.user.id, operator.proof());
    expect(again).toEqual({ ok: false, reason: "not-set-up" });
  });

  test("nobody else can pass for the operator", async () => {
    const { scope, helper, tom } = await firm();
    const asOperator = { visitor: helper.visitor, account: null };
    const outcome = await resetSecondFactorOf(scope, asOperator, tom.user.id, helper.proof());
    expect(outcome).toEqual({ ok: false, reason: "not-found" });
  });
});
