import { accountScope, type Actor, theSystem } from "~/features/accounts/account-scope.server";
import { listPlacesOf } from "~/features/accounts/members.server";
import { type PersonRole } from "~/features/accounts/rights";
import { type AuditFact, recordEvent } from "~/features/audit/audit.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";

/**
 * Writes what a person did with their sign-in to the chain of every account they have a place in: each firm's admin can
 * see who could come in and when. In the transaction of the deed itself; accounts in the order of their ids, so that
 * two persons' events never wait for each other in a circle.
 */
export function recordForPerson(scope: InstallationScope, user: UserFacts, fact: AuditFact): Promise<void> {
  return recordInPlaces(scope, user.id, (role) => ({ user, role }), fact);
}

/** The same for what was done to a person's sign-in on the server itself, by nobody who is signed in. */
export function recordAboutPerson(scope: InstallationScope, userId: string, fact: AuditFact): Promise<void> {
  return recordInPlaces(scope, userId, () => theSystem, { ...fact, subject: { ...fact.subject, userId } });
}

async function recordInPlaces(
  scope: InstallationScope,
  userId: string,
  actor: (role: PersonRole) => Actor,
  fact: AuditFact,
): Promise<void> {
  const places = await listPlacesOf(scope, userId);
  for (const { account, role } of places.toSorted((a, b) => (a.account.id < b.account.id ? -1 : 1))) {
    await enterAccount(scope, accountScope(scope, account, actor(role)), (inside) => recordEvent(inside, fact));
  }
}
