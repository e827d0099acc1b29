/** A trial says what the import then does, by whatever rules, and of rows that empty, forbid, name or hand over. */
import { randomUUID } from "node:crypto";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { addOwnRule } from "~/features/pipeline/own-rules/own-rules.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { saveRules } from "~/features/pipeline/rules/save-rules.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { usualRules, type WritingRules, writings } from "~/features/pipeline/subject-rules";
import { beginTrial } from "~/features/pipeline/trial/continue-trial.server";
import { rehearseRun } from "~/features/pipeline/trial/rehearse-run.server";
import { startChecked } from "~/features/pipeline/trial/start-checked.server";
import { findTrial } from "~/features/pipeline/trial/trials.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";
import { csvOf, imported as sent, refusedSheet, typed, upload as uploaded } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { upload } from "~/testing/walk/examples";

const never = new AbortController().signal;
const columns = [
  ...["Tallybook ID", "Given name", "Family name", "Company", "Email", "Phone", "Tags", "No email"],
  "Looked after by",
];
const mapping = ["contactId", "givenName", "familyName", "company", "email", "phone", "tags", "noEmail", "owner"];
const heading = stringify([columns]);

function soon(scope: Scope): Scope {
  return { ...scope, clock: testClock(later(scope.clock.now(), 60_000)) };
}

async function drafted(scope: Scope, content: string, rules: Partial<WritingRules> = {}): Promise<string> {
  const runId = await upload(scope, content);
  const found = await findDraft(scope, runId);
  if (!found) throw new Error("The draft is gone");
  // Of a few odd cells much could be guessed.
  const draft = content.startsWith(heading) ? { ...found, settings: { ...found.settings, mapping } } : found;
  const saved = await saveRules(scope, contactSubject, { draft, rules: { ...usualRules, ...rules } });
  if (!saved.ok) throw new Error(saved.reason);
  return runId;
}

async function tried(scope: Scope, runId: string) {
  const draft = await findDraft(scope, runId);
  if (!draft) throw new Error("There is no draft");
  return (await rehearseRun(scope, contactSubject, { run: draft, limits: { signal: never } })).result;
}

async function imported(scope: Scope, runId: string) {
  await startRun(scope, runId);
  await continueRun(scope, subjects, runId, { signal: never });
  const run = await findRun(scope, runId);
  if (!run) throw new Error("The run is gone");
  return run;
}

function rowsOf(remarks: Record<string, { rows: number }>) {
  return Object.fromEntries(Object.entries(remarks).map(([name, { rows }]) => [name, rows]));
}

async function contactIds(scope: Scope): Promise<string[]> {
  const found = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .orderBy("id")
    .execute();
  return found.map(({ id }) => id);
}

/** Two members of one account, and whom rows name: nobody, each of them, and somebody unknown. */
async function givenTeam(engine: (typeof databases)[number]) {
  const from = await given.installation(engine);
  const account = await given.account(from);
  const [scope, colleague] = [await given.member(from, account), await given.member(from, account)];
  return { scope, owners: ["", scope.user?.email ?? "", colleague.user?.email ?? "", "Nobody Here"] };
}

/** So many rows that each of those before and after them is in a batch of its own. */
const apart = stringify(
  Array.from({ length: 300 }, () => columns.map((name) => (name === "Email" ? "no address" : ""))),
);

const row = fc.tuple(
  fc.constantFrom(0, 0, 0, 0, 1, 2, 3),
  fc.constantFrom("", "Ann", "Ben", "[clear]"),
  fc.constantFrom("", "Okafor", "Adebayo"),
  fc.constantFrom("", "Okafor Ltd", "Brandt Holzbau GmbH", "[clear]"),
  fc.constantFrom("", "a@x.example", "b@x.example", "a@x.example; b@x.example", "[clear]", "[clear]; c@x.example"),
  fc.constantFrom("", "", "020 7946 0182", "020 7946 0999", "[clear]"),
  fc.constantFrom("", "client", "[clear], donor"),
  fc.constantFrom("", "", "yes", "no"),
  fc.nat({ max: 3 }),
);
const rules = fc.record({
  what: fc.constantFrom(...writings),
  match: fc.constantFrom("automatic", "automatic", "id", "email", "phone", "name"),
  fields: fc.constantFrom<WritingRules["fields"][]>(
    {},
    { company: "never", owner: "empty" },
    { emails: "empty", tags: "never" },
    { name: "empty", owner: "never", phones: "empty" },
  ),
});
type Row = typeof row extends fc.Arbitrary<infer Value> ? Value : never;

function contentOf(rows: readonly Row[], ids: readonly string[], owners: readonly string[]): string {
  return stringify(
    rows.map(([which, ...cells]) => [
      which === 0 ? "" : (ids[which - 1] ?? randomUUID()),
      ...cells.slice(0, -1).map(String),
      owners[cells.at(-1) as number] ?? "",
    ]),
  );
}

