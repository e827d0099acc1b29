import { dropSecondFactorRule } from "~/features/accounts/settings.server";
import { type Visitor } from "~/features/sign-in/sessions.server";
import { proven, type Proof, type ProofRefusal } from "~/features/sign-in/step-up.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

/** An administrator lets people of this account in without a second factor, after giving their own once more. */
export function loosenSecondFactor(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
  account: Scope,
): Promise<{ ok: true; changed: boolean } | ProofRefusal> {
  return proven(scope, visitor, proof, () => async (scope) => {
    const { changed } = await enterAccount(scope, account, dropSecondFactorRule);
    return { ok: true, changed };
  });
}
