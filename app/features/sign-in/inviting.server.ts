/** Inviting somebody, counted: nobody is written to again and again, and no firm writes to the whole town. */
import { emailKey } from "~/features/accounts/account";
import {
  findOpenInvitation,
  type InvitationRefusal,
  type Invited,
  inviteMember,
  type NewInvitation,
  renewInvitation,
} from "~/features/accounts/invitations.server";
import { attempt, type PutOff } from "~/features/sign-in/attempts.server";
import { perAddress, perPerson } from "~/features/sign-in/throttle";
import { type Throttle, throttleKey } from "~/features/sign-in/throttles.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

/** An address, by whichever firm it is invited, and a firm, whomever it invites. */
function throttlesOf({ keys }: InstallationScope, { account }: Scope, email: string): Throttle[] {
  return [
    { key: throttleKey(keys, "invited", emailKey(email)), rule: perPerson },
    { key: throttleKey(keys, "inviting", account.id), rule: perAddress },
  ];
}

/** Invites somebody to the account of `within`. Not in a transaction: that it was tried counts whatever becomes of it. */
export function invite(
  scope: InstallationScope,
  within: Scope,
  invited: NewInvitation,
): Promise<Invited | InvitationRefusal | PutOff> {
  return attempt<Invited | InvitationRefusal>(scope, throttlesOf(scope, within, invited.email), () =>
    inviteMember(within, invited),
  );
}

/** A new link for an open invitation: the same mail to the same address, so counted with the first. */
export async function inviteAgain(
  scope: InstallationScope,
  within: Scope,
  invitationId: string,
): Promise<Invited | InvitationRefusal | PutOff> {
  const open = await findOpenInvitation(within, invitationId);
  if (!open) return { ok: false, reason: "not-found" };
  return attempt<Invited | InvitationRefusal>(scope, throttlesOf(scope, within, open.email), () =>
    renewInvitation(within, invitationId),
  );
}
