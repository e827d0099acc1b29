/**
 * `npm run create-operator -- nell@example.org "Nell Whitcombe"` (in the image: `node build/create-operator.js …`), with
 * the environment of the server: makes somebody who runs the installation, and prints the one-time link by which they
 * set their password. Setting up an authenticator app comes with their first sign-in.
 */
import { onInstallation, usage } from "./on-installation";
import { createOperator } from "~/features/sign-in/create-operator.server";

const refusals = {
  address: "This is not a plain email address.",
  "name-missing": "Say their name.",
  "email-taken": "Somebody with this address is there already. Nothing was changed.",
};

const [email, name, ...more] = process.argv.slice(2);
if (!email || !name || more.length > 0) usage('Say who: npm run create-operator -- nell@example.org "Nell Whitcombe"');

await onInstallation("create-operator", async (scope, { appOrigin }) => {
  const made = await createOperator(scope, { email, name });
  if (!made.ok) return { ok: false, text: refusals[made.reason] };
  const text = `${name} sets a password here, once and within seven days:\n${appOrigin}/reset-password/${made.token}`;
  return { ok: true, text };
});
