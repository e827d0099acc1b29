/** Making an account for a firm whose administrator is still to come: they get an invitation. */
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { type AccountRefusal, createAccount, type NewAccount } from "~/features/accounts/accounts.server";
import { type InvitationRefusal, inviteMember } from "~/features/accounts/invitations.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { type AccountFacts, type InstallationScope } from "~/platform/scope.server";

export type Opened =
  | { ok: true; account: AccountFacts; token: string }
  | { ok: false; reason: AccountRefusal | Exclude<InvitationRefusal["reason"], "not-found"> };

/** Makes the account and the link for its first administrator, whether or not that person signs in here already. */
export async function openAccount(
  scope: InstallationScope,
  facts: NewAccount,
  admin: { email: string; name: string | null },
): Promise<Opened> {
  if (!isMailAddress(admin.email.trim())) return { ok: false, reason: "address" };
  return inTransaction(scope, async (scope): Promise<Opened> => {
    const made = await createAccount(scope, facts);
    if (!made.ok) return made;
    const { account } = made;
    const invited = await enterAccount(scope, accountScope(scope, account, theSystem), (inside) =>
      inviteMember(inside, { ...admin, role: "admin" }),
    );
    if (!invited.ok) throw new Error(`The first invitation of an account was refused: ${invited.reason}`);
    return { ok: true, account, token: invited.token };
  });
}
