/**
 * Whether ten people signing in at once make everybody else wait (hashing must not hold the web process), and whether the
 * time of a refusal tells if somebody is known.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Bench, type BenchOptions, figure, median, quantile, timed } from "./measure";
import { createUser } from "~/features/accounts/accounts.server";
import { hashPassword, storePasswordHash } from "~/features/sign-in/passwords.server";
import { systemClock } from "~/platform/clock.server";
import { type Database } from "~/platform/db/database.server";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { openDatabase } from "~/platform/db/open.server";
import { type Keys, keysFrom } from "~/platform/encryption.server";
import { readEnvironment } from "~/platform/env.server";
import { newId } from "~/platform/ids.server";
import { createLog, type Log } from "~/platform/log.server";
import { type InstallationScope } from "~/platform/scope.server";
import { startTestServer } from "~/testing/postgres";

const PEOPLE = 10;
const PASSWORD = "a kiln row of nine bottle ovens";

export const parallelSignIns: Bench = (options) =>
  withServer(options, async ({ origin, emails }) => {
    const waves = options.quick ? 2 : 8;
    const idle = await healthTimes(origin, () => wait(waves * 500));
    const busy = await healthTimes(origin, async () => {
      for (let wave = 0; wave < waves; wave++) await Promise.all(emails.map((email) => signIn(origin, email)));
    });
    const [idleMs, busyMs] = [quantile(idle, 0.95), quantile(busy, 0.95)];
    options.say(`/healthz p95: idle ${idleMs.toFixed(2)} ms, while ${PEOPLE} sign in ${busyMs.toFixed(2)} ms`);
    return { "signin.parallel": figure(busyMs / (5 * idleMs + 20), "of what is allowed (5 × idle + 20 ms)", 1) };
  });

/** Rounds after which the throttle is emptied: fewer than anybody's, or the one address's, free attempts. */
export const UNTHROTTLED = 8;

/** ASVS 6.3.8: nobody of that address, a wrong password and a disabled person must take the same time. */
export const enumeration: Bench = (options) =>
  withServer(options, async ({ origin, emails, database }) => {
    const [known = "", disabled = ""] = emails;
    const gone = { disabled_at: systemClock.now() };
    await database.unguarded.updateTable("users").set(gone).where("email", "=", disabled).execute();
    const kinds = { unknown: "nobody@hale-partners.example", known, disabled };
    const times: Record<keyof typeof kinds, number[]> = { unknown: [], known: [], disabled: [] };
    const names = Object.keys(kinds) as (keyof typeof kinds)[];
    const rounds = options.quick ? 20 : 200;
    for (let round = -WARM_UP; round < rounds; round++) {
      if (round % UNTHROTTLED === 0) await database.unguarded.deleteFrom("throttles").execute();
      // Each is first as often as the others.
      const inTurn = names.map((_, place) => names[(place + round + WARM_UP) % names.length] ?? "unknown");
      for (const name of inTurn) {
        const took = await timed(() => signIn(origin, kinds[name], { password: "not the right words", status: 422 }));
        if (round >= 0) times[name].push(took);
      }
    }
    const medians = names.map((name) => median(times[name]));
    options.say(names.map((name, i) => `${name} ${medians[i]?.toFixed(1)} ms`).join(", "));
    const spread = (Math.max(...medians) - Math.min(...medians)) / median(medians);
    return { "signin.enumeration": figure(spread, "largest difference of medians, of the median", 0.05) };
  });

export const WARM_UP = 4;

interface Running {
  origin: string;
  /** People with a password, and no second factor yet. */
  emails: string[];
  database: Database;
  scope: InstallationScope;
}

/** The built web process, on a database of its own. */
export async function withServer<Result>(options: BenchOptions, measure: (running: Running) => Promise<Result>) {
  const folder = await mkdtemp(join(tmpdir(), "tallybook-bench-"));
  const postgres = options.database === "postgres" ? await startTestServer() : null;
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const variables: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    PORT: String(port),
    DATA_DIR: folder,
    DATABASE_URL: postgres ? `${postgres.url}postgres` : "",
    APP_ORIGIN: origin,
    SECRET_KEY: randomBytes(48).toString("base64url"),
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString("base64")}`,
    LOG_LEVEL: "silent",
    // Nothing is sent: the worker, which would, does not run.
    SMTP_URL: "smtp://127.0.0.1:9",
    MAIL_FROM: "office@hale-partners.example",
  };
  const env = readEnvironment(variables);
  const log = createLog({ level: "silent" });
  const database = await openDatabase({ url: env.databaseUrl, dataDir: env.dataDir, log });
  await migrateToLatest(database);
  const scope = installationOf(database, keysFrom(env), log);
  const emails = await addPeople(scope);
  const server = spawn(process.execPath, ["build/server.js", "web"], {
    env: variables,
    stdio: ["ignore", "ignore", "inherit"],
  });
  try {
    await healthy(origin);
    return await measure({ origin, emails, database, scope });
  } finally {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await gone;
    await database.close();
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function installationOf(database: Database, keys: Keys, log: Log): InstallationScope {
  const db = database.forInstallation();
  return { kind: "installation", database, db, keys, log, clock: systemClock, requestId: newId(), address: null };
}

async function addPeople(scope: InstallationScope): Promise<string[]> {
  const hash = await hashPassword(scope.keys, PASSWORD);
  const emails: string[] = [];
  for (let place = 0; place < PEOPLE; place++) {
    const email = `person-${place}@hale-partners.example`;
    const made = await createUser(scope, { name: "Ann Okafor", email });
    if (!made.ok) throw new Error(`${email} is taken`);
    await storePasswordHash(scope, made.user.id, hash);
    emails.push(email);
  }
  return emails;
}

/** Later waves meet the throttle, which is a fair part of a rush; an error is not, nor another `status` than the one told. */
async function signIn(origin: string, email: string, told: { password?: string; status?: number } = {}): Promise<void> {
  await postForm(origin, "/sign-in", { email, password: told.password ?? PASSWORD }, told);
}

/** As a browser sends a form of ours. Throws on an error, and on another `status` than the one told. */
export async function postForm(
  origin: string,
  path: string,
  fields: Record<string, string>,
  { status, cookie = "" }: { status?: number; cookie?: string } = {},
): Promise<void> {
  const answer = await fetch(`${origin}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded", cookie },
    body: new URLSearchParams(fields),
  });
  await answer.text();
  if (answer.status >= 500 || answer.status !== (status ?? answer.status)) {
    throw new Error(`${path} answered ${answer.status}`);
  }
}

/** Times of `/healthz`, asked again and again while `work` lasts. */
async function healthTimes(origin: string, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let lasts = true;
  const working = work().finally(() => (lasts = false));
  while (lasts) {
    times.push(await timed(async () => (await fetch(`${origin}/healthz`)).text()));
    await wait(5);
  }
  await working;
  return times;
}

async function healthy(origin: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const answer = await fetch(`${origin}/healthz`).catch(() => null);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error("The server did not start");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
