import { findActor } from "~/features/accounts/members.server";
import { can } from "~/features/accounts/rights";
import { dropSecondFactorRule } from "~/features/accounts/settings.server";
import { type Visitor } from "~/features/sign-in/sessions.server";
import { proven, type Proof, type ProofRefusal } from "~/features/sign-in/step-up.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

/** `not-admin`: they have lost their role or place while the form was open. */
export type Loosened = { ok: true; changed: boolean } | { ok: false; reason: "not-admin" };

/**
 * An administrator lets people of this account in without a second factor, after giving their own once more. On who
 * they are at that moment.
 */
export function loosenSecondFactor(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
  account: Scope,
): Promise<Loosened | ProofRefusal> {
  return proven<Loosened>(
    scope,
    visitor,
    proof,
    () => async (scope) =>
      enterAccount(scope, account, async (inside): Promise<Loosened> => {
        const actor = await findActor(inside, visitor.user.id);
        if (!actor || !can(actor, "settings.manage")) return { ok: false, reason: "not-admin" };
        const { changed } = await dropSecondFactorRule({ ...inside, ...actor });
        return { ok: true, changed };
      }),
  );
}
