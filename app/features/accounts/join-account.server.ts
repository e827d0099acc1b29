import "~/features/accounts/tables";
import { accountScope } from "~/features/accounts/account-scope.server";
import { type FoundInvitation } from "~/features/accounts/invitation-links.server";
import { lockAccount } from "~/platform/db/lock-account.server";
import { lockPerson } from "~/features/accounts/lock-person.server";
import { voidPasswordLinks } from "~/features/accounts/password-tokens.server";
import { type PersonRole } from "~/features/accounts/rights";
import { recordEvent } from "~/features/audit/audit.server";
import { notify } from "~/features/notices/notify.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { type InstallationScope, type Scope, type UserFacts } from "~/platform/scope.server";

/**
 * Gives the person the place that the invitation is for, in the caller's transaction. Once: one conditional update
 * spends it, and of two who come with the same link one gets in. Links to set a password are void from then on: an
 * administrator elsewhere could make one only as long as the person belonged nowhere else.
 */
export async function joinAccount(
  scope: InstallationScope,
  invitation: FoundInvitation,
  user: UserFacts,
): Promise<boolean> {
  await lockPerson(scope, user.id);
  const joined = await takePlace(scope, invitation, user);
  if (joined) await voidPasswordLinks(scope, user.id);
  return joined;
}

function takePlace(
  scope: InstallationScope,
  { id, account, role }: FoundInvitation,
  user: UserFacts,
): Promise<boolean> {
  return enterAccount(scope, accountScope(scope, account, { user, role }), async (scope) => {
    await lockAccount(scope);
    const now = scope.clock.now();
    const spent = await scope.db
      .updateTable("invitations")
      .set({ accepted_at: now, accepted_by: user.id })
      .where("account_id", "=", account.id)
      .where("id", "=", id)
      .where("accepted_at", "is", null)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", now)
      .executeTakeFirst();
    if (spent.numUpdatedRows === 0n) return false;
    await givePlace(scope, user.id, role);
    await notify(scope, {
      userIds: await otherAdmins(scope, user.id),
      kind: "member-joined",
      eventKey: `member:${user.id}:joined:${id}`,
      subject: { userId: user.id },
    });
    await recordEvent(scope, { action: "member.joined", subject: { userId: user.id, invitationId: id, role } });
    return true;
  });
}

/** Who has a place already, by another way, keeps it as it is. */
async function givePlace(scope: Scope, userId: string, role: PersonRole): Promise<void> {
  await scope.db
    .insertInto("memberships")
    .values({
      account_id: scope.account.id,
      user_id: userId,
      role,
      disabled_at: null,
      disabled_by: null,
      created_at: scope.clock.now(),
      created_by: userId,
    })
    .onConflict((conflict) => conflict.columns(["account_id", "user_id"]).doNothing())
    .execute();
}

async function otherAdmins(scope: Scope, userId: string): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("memberships")
    .select("user_id")
    .where("account_id", "=", scope.account.id)
    .where("role", "=", "admin")
    .where("user_id", "<>", userId)
    .execute();
  return rows.map((row) => row.user_id);
}
