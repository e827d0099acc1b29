/**
 * `npm run create-account -- "Brandt Holzbau GmbH" DE greta@brandt.example "Greta Brandt"` (in the image: `node
 * build/create-account.js …`), with the environment of the server: makes an account for a firm, and prints the one-time
 * link by which its administrator joins. Whoever signs in here already does so with the password they have.
 */
import { onInstallation, usage } from "./on-installation";
import { newFirm } from "~/features/accounts/new-firm";
import { openAccount, type Opened } from "~/features/accounts/open-account.server";

type Refusal = Extract<Opened, { ok: false }>["reason"];

function inWords(reason: Refusal, slug: string): string {
  if (reason === "slug-taken") return `There is an account at /${slug} already. Nothing was changed.`;
  if (reason === "address") return "This is not a plain email address.";
  return "This name cannot be used for a firm.";
}

const [firm, country, email, name, ...more] = process.argv.slice(2);
if (!firm || !country || !email || !name || more.length > 0) {
  usage('Say for whom: npm run create-account -- "Brandt Holzbau GmbH" DE greta@brandt.example "Greta Brandt"');
}
const facts =
  newFirm(firm.trim(), country.toUpperCase()) ?? usage(`"${country}" is no country that we know: GB, DE, …`);

await onInstallation("create-account", async (scope, { appOrigin }) => {
  const opened = await openAccount(scope, facts, { email, name });
  if (!opened.ok) return { ok: false, text: inWords(opened.reason, facts.slug) };
  const address = `${firm} is at ${appOrigin}/${opened.account.slug}.`;
  const link = `${appOrigin}/invitation/${opened.token}`;
  return { ok: true, text: `${address} ${name} joins here, once and within seven days:\n${link}` };
});
