import { describe, expect, test } from "vitest";
import { findInvitation } from "~/features/accounts/invitation-links.server";
import {
  INVITATION_MS,
  inviteMember,
  listInvitations,
  renewInvitation,
  revokeInvitation,
} from "~/features/accounts/invitations.server";
import { changeRole, removeMember, switchOffMember } from "~/features/accounts/change-member.server";
import { verifyChain } from "~/features/audit/audit.server";
import { findActor } from "~/features/accounts/members.server";
import { listNotices } from "~/features/notices/notices.server";
import { invite as inviteCounted, inviteAgain } from "~/features/sign-in/inviting.server";
import { joinAsNewPerson, joinAsVisitor } from "~/features/sign-in/join.server";
import { findPendingSignIn } from "~/features/sign-in/pending.server";
import { findVisitor, startSession } from "~/features/sign-in/sessions.server";
import { type InstallationScope, type Scope, type UserFacts } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { givenPending, goodPassword } from "~/testing/given-sign-in";

let count = 0;
const newAddress = () => `grace.${(count += 1)}@llewellyn.example`;

describe.each(databases)("an invitation on %s", (engine) => {
  async function firm() {
    const clock = testClock();
    const installation = await given.installation(engine, { clock, address: `198.51.100.${(count += 1) % 250}` });
    const account = await given.account(installation);
    const admin = await given.member(installation, account);
    return { clock, installation, account, admin };
  }
  async function invite(admin: Scope, email = newAddress(), role: "admin" | "user" | "viewer" = "user") {
    const invited = await inviteMember(admin, { email, name: "Grace Llewellyn", role });
    if (!invited.ok) throw new Error(invited.reason);
    return invited;
  }
  async function visitorOf(scope: InstallationScope, user: UserFacts) {
    const { token } = await startSession(scope, user.id, null);
    const visitor = await findVisitor(scope, token);
    if (!visitor) throw new Error("not signed in");
    return visitor;
  }
  const newcomer = { name: "Grace Llewellyn", password: goodPassword };

  test("lets somebody new in once, with a name, a password and the place; the administrators are told", async () => {
    const { installation, account, admin } = await firm();
    const { token, email } = await invite(admin, undefined, "viewer");
    expect(await findInvitation(installation, token)).toMatchObject({ state: "open", hasUser: false, role: "viewer" });
    const joined = await joinAsNewPerson(installation, token, newcomer);
    if (!joined.ok) throw new Error(joined.reason);
    const pending = await findPendingSignIn(installation, joined.pendingToken);
    expect(pending).toMatchObject({ returnTo: `/${account.slug}`, hasSecondFactor: false, user: { email } });
    expect(await findActor(admin, pending?.user.id ?? "")).toMatchObject({ role: "viewer" });
    expect((await listNotices(admin, {}))[0]?.title).toBe("Grace Llewellyn has joined");
    expect(await joinAsNewPerson(installation, token, newcomer)).toEqual({ ok: false, reason: "gone" });
    expect(await findInvitation(installation, token)).toMatchObject({ state: "accepted" });
    await givenPending(installation, { id: "", name: "", email });
  });

  test("is not spent by a poor password", async () => {
    const { installation, admin, account } = await firm();
    const { token } = await invite(admin);
    for (const password of ["too short", `${account.name} 2026!!`, "aaaaaaaaaaaaaaaa"]) {
      const refused = await joinAsNewPerson(installation, token, { ...newcomer, password });
      expect(refused).toMatchObject({ ok: false, reason: "password" });
    }
    expect(await findInvitation(installation, token)).toMatchObject({ state: "open", hasUser: false });
  });

  test("keeps only a hash of the link, and mails the link", async () => {
    const { installation, admin } = await firm();
    const { token, email } = await invite(admin);
    const rows = await installation.db.selectFrom("invitations").select(["token_hash", "email"]).execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    const mails = await installation.db
      .selectFrom("mails")
      .select(["purpose", "body"])
      .where("to_address", "=", email)
      .execute();
    expect(mails).toMatchObject([{ purpose: "invitation" }]);
    expect(mails[0]?.body).not.toContain(token);
  });

  test("takes who has a sign-in already only as themselves, in whichever letters the address was typed", async () => {
    const { installation, account, admin } = await firm();
    const tom = await given.user(installation, { name: "Tom Pemberton" });
    const { token } = await invite(admin, tom.email.toUpperCase());
    expect(await findInvitation(installation, token)).toMatchObject({ hasUser: true });
    expect(await joinAsNewPerson(installation, token, newcomer)).toEqual({ ok: false, reason: "has-sign-in" });
    const stranger = await visitorOf(installation, await given.user(installation));
    expect(await joinAsVisitor(installation, token, stranger)).toEqual({ ok: false, reason: "other-address" });
    const visitor = await visitorOf(installation, tom);
    expect(await joinAsVisitor(installation, token, visitor)).toEqual({ ok: true, slug: account.slug });
    expect(await joinAsVisitor(installation, token, visitor)).toEqual({ ok: false, reason: "gone" });
    expect(await findActor(admin, tom.id)).toMatchObject({ role: "user" });
  });

  test("of many who come with the same link at once one gets in", async () => {
    const { installation, admin } = await firm();
    const { token } = await invite(admin);
    const all = await Promise.all(Array.from({ length: 5 }, () => joinAsNewPerson(installation, token, newcomer)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    const tom = await given.user(installation);
    const second = await invite(admin, tom.email);
    const visitor = await visitorOf(installation, tom);
    const joins = await Promise.all([1, 2, 3].map(() => joinAsVisitor(installation, second.token, visitor)));
    expect(joins.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("has one link that works: the newest", async () => {
    const { installation, admin } = await firm();
    const first = await invite(admin);
    const again = await invite(admin, first.email.toUpperCase(), "admin");
    expect(again.invitationId).toBe(first.invitationId);
    expect(await findInvitation(installation, first.token)).toBeNull();
    const renewed = await renewInvitation(admin, first.invitationId);
    if (!renewed.ok) throw new Error(renewed.reason);
    expect(await findInvitation(installation, again.token)).toBeNull();
    expect(await findInvitation(installation, renewed.token)).toMatchObject({ state: "open", role: "admin" });
    expect(await listInvitations(admin)).toHaveLength(1);
  });

  test("ends after seven days, or when it is taken back, and says which; a new link opens it again", async () => {
    const { clock, installation, admin } = await firm();
    const [old, revoked] = [await invite(admin), await invite(admin)];
    expect(await revokeInvitation(admin, revoked.invitationId)).toEqual({ ok: true });
    expect(await revokeInvitation(admin, revoked.invitationId)).toEqual({ ok: false, reason: "not-found" });
    expect(await renewInvitation(admin, revoked.invitationId)).toEqual({ ok: false, reason: "not-found" });
    expect(await findInvitation(installation, revoked.token)).toMatchObject({ state: "revoked" });
    clock.advance(INVITATION_MS - 1);
    expect(await findInvitation(installation, old.token)).toMatchObject({ state: "open" });
    clock.advance(1);
    expect(await findInvitation(installation, old.token)).toMatchObject({ state: "expired" });
    for (const { token } of [old, revoked]) {
      expect(await joinAsNewPerson(installation, token, newcomer)).toEqual({ ok: false, reason: "gone" });
    }
    const renewed = await renewInvitation(admin, old.invitationId);
    expect(renewed.ok && (await findInvitation(installation, renewed.token))?.state).toBe("open");
  });

  test("is not made for who belongs here already, nor for what is no address", async () => {
    const { installation, account, admin } = await firm();
    const tom = await given.member(installation, account, "user");
    const asked = { email: tom.user?.email.toUpperCase() ?? "", name: null, role: "user" } as const;
    expect(await inviteMember(admin, asked)).toEqual({ ok: false, reason: "member" });
    await switchOffMember(admin, tom.user?.id ?? "");
    expect(await inviteMember(admin, asked)).toEqual({ ok: false, reason: "switched-off" });
    for (const email of [
      "",
      "grace",
      "grace@@llewellyn.example",
      "a@b.example, c@d.example",
      "a\r\nBcc: b@c.example",
    ]) {
      expect(await inviteMember(admin, { ...asked, email })).toEqual({ ok: false, reason: "address" });
    }
  });

  test("ends with the place or the role of who made it, and nobody else's does", async () => {
    const { installation, account, admin } = await firm();
    const kept = await invite(admin);
    const ends = {
      "is removed": (id: string) => removeMember(admin, { userId: id, handTo: null }, []),
      "is switched off": (id: string) => switchOffMember(admin, id),
      "is no administrator any more": (id: string) => changeRole(admin, id, "user"),
    };
    for (const end of Object.values(ends)) {
      const going = await given.member(installation, account);
      const { token } = await invite(going, undefined, "admin");
      expect(await end(going.user?.id ?? "")).toEqual({ ok: true });
      expect(await findInvitation(installation, token)).toMatchObject({ state: "revoked" });
      expect(await joinAsNewPerson(installation, token, newcomer)).toEqual({ ok: false, reason: "gone" });
    }
    expect(await findInvitation(installation, kept.token)).toMatchObject({ state: "open" });
    expect(await verifyChain(admin)).toMatchObject({ ok: true });
  });

  test("goes to one address only so often, first or renewed, from one firm or several", async () => {
    const { clock, installation, account, admin } = await firm();
    const other = await firm();
    const asked = { email: newAddress(), name: null, role: "user" } as const;
    const first = await inviteCounted(installation, admin, asked);
    if (!first.ok) throw new Error(first.reason);
    for (let i = 0; i < 8; i += 1) {
      expect(await inviteAgain(installation, admin, first.invitationId)).toMatchObject({ ok: true });
    }
    const capitals = { ...asked, email: asked.email.toUpperCase() };
    expect(await inviteCounted(installation, other.admin, capitals)).toMatchObject({ ok: true });
    const late = await inviteAgain(installation, admin, first.invitationId);
    expect(late).toMatchObject({ ok: false, reason: "too-many", retryAfterSeconds: 30 });
    expect(await inviteCounted(installation, admin, asked)).toMatchObject({ reason: "too-many" });
    const mails = installation.db.selectFrom("mails").select("id").where("account", "=", account.id);
    expect(await mails.execute()).toHaveLength(9);
    expect(await inviteCounted(installation, admin, { ...asked, email: newAddress() })).toMatchObject({ ok: true });
    clock.advance(30_000);
    expect(await inviteAgain(installation, admin, first.invitationId)).toMatchObject({ ok: true });
  });

  test("goes out of one firm only so often, to whomever", async () => {
    const { installation, admin } = await firm();
    const asked = { name: null, role: "user" } as const;
    const outcomes = [];
    for (let i = 0; i < 51; i += 1) {
      outcomes.push(await inviteCounted(installation, admin, { ...asked, email: newAddress() }));
    }
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(50);
    expect(outcomes.at(-1)).toMatchObject({ reason: "too-many" });
  });

  test("of another account is none", async () => {
    const { installation, admin } = await firm();
    const other = await firm();
    const { invitationId } = await invite(admin);
    const again = await inviteAgain(installation, other.admin, invitationId);
    expect(again).toEqual({ ok: false, reason: "not-found" });
    expect(await renewInvitation(other.admin, invitationId)).toEqual({ ok: false, reason: "not-found" });
    expect(await revokeInvitation(other.admin, invitationId)).toEqual({ ok: false, reason: "not-found" });
    expect(await listInvitations(other.admin)).toEqual([]);
  });
});
