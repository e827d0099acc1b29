/** `npm run demo`: a firm to try, from nothing to a page one can sign in to. Its last line is for programs. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { generateSync } from "otplib";
import { startMailCatcher } from "../sandbox/mail/catcher";
import { type StandIns, startStandIns } from "../sandbox/stand-ins";
import { seed, type Seeded, type SignIn } from "./seed";
import { isEmptyInstallation } from "~/features/sign-in/set-up.server";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { readEnvironment } from "~/platform/env.server";
import { generatedSecrets } from "~/platform/generated-secrets.server";
import { newId } from "~/platform/ids.server";
import { openWorld } from "~/platform/open-world.server";

const CONTACTS = 2_000;
const READY_MS = 60_000;
const MOST_BUILD_OUTPUT = 20_000_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

const port = process.env.PORT || "3000";
const dataDir = resolve(process.env.DATA_DIR || "data/demo");
mkdirSync(dataDir, { recursive: true });

/** Mails go no further than to a page beside the demo, on the next port where that is free. */
const mail = await startMailCatcher({ webPort: Number(port) + 1 });

const appOrigin = process.env.APP_ORIGIN || `http://localhost:${port}`;

/**
 * Where people sign in at Google and the others, and agree: on this machine. Under an address that others reach, too,
 * there are none, since the server would not be led to its own insides.
 */
const isAtHome = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(appOrigin);
const standIns: StandIns = isAtHome
  ? await startStandIns({ modelPort: Number(port) + 2 })
  : { variables: { PROVIDER_ADDRESSES: "" }, toType: [], odoos: [] };

const channel = /slack\.webhook=([^,]+)/.exec(standIns.variables.PROVIDER_ADDRESSES ?? "")?.[1];
const channelLine = channel
  ? `What a channel was told of alerts, and the addresses to enter for it, are at ${channel}\n`
  : "";

/** The demo runs what production runs, with secrets made once for its folder. */
Object.assign(process.env, {
  ...standIns.variables,
  ...generatedSecrets(dataDir),
  NODE_ENV: "production",
  PORT: port,
  DATA_DIR: dataDir,
  APP_ORIGIN: appOrigin,
  LOG_LEVEL: process.env.LOG_LEVEL || "warn",
  SMTP_URL: mail.smtpUrl,
  MAIL_FROM: "Tallybook <tallybook@hale-partners.example>",
});

/** The sample firm, made once: its passwords are kept beside the data, since the data holds only their hashes. */
async function seeded(): Promise<Seeded> {
  const notes = join(dataDir, "demo.json");
  const world = await openWorld("demo", { migrates: true });
  try {
    await migrateToLatest(world.database);
    if (existsSync(notes)) return JSON.parse(readFileSync(notes, "utf8")) as Seeded;
    const scope = {
      ...world,
      kind: "installation" as const,
      db: world.database.forInstallation(),
      requestId: newId(),
      address: null,
    };
    if (!(await isEmptyInstallation(scope))) {
      say(`The database has people in it, but ${notes}, which says how they sign in, is missing: the filling was cut off,
or the database was filled from another folder. Empty the database (without DATABASE_URL: delete ${dataDir}) and start again.`);
      process.exit(1);
    }
    say(`Filling the sample firm with ${CONTACTS.toLocaleString("en-GB")} contacts …`);
    const made = await seed(scope, CONTACTS);
    writeFileSync(notes, JSON.stringify(made), { mode: 0o600 });
    return made;
  } finally {
    await world.database.close();
  }
}

async function answers(origin: string, program: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline) {
    if (program.exitCode !== null) throw new Error("The server ended before it was ready.");
    const ready = await fetch(`${origin}/readyz`).catch(() => null);
    if (ready?.ok) return;
    await wait(200);
  }
  throw new Error("The server did not become ready.");
}

function line(role: string, { email, password, totpSecret }: SignIn): string {
  const code = generateSync({ secret: totpSecret });
  return `  ${role.padEnd(9)} ${email.padEnd(30)} ${password}   ${code}   ${totpSecret}`;
}

function toType({ toType }: StandIns): string {
  const lines = toType.map(({ what, texts }) => `  ${what}: ${texts.join("   ")}`);
  return ["\nTo type in, all of it on this machine:", ...lines].join("\n");
}

async function demo(): Promise<void> {
  if (!process.argv.includes("--built")) {
    say("Building …");
    const build = spawnSync("npm", ["run", "--silent", "build"], { encoding: "utf8", maxBuffer: MOST_BUILD_OUTPUT });
    if (build.status !== 0) {
      say(`${build.stdout ?? ""}${build.stderr ?? ""}${build.error?.message ?? ""}\nThe build failed.`);
      process.exit(1);
    }
  }
  const firm = await seeded();
  const env = readEnvironment(process.env);
  const program = spawn(process.execPath, ["--enable-source-maps", "build/server.js"], { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => program.kill("SIGTERM"));
  program.once("exit", (code) => process.exit(code ?? 1));
  await answers(`http://localhost:${port}`, program);

  say(`
Tallybook runs at ${env.appOrigin}
What it mails to anybody is caught and shown at ${mail.url}
${channelLine}Sign in with one of these. The code changes every 30 seconds; an authenticator app takes the key.

  role      email                          password               code     key`);
  for (const [role, signIn] of Object.entries(firm.users)) say(line(role, signIn));
  if (standIns.toType.length > 0) say(toType(standIns));
  say(`\nCtrl+C stops it; ${dataDir} holds its data.\n`);
  say(
    `demo ready ${JSON.stringify({ url: env.appOrigin, mail: mail.url, odoos: standIns.odoos, ...firm, ...firm.users.admin })}`,
  );
}

await demo();
