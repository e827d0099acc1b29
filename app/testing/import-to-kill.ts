/**
 * A firm whose import somebody else is to do, and be killed at: `tsx app/testing/import-to-kill.ts sqlite FOLDER` (or
 * `postgres`). Says in lines of JSON where the database is, how far the import has come, and at the end what is there.
 */
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { accountScope } from "~/features/accounts/account-scope.server";
import { createAccount, createUser } from "~/features/accounts/accounts.server";
import { setMembership } from "~/features/accounts/members.server";
import { verifyChain } from "~/features/audit/audit.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { isOver } from "~/features/pipeline/run/run";
import { findRun } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { openDatabase } from "~/platform/db/open.server";
import { type Scope } from "~/platform/scope.server";
import { startTestServer } from "~/testing/postgres";
import { installationOf } from "~/testing/try-tasks";

export interface Progress {
  databaseUrl?: string;
  read?: number;
  end?: Record<string, unknown>;
}

const PEOPLE = 4_000;

const say = (progress: Progress) => void process.stdout.write(`${JSON.stringify(progress)}\n`);

/** 4,000 people; 200 of them once more with a company, 200 just once more; and 100 rows that are refused. */
function peopleCsv(): string {
  const person = (n: number, company = "") => `Folasade,Adebayo ${n},${company},f.${n}@adebayo.example,client`;
  const rows = Array.from({ length: PEOPLE }, (_, n) => person(n));
  for (let n = 0; n < 200; n++) rows.push(person(n, "Adebayo Ceramics"), person(1_000 + n));
  for (let n = 0; n < 100; n++) rows.splice(n * 41, 0, `Ben,Okafor ${n},,ben at home,`);
  return ["Given name,Family name,Company,Email,Tags", ...rows, ""].join("\n");
}

async function openFirm(database: Awaited<ReturnType<typeof openDatabase>>): Promise<Scope> {
  const installation = installationOf(database);
  const place = { timeZone: "Europe/London", locale: "en-GB", currency: "GBP", phoneCountry: "GB" };
  const made = await createAccount(installation, {
    slug: "hale-partners",
    name: "Hale & Partners",
    colour: 4,
    ...place,
  });
  const person = await createUser(installation, { name: "Ann Okafor", email: "ann@hale-partners.example" });
  if (!made.ok || !person.ok) throw new Error("The firm could not be made");
  const system = accountScope(installation, made.account, { user: null, role: "system" });
  await setMembership(system, { userId: person.user.id, role: "admin" });
  return accountScope(installation, made.account, { user: person.user, role: "admin" });
}

async function begin(scope: Scope): Promise<string> {
  async function* bytes() {
    yield await Promise.resolve(Buffer.from(peopleCsv()));
  }
  const upload = { name: "clients-2026.csv", mediaType: "text/csv", bytes: bytes() };
  const draft = await uploadFile(scope, contactSubject, upload);
  if (!draft.ok) throw new Error(draft.reason);
  await startRun(scope, draft.runId);
  return draft.runId;
}

const counted = [
  "contacts",
  "contact_records",
  "contact_tags",
  "raw_records",
  "refused_rows",
  "change_entries",
] as const;

/** How many rows each table has, and whether what belongs together agrees. */
async function whatIsThere(scope: Scope): Promise<Record<string, unknown>> {
  const there: Record<string, unknown> = {};
  for (const table of counted) {
    const row = scope.db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as("count"));
    there[table] = (await row.where("account_id", "=", scope.account.id).executeTakeFirstOrThrow()).count;
  }
  const emails = scope.db.selectFrom("contacts").select((eb) => eb.fn.count<number>("email").distinct().as("count"));
  there.emails = (await emails.where("account_id", "=", scope.account.id).executeTakeFirstOrThrow()).count;
  const imports = scope.db.selectFrom("audit_events").select("id").where("account_id", "=", scope.account.id);
  there.imports = (await imports.where("action", "=", "contacts.imported").execute()).length;
  there.chain = (await verifyChain(scope)).ok;
  if (scope.database.dialect === "sqlite") {
    const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(scope.database.unguarded);
    there.integrity = check.rows[0]?.integrity_check;
  }
  return there;
}

async function watch(scope: Scope, runId: string): Promise<void> {
  for (;;) {
    const run = await findRun(scope, runId);
    if (!run) throw new Error("The run is gone");
    say({ read: run.counts.read });
    if (isOver(run.state)) {
      say({ end: { state: run.state, ...run.counts, ...(await whatIsThere(scope)) } });
      return;
    }
    await wait(15);
  }
}

const [engine, folder = ""] = process.argv.slice(2);
const server = engine === "postgres" ? await startTestServer() : null;
const url = server ? `${server.url}postgres` : `file:${folder}/tallybook.sqlite`;
const database = await openDatabase({ url, dataDir: folder, log: { warn: () => {} } });
try {
  await migrateToLatest(database);
  const scope = await openFirm(database);
  const runId = await begin(scope);
  say({ databaseUrl: url });
  await watch(scope, runId);
} finally {
  await database.close();
  await server?.stop();
}
