/** What becomes of a person's place in an account: another role, switched off and on, removed. One at least stays who runs it. */
import "~/features/accounts/tables";
import { theSystem } from "~/features/accounts/account-scope.server";
import { type Belonging } from "~/features/accounts/belongings";
import { revokeInvitationsBy } from "~/features/accounts/invitations.server";
import { lockAccount } from "~/platform/db/lock-account.server";
import { findActor, findMember, type Member } from "~/features/accounts/members.server";
import { can, type PersonRole, roleNames } from "~/features/accounts/rights";
import { tellMember } from "~/features/accounts/tell-member.server";
import { type AuditFact, recordEvent } from "~/features/audit/audit.server";
import { notify } from "~/features/notices/notify.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** `not-admin`: who asks has meanwhile lost their own place or role. `not-open`: nobody whom things can be handed to. */
export type MemberRefusal = { ok: false; reason: "not-found" | "last-admin" | "not-admin" | "not-open" };
type Outcome = { ok: true } | MemberRefusal;

const refused = (reason: MemberRefusal["reason"]): MemberRefusal => ({ ok: false, reason });

/**
 * One change after the other, each on what the one before has left: whoever asks is looked up again, since the
 * administrator before them may have removed them.
 */
function oneByOne(
  scope: Scope,
  userId: string,
  change: (scope: Scope, member: Member) => Promise<Outcome>,
): Promise<Outcome> {
  return inTransaction(scope, async (scope) => {
    await lockAccount(scope);
    const actor = scope.user ? await findActor(scope, scope.user.id) : theSystem;
    const isOwn = userId === actor?.user?.id;
    if (!actor || !(isOwn || actor.role === "system" || can(actor, "members.manage"))) return refused("not-admin");
    const member = await findMember(scope, userId);
    return member ? change({ ...scope, ...actor }, member) : refused("not-found");
  });
}

/** Of the scope that a change is given: with the role of this moment. */
function mayManage(scope: Scope): boolean {
  return scope.role === "system" || can(scope, "members.manage");
}

/** Whether the account would be without anybody who can run it if this person could not. */
async function isLastAdmin(scope: Scope, userId: string): Promise<boolean> {
  const admins = await scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select("memberships.user_id")
    .where("memberships.account_id", "=", scope.account.id)
    .where("memberships.role", "=", "admin")
    .where("memberships.disabled_at", "is", null)
    .where("users.disabled_at", "is", null)
    .limit(2)
    .execute();
  return admins.length === 1 && admins[0]?.user_id === userId;
}

/** Gives a member another role, from their next request on. Idempotent. */
export function changeRole(scope: Scope, userId: string, role: PersonRole): Promise<Outcome> {
  return oneByOne(scope, userId, async (scope, member) => {
    if (!mayManage(scope)) return refused("not-admin");
    if (member.role === role) return { ok: true };
    if (await isLastAdmin(scope, userId)) return refused("last-admin");
    await update(scope, userId, { role });
    if (role !== "admin") await revokeInvitationsBy(scope, userId);
    const eventId = newId();
    if (userId !== scope.user?.id) {
      await notify(scope, {
        userIds: [userId],
        kind: "role-changed",
        eventKey: `member:${userId}:role:${eventId}`,
        subject: { role: roleNames[role] },
      });
    }
    await recordEvent(scope, { id: eventId, action: "member.role-changed", subject: { userId, role } });
    return { ok: true };
  });
}

/** Shuts a member out of this account, at their very next request and in the work they started. Idempotent. */
export function switchOffMember(scope: Scope, userId: string): Promise<Outcome> {
  return oneByOne(scope, userId, async (scope, member) => {
    if (!mayManage(scope)) return refused("not-admin");
    if (member.switchedOffAt) return { ok: true };
    if (await isLastAdmin(scope, userId)) return refused("last-admin");
    await update(scope, userId, { disabled_at: scope.clock.now(), disabled_by: scope.user?.id ?? null });
    await revokeInvitationsBy(scope, userId);
    await tellMember(scope, member, {
      subject: `Your place in ${scope.account.name} is switched off`,
      purpose: "member-switched-off",
      paragraphs: [
        `${nameOf(scope)} has switched off your place in ${scope.account.name}. You cannot open it until it is switched on again.`,
        "What you did there is kept.",
      ],
    });
    await recordEvent(scope, { action: "member.switched-off", subject: { userId } });
    return { ok: true };
  });
}

/** Lets a member in again. Idempotent. */
export function switchOnMember(scope: Scope, userId: string): Promise<Outcome> {
  return oneByOne(scope, userId, async (scope, member) => {
    if (!mayManage(scope)) return refused("not-admin");
    if (!member.switchedOffAt) return { ok: true };
    await update(scope, userId, { disabled_at: null, disabled_by: null });
    await tellMember(scope, member, {
      subject: `Your place in ${scope.account.name} is switched on again`,
      purpose: "member-switched-on",
      paragraphs: [`${nameOf(scope)} has switched your place in ${scope.account.name} on again.`],
      link: { label: `Open ${scope.account.name}`, path: `/${scope.account.slug}` },
    });
    await recordEvent(scope, { action: "member.switched-on", subject: { userId } });
    return { ok: true };
  });
}

/**
 * Takes a person's place in this account away, and hands what was theirs to another member, or to nobody. A person may
 * leave by themselves. Their name stays beside what they did.
 */
export function removeMember(
  scope: Scope,
  { userId, handTo }: { userId: string; handTo: string | null },
  belongings: readonly Belonging[],
): Promise<Outcome> {
  return oneByOne(scope, userId, async (scope, member) => {
    if (await isLastAdmin(scope, userId)) return refused("last-admin");
    if (handTo !== null && !(await canTakeOver(scope, handTo, userId))) return refused("not-open");
    await endWork(scope, userId);
    let handed = 0;
    for (const belonging of belongings) handed += await belonging.handOver(scope, userId, handTo);
    await scope.db
      .deleteFrom("memberships")
      .where("account_id", "=", scope.account.id)
      .where("user_id", "=", userId)
      .execute();
    await revokeInvitationsBy(scope, userId);
    await tellMember(scope, member, {
      subject: `Your place in ${scope.account.name} was taken away`,
      purpose: "member-removed",
      paragraphs: [`${nameOf(scope)} has taken away your place in ${scope.account.name}. You can no longer open it.`],
    });
    await recordEvent(scope, leaving(scope, userId, handTo, handed));
    return { ok: true };
  });
}

/** Waits for what is being stored in their name, and lets nothing more begin: all that is theirs is handed over. */
async function endWork(scope: Scope, userId: string): Promise<void> {
  await update(scope, userId, { disabled_at: scope.clock.now() });
}

function leaving(scope: Scope, userId: string, handTo: string | null, handed: number): AuditFact {
  return {
    action: userId === scope.user?.id ? "member.left" : "member.removed",
    subject: { userId, ...(handTo && handed > 0 ? { handedTo: handTo } : {}) },
    counts: { handedOver: handed },
  };
}

async function canTakeOver(scope: Scope, handTo: string, userId: string): Promise<boolean> {
  return handTo !== userId && (await findActor(scope, handTo)) !== null;
}

function nameOf(scope: Scope): string {
  return scope.user?.name ?? "Tallybook";
}

async function update(
  scope: Scope,
  userId: string,
  changes: { role?: PersonRole; disabled_at?: string | null; disabled_by?: string | null },
): Promise<void> {
  await scope.db
    .updateTable("memberships")
    .set(changes)
    .where("account_id", "=", scope.account.id)
    .where("user_id", "=", userId)
    .execute();
}
