import { createUser } from "~/features/accounts/accounts.server";
import { FIRST_PASSWORD_MS, makePasswordLink } from "~/features/sign-in/password-links.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { type InstallationScope } from "~/platform/scope.server";

/** Makes somebody who runs the installation, and the secret of the link by which they set their first password. */
export async function createOperator(
  scope: InstallationScope,
  person: { email: string; name: string },
): Promise<{ ok: true; token: string } | { ok: false; reason: "address" | "name-missing" | "email-taken" }> {
  if (!isMailAddress(person.email.trim())) return { ok: false, reason: "address" };
  if (person.name.trim() === "") return { ok: false, reason: "name-missing" };
  return inTransaction(scope, async (scope) => {
    const made = await createUser(scope, person, { operator: true });
    if (!made.ok) return made;
    return { ok: true, token: await makePasswordLink(scope, made.user.id, FIRST_PASSWORD_MS) } as const;
  });
}
