/**
 * `npm run reset-second-factor -- ann@example.org` (in the image: `node build/reset-second-factor.js ann@example.org`),
 * with the environment of the server. For who has lost both their phone and their recovery codes: make sure that it is
 * them who ask. Their password stays; the next sign-in sets up a new authenticator app.
 */
import { existsSync } from "node:fs";
import { resetSecondFactor, type ResetOutcome } from "~/features/sign-in/reset-second-factor.server";
import { newId } from "~/platform/ids.server";
import { openWorld } from "~/platform/open-world.server";

// Variables that are set already win over the file's.
if (existsSync(".env")) process.loadEnvFile(".env");

function inWords(outcome: ResetOutcome): string {
  if (outcome.ok) {
    return `${outcome.name} sets up a new authenticator app at the next sign-in. Sessions ended: ${outcome.endedSessions}.`;
  }
  return outcome.reason === "nobody" ? "Nobody has this address." : "This person has no authenticator app set up.";
}

const email = process.argv[2];
if (!email || process.argv.length > 3) {
  process.stderr.write("Say whose: npm run reset-second-factor -- ann@example.org\n");
  process.exit(2);
}
const world = await openWorld("reset-second-factor");
try {
  const db = world.database.forInstallation();
  const scope = { ...world, kind: "installation" as const, db, requestId: newId(), address: null };
  const outcome = await resetSecondFactor(scope, email);
  process.stdout.write(`${inWords(outcome)}\n`);
  if (!outcome.ok) process.exitCode = 1;
} finally {
  await world.database.close();
}
