/** Making an account for a firm whose administrator is still to come: they get an invitation. */
import { accountColumns, accountScope, theSystem, toAccountFacts } from "~/features/accounts/account-scope.server";
import { type AccountRefusal, createAccount, type NewAccount } from "~/features/accounts/accounts.server";
import {
  type InvitationRefusal,
  inviteMember,
  listInvitations,
  revokeInvitation,
} from "~/features/accounts/invitations.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { type AccountFacts, type InstallationScope } from "~/platform/scope.server";

export type Opened =
  | { ok: true; account: AccountFacts; token: string }
  | { ok: false; reason: AccountRefusal | Exclude<InvitationRefusal["reason"], "not-found"> };

/** The account of this name and address, if nobody has joined it yet: its link was lost, or its time is over. */
async function findUnjoined(scope: InstallationScope, { slug, name }: NewAccount): Promise<AccountFacts | null> {
  const row = await scope.db
    .selectFrom("accounts")
    .leftJoin("memberships", "memberships.account_id", "accounts.account_id")
    .select(accountColumns)
    .where("accounts.slug", "=", slug)
    .where("accounts.name", "=", name)
    .where("memberships.user_id", "is", null)
    .executeTakeFirst();
  return row ? toAccountFacts(row) : null;
}

/**
 * Makes the account and the link for its first administrator, whether or not that person signs in here already. Of an
 * account that nobody has joined yet it makes a new link; older ones are void.
 */
export async function openAccount(
  scope: InstallationScope,
  facts: NewAccount,
  admin: { email: string; name: string | null },
): Promise<Opened> {
  if (!isMailAddress(admin.email.trim())) return { ok: false, reason: "address" };
  return inTransaction(scope, async (scope): Promise<Opened> => {
    const made = await createAccount(scope, facts);
    const account = made.ok ? made.account : await findUnjoined(scope, facts);
    if (!account) return made as Extract<typeof made, { ok: false }>;
    const invited = await enterAccount(scope, accountScope(scope, account, theSystem), async (inside) => {
      for (const { id } of await listInvitations(inside)) await revokeInvitation(inside, id);
      return inviteMember(inside, { ...admin, role: "admin" });
    });
    if (!invited.ok) throw new Error(`The first invitation of an account was refused: ${invited.reason}`);
    return { ok: true, account, token: invited.token };
  });
}