function saysSomething(rows: readonly Row[]): boolean {
  return rows.some((cells) => cells.some((cell) => cell !== "" && cell !== 0));
}

describe.each(databases)("a trial by rules, on %s", (engine) => {
  test("agrees with the import, over any batches", { timeout: 300_000 }, async () => {
    const tables = fc.array(row, { minLength: 1, maxLength: 7 });
    const batches = fc.array(tables, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(tables, batches, rules, fc.nat(), async (before, parts, rules, archived) => {
        fc.pre(saysSomething(before) && saysSomething(parts.flat()));
        const { scope, owners } = await givenTeam(engine);
        await imported(scope, await drafted(scope, heading + contentOf(before, [], owners)));
        const ids = await contactIds(scope);
        const aside = ids[archived % (ids.length + 1)];
        if (aside) await archiveContact(scope, aside);
        const then = soon(soon(scope));
        const content = heading + parts.map((rows) => contentOf(rows, ids, owners)).join(apart);
        const runId = await drafted(then, content, rules);
        const result = await tried(then, runId);
        const run = await imported(soon(then), runId);
        expect(result.counts).toEqual(run.counts);
        expect(rowsOf(result.remarks)).toEqual(rowsOf(run.remarks));
      }),
      { numRuns: engine === "sqlite" ? 80 : 20 },
    );
  });

  test("tells of owners, marks and what is emptied, field by field", async () => {
    const { scope, owners } = await givenTeam(engine);
    const { unguarded } = scope.database;
    await unguarded
      .updateTable("users")
      .set({ name: "Tom Brandt" })
      .where("email", "=", owners[2] ?? "")
      .execute();
    const ann = "Ann,Okafor,Okafor Ltd,ann@okafor.example";
    await imported(scope, await drafted(scope, `${heading},${ann},,,,\n`));
    const then = soon(soon(scope));
    const runId = await drafted(then, `${heading},Ann,Okafor,[clear],ann@okafor.example,,,yes,${owners[2] ?? ""}\n`);
    const result = await tried(then, runId);
    expect(result).toMatchObject({ counts: { changed: 1 }, changed: 1, blanked: 1 });
    expect(result.changes[0]?.fields.map(({ label }) => label)).toEqual([
      "Company",
      "Looked after by",
      "Do not contact",
    ]);
  });

  test("takes each corrected row once, as the import then does", async () => {
    const { scope } = await given.twoAccounts(engine);
    const bad = ["Ann,a@@okafor.example", "Ben,b@@okafor.example", "Cara,c@@okafor.example"].join("\n");
    const first = await sent(scope, `Given name,Email\n${bad}\n`);
    const sheet = await refusedSheet(first.scope, first.id);
    const better = typed(sheet, "Email", (_, index) => `${"abc"[index] ?? "d"}@okafor.example`);
    await sent(soon(first.scope), csvOf(better.slice(0, 2)));
    const then = soon(soon(soon(first.scope)));
    const again = [...better, better[2] ?? []];
    const found = await uploaded(then, csvOf(again));
    if (!found.ok) throw new Error(found.reason);
    const result = await tried(then, found.runId);
    expect(result).toMatchObject({ counts: { read: 4, created: 2, same: 1, refused: 1 } });
    expect((await imported(then, found.runId)).counts).toEqual(result.counts);
  });

  test("holds for the rules of writing and the account's own rules as they were", async () => {
    const { scope } = await given.twoAccounts(engine);
    const content = "Given name,Email\nAnn,ann@okafor.example\nBen,\n";
    const runId = await drafted(scope, content);
    const check = async () => {
      const draft = await findDraft(scope, runId);
      if (!draft) throw new Error("The draft is gone");
      await beginTrial(scope, contactSubject, draft);
      return (await findTrial(scope, runId))?.result?.counts;
    };
    expect(await check()).toMatchObject({ created: 2 });
    const rule = { kind: "required" as const, field: "emails", fields: ["email"], label: "Email", many: true };
    await addOwnRule(scope, "contacts", rule);
    expect(await findTrial(scope, runId)).toBeNull();
    expect(await check()).toMatchObject({ created: 1, refused: 1 });
    const draft = await findDraft(scope, runId);
    if (draft) await saveRules(scope, contactSubject, { draft, rules: { ...usualRules, what: "update" } });
    expect(await startChecked(scope, runId, { confirmed: null })).toMatchObject({ reason: "not-checked" });
    expect(await check()).toMatchObject({ same: 1, refused: 1 });
    expect(await startChecked(scope, runId, { confirmed: null })).toEqual({ ok: true });
    await continueRun(scope, subjects, runId, { signal: never });
    expect((await findTrial(scope, runId))?.result?.counts).toMatchObject({ same: 1, refused: 1 });
  });
});
