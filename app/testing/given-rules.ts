/** Imports by rules of writing, and what they come to: for tests. */
import { stringify } from "csv-stringify/sync";
import { expect } from "vitest";
import undoChange from "../../jobs/undo-change";
import { subjects, undoing } from "~/composition.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type ContactValues } from "~/features/contacts/contact";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { readView } from "~/features/contacts/list/contact-list";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { listRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { describeRemarks } from "~/features/pipeline/run/remarks";
import { findRun } from "~/features/pipeline/run/runs.server";
import { saveRules } from "~/features/pipeline/rules/save-rules.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { usualRules, type WritingRules } from "~/features/pipeline/subject-rules";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { type databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { upload } from "~/testing/walk/examples";

type Row = Record<string, string>;
export type Firm = { scope: Scope; clock: TestClock };

export async function givenFirm(engine: (typeof databases)[number]): Promise<Firm> {
  const clock = testClock();
  return { scope: await given.scope(engine, "admin", { clock }), clock };
}

export async function drafted({ scope }: Firm, rows: Row[], rules: Partial<WritingRules> = {}): Promise<string> {
  const runId = await upload(scope, stringify(rows, { header: true }));
  const draft = await findDraft(scope, runId);
  if (!draft) throw new Error("The draft is gone");
  const saved = await saveRules(scope, contactSubject, { draft, rules: { ...usualRules, ...rules } });
  if (!saved.ok) throw new Error(saved.reason);
  return runId;
}

export async function imported(firm: Firm, rows: Row[], rules: Partial<WritingRules> = {}) {
  const { scope, clock } = firm;
  clock.advance(MINUTE_MS);
  const runId = await drafted(firm, rows, rules);
  await startRun(scope, runId);
  await continueRun(scope, subjects, runId, { signal: new AbortController().signal });
  clock.advance(MINUTE_MS);
  const run = await findRun(scope, runId);
  if (!run) throw new Error("The run is gone");
  const { read, created, changed, same, refused } = run.counts;
  expect(created + changed + same + refused).toBe(read);
  return {
    counts: [created, changed, same, refused],
    remarks: describeRemarks(contactSubject, "en-GB", run.remarks).map(({ text }) => text),
    reasons: (await listRefusals(scope, runId, { after: 0, limit: 9 })).map(({ reason }) => reason),
    runId,
  };
}

export async function undone({ scope }: Firm, runId: string): Promise<string> {
  const { change_set_id } = await scope.db
    .selectFrom("runs")
    .select("change_set_id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirstOrThrow();
  const asked = await undoChangeSet(scope, change_set_id ?? "", undoing);
  if (!asked.ok || !("undoId" in asked)) throw new Error(JSON.stringify(asked));
  const { database, clock } = scope;
  const job = given.job(await given.installation(database.dialect, { database, clock }));
  await undoChange({ accountId: scope.account.id, undoId: asked.undoId }, job);
  const undo = await scope.db
    .selectFrom("undos")
    .select("own_change_set_id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", asked.undoId)
    .executeTakeFirstOrThrow();
  return undo.own_change_set_id;
}

export async function everybody({ scope }: Firm) {
  const { contacts } = await listContacts(scope, readView(new URLSearchParams()));
  const found = await Promise.all(contacts.map(({ id }) => findContact(scope, id)));
  return found
    .flatMap((contact) => contact ?? [])
    .map(({ id, values, marks }) => ({
      ...{ id, values },
      no: marks.filter(({ liftedAt }) => liftedAt === null).map(({ channel, reason }) => `${channel}: ${reason}`),
    }));
}

export async function one(firm: Firm): Promise<{ id: string; values: ContactValues; no: string[] }> {
  const [only, ...others] = await everybody(firm);
  if (!only || others.length > 0) throw new Error("There is not one contact");
  return only;
}

export const ann = {
  "Given name": "Ann",
  "Family name": "Okafor",
  Email: "ann@okafor.example",
  Company: "Kiln Row Pottery",
};
export const moved = { ...ann, Company: "Hale & Partners", "Job title": "Partner", Phone: "020 7946 0182" };
