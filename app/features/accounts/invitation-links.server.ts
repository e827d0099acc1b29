/** An invitation as whoever holds its link finds it. */
import "~/features/accounts/tables";
import { accountColumns, toAccountFacts } from "~/features/accounts/account-scope.server";
import { linkHash } from "~/features/accounts/invitations.server";
import { type PersonRole } from "~/features/accounts/rights";
import { type AccountFacts, type InstallationScope } from "~/platform/scope.server";

export interface FoundInvitation {
  id: string;
  account: AccountFacts;
  email: string;
  /** The address folded: it is for nobody else. */
  emailKey: string;
  name: string | null;
  role: PersonRole;
  state: "open" | "accepted" | "revoked" | "expired";
  /** Who accepted it. */
  acceptedBy: string | null;
  /** Somebody with this address signs in already. Told to nobody but who holds the link. */
  hasUser: boolean;
}

/** Null for a link that was never one, or that a newer one has replaced. */
export async function findInvitation(scope: InstallationScope, token: string): Promise<FoundInvitation | null> {
  const row = await scope.db
    .selectFrom("invitations")
    .innerJoin("accounts", "accounts.account_id", "invitations.account_id")
    .leftJoin("users", "users.email_key", "invitations.email_key")
    .select(accountColumns)
    .select(["invitations.id", "invitations.email", "invitations.email_key", "invitations.name as invited_name"])
    .select(["invitations.role", "invitations.expires_at", "invitations.revoked_at", "invitations.accepted_at"])
    .select(["invitations.accepted_by", "users.id as user_id"])
    .where("invitations.token_hash", "=", linkHash(token))
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    account: toAccountFacts(row),
    email: row.email,
    emailKey: row.email_key,
    name: row.invited_name,
    role: row.role,
    state: stateOf(row, scope.clock.now()),
    acceptedBy: row.accepted_by,
    hasUser: row.user_id !== null,
  };
}

interface Times {
  accepted_at: string | null;
  revoked_at: string | null;
  expires_at: string;
}

function stateOf({ accepted_at, revoked_at, expires_at }: Times, now: string): FoundInvitation["state"] {
  if (accepted_at) return "accepted";
  if (revoked_at) return "revoked";
  return expires_at <= now ? "expired" : "open";
}
