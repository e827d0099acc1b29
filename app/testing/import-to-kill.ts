/**
 * A firm whose import somebody else is to do, and be killed at: `tsx app/testing/import-to-kill.ts sqlite FOLDER` (or
 * `postgres`); with `undo` behind it the import is done, and somebody else undoes it. Says in lines of JSON where the
 * database is, how far it has come, and at the end what is there.
 */
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { subjects, undoing } from "~/composition.server";
import { accountScope } from "~/features/accounts/account-scope.server";
import { createAccount, createUser } from "~/features/accounts/accounts.server";
import { setMembership } from "~/features/accounts/members.server";
import { verifyChain } from "~/features/audit/audit.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
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

async function begin(scope: Scope, csv = peopleCsv()): Promise<string> {
  async function* bytes() {
    yield await Promise.resolve(Buffer.from(csv));
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

async function imported(scope: Scope, csv?: string): Promise<string> {
  const runId = await begin(scope, csv);
  await continueRun(scope, subjects, runId, { signal: new AbortController().signal });
  return (await findRun(scope, runId))?.changeSetId ?? "";
}

/** 200 that were there before, of whom the import changes what they say, are in it, too. */
async function beginUndo(scope: Scope): Promise<string> {
  const known = Array.from({ length: 200 }, (_, n) => `Folasade,Adebayo ${n},Hale & Partners,f.${n}@adebayo.example`);
  await imported(scope, ["Given name,Family name,Company,Email", ...known, ""].join("\n"));
  const undone = await undoChangeSet(scope, await imported(scope), undoing);
  if (!("undoId" in undone)) throw new Error("An import is undone by a job");
  return undone.undoId;
}

/** What is there of the import when it is undone, and what was there before. */
async function whatIsLeft(scope: Scope): Promise<Record<string, unknown>> {
  const contacts = () =>
    scope.db
      .selectFrom("contacts")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("account_id", "=", scope.account.id);
  const count = async (query: ReturnType<typeof contacts>) => (await query.executeTakeFirstOrThrow()).count;
  const there = contacts().where("deleted_at", "is", null);
  const events = scope.db.selectFrom("audit_events").select("id").where("account_id", "=", scope.account.id);
  const notices = scope.db.selectFrom("notices").select("id").where("account_id", "=", scope.account.id);
  return {
    ...(await whatIsThere(scope)),
    there: await count(there),
    asBefore: await count(there.where("company", "=", "Hale & Partners")),
    deleted: await count(contacts().where("deleted_at", "is not", null)),
    undos: (await events.where("action", "=", "change.undone").execute()).length,
    told: (await notices.where("kind", "=", "undo-ended").execute()).length,
  };
}

async function watchUndo(scope: Scope, undoId: string): Promise<void> {
  for (;;) {
    const undo = await scope.db
      .selectFrom("undos")
      .select(["state", "entries", "entries_done as done", "undone_count as undone", "left_count as left"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", undoId)
      .executeTakeFirstOrThrow();
    say({ read: undo.done });
    if (undo.state === "done" || undo.state === "failed") {
      say({ end: { ...undo, ...(await whatIsLeft(scope)) } });
      return;
    }
    await wait(15);
  }
}

const [engine, folder = "", what = "import"] = process.argv.slice(2);
const server = engine === "postgres" ? await startTestServer() : null;
const url = server ? `${server.url}postgres` : `file:${folder}/tallybook.sqlite`;
const database = await openDatabase({ url, dataDir: folder, log: { warn: () => {} } });
try {
  await migrateToLatest(database);
  const scope = await openFirm(database);
  const id = what === "undo" ? await beginUndo(scope) : await begin(scope);
  say({ databaseUrl: url });
  await (what === "undo" ? watchUndo(scope, id) : watch(scope, id));
} finally {
  await database.close();
  await server?.stop();
}
