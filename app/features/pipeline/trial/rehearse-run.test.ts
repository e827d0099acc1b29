/** A trial says what the import then does: the same rows, one by one, on the same contacts. */
import fc from "fast-check";
import { stringify } from "csv-stringify/sync";
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { nothingKnown } from "~/features/contacts/contact";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { findRun } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { rehearseRun } from "~/features/pipeline/trial/rehearse-run.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";
import { databases, type TestDatabase } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { tableRows } from "~/testing/table-rows";
import { upload } from "~/testing/walk/examples";

const never = new AbortController().signal;
const heading = "Given name,Family name,Company,Email,Phone,Tags,City\n";

function soon(scope: Scope): Scope {
  return { ...scope, clock: testClock(later(scope.clock.now(), 60_000)) };
}

async function tried(scope: Scope, runId: string) {
  const draft = await findDraft(scope, runId);
  if (!draft) throw new Error("There is no draft");
  return rehearseRun(scope, contactSubject, { run: draft, limits: { signal: never } });
}

async function imported(scope: Scope, runId: string) {
  await startRun(scope, runId);
  await continueRun(scope, subjects, runId, { signal: never });
  const run = await findRun(scope, runId);
  if (!run) throw new Error("The run is gone");
  return run;
}

/** So many rows that each of those before and after them is in a batch of its own. */
const apart = ",,,no address,,,\n".repeat(300);

describe.each(databases)("a trial on %s", (engine) => {
  test("tells what is new, changed field by field, the same and refused, and writes nothing", async () => {
    const { scope } = await given.twoAccounts(engine);
    await imported(
      scope,
      await upload(scope, `${heading}Ann,Okafor,,ann@okafor.example,,\nBen,Okafor,,ben@okafor.example,,\n`),
    );
    const then = soon(scope);
    const runId = await upload(
      then,
      `${heading}Ann,Okafor,Okafor Ltd,ann@okafor.example,,
Ben,Okafor,,ben@okafor.example,,
Carla,Silva,,carla@silva.example,,
Miles,Carver,,miles@@carver.example,020 7946 0182,
Both,Okafor,,ann@okafor.example; ben@okafor.example,,
Carla,Silva,Silva Lda,carla@silva.example,,
Each,Silva,,ann@okafor.example; carla@silva.example,,
`,
    );
    const before = await tableRows(scope.database as TestDatabase);
    const { result } = await tried(then, runId);
    expect(await tableRows(scope.database as TestDatabase)).toEqual(before);
    expect(result).toMatchObject({
      counts: { read: 7, created: 1, changed: 2, same: 1, refused: 3 },
      met: 2,
      changed: 1,
      blanked: 0,
      changes: [{ line: 2, name: "Ann Okafor", fields: [{ label: "Company", before: "", after: "Okafor Ltd" }] }],
      refusals: [
        { line: 5, column: "Email", value: "miles@@carver.example" },
        { line: 6, fits: [{ name: "Ann Okafor (ann@okafor.example)" }, { name: "Ben Okafor (ben@okafor.example)" }] },
        // Carla is not there yet: to her nothing leads.
        { line: 8, fits: [{ name: expect.stringMatching(/^Ann Okafor \(/) as string }] },
      ],
      rules: [
        { rule: "several-matches", rows: 2 },
        { rule: "email", rows: 1 },
      ],
      known: [{ rows: 1 }],
    });
    expect((await imported(then, runId)).counts).toEqual(result.counts);
  });

  test("has one number for the same rows in any order and any dress, and another for others", async () => {
    const { scope } = await given.twoAccounts(engine);
    const rows = ["Ann,Okafor,,ann@okafor.example,,", "Ben,Okafor,,no address,,", "Ann,Okafor,,ann@okafor.example,,"];
    const digestOf = async (content: string) => (await tried(scope, await upload(scope, content))).digest;
    const first = await digestOf(`${heading}${rows.join("\n")}\n`);
    expect(await digestOf(`${heading}${[...rows].reverse().join("\r\n")}`)).toBe(first);
    expect(await digestOf(`${heading}${rows.join("\n")}\n`.replaceAll(",", ";"))).toBe(first);
    expect(await digestOf(`${heading}${rows.slice(1).join("\n")}\n`)).not.toBe(first);
    expect(await digestOf(`${heading}${rows.join("\n").replace("Ben", "Bea")}\n`)).not.toBe(first);
  });

  test("agrees with the import for any file, over any batches", { timeout: 300_000 }, async () => {
    const row = fc.tuple(
      fc.constantFrom("", "Ann", "Ben", "Dr Ann"),
      fc.constantFrom("", "Okafor", "Adebayo"),
      fc.constantFrom("", "Okafor Ltd", "Brandt Holzbau GmbH", "okafor ltd"),
      fc.constantFrom("", "", "a@x.example", "b@x.example", "A@x.example; b@x.example", "c@x.example"),
      fc.constantFrom("", "", "020 7946 0182", "+44 20 7946 0182", "020 7946 0999", "letters"),
      fc.constantFrom("", "client", "client, 2026"),
      fc.constantFrom("", "", "Leeds", "York"),
    );
    const file = (rows: readonly (readonly string[])[]) => heading + stringify(rows.map((cells) => [...cells]));
    const tables = fc.array(row, { minLength: 1, maxLength: 9 });
    const batches = fc.array(tables, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(tables, batches, fc.nat(), fc.nat(), async (before, parts, archived, edited) => {
        const { scope } = await given.twoAccounts(engine);
        const there = before.filter((cells) => cells.some(Boolean));
        if (there.length > 0) await imported(scope, await upload(scope, file(there)));
        await tamper(scope, { archived, edited });
        const said = parts.map((rows) => rows.filter((cells) => cells.some(Boolean)));
        if (said.flat().length === 0) return;
        const content = heading + said.map((rows) => stringify(rows.map((cells) => [...cells]))).join(apart);
        const then = soon(soon(scope));
        const runId = await upload(then, content);
        const { result } = await tried(then, runId);
        const run = await imported(soon(then), runId);
        expect(result.counts).toEqual(run.counts);
        expect(countsOf(result.remarks)).toEqual(countsOf(run.remarks));
        expect(result.changed).toBe(await changedBefore(scope, runId));
        const again = await tried(soon(soon(then)), await upload(soon(soon(then)), content));
        expect(again.result).toMatchObject({ counts: { created: 0, changed: 0 }, changed: 0 });
      }),
      { numRuns: engine === "sqlite" ? 60 : 20 },
    );
  });
});

function countsOf(remarks: Record<string, { rows: number }>) {
  return Object.fromEntries(Object.entries(remarks).map(([name, { rows }]) => [name, rows]));
}

/** One contact is archived, and of one the company is pinned. */
async function tamper(scope: Scope, { archived, edited }: { archived: number; edited: number }): Promise<void> {
  const all = await scope.db.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id).execute();
  const [aside, pinned] = [all[archived % (all.length + 1)], all[edited % (all.length + 1)]];
  if (aside) await archiveContact(scope, aside.id);
  if (!pinned) return;
  const contact = await findContact(scope, pinned.id);
  if (!contact) return;
  const values = { ...nothingKnown, ...contact.values, company: "Typed by hand Ltd" };
  await editContact(scope, pinned.id, { version: contact.version, values });
}

/** How many contacts that were there before the run it has changed, by its change entries. */
async function changedBefore(scope: Scope, runId: string): Promise<number> {
  const entries = await scope.db
    .selectFrom("change_entries as entry")
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "entry.account_id").onRef("runs.change_set_id", "=", "entry.change_set_id"),
    )
    .select(["entry.subject_id", "entry.before"])
    .where("entry.account_id", "=", scope.account.id)
    .where("runs.id", "=", runId)
    .execute();
  const made = new Set(entries.filter(({ before }) => before === null).map(({ subject_id }) => subject_id));
  return new Set(entries.map(({ subject_id }) => subject_id).filter((id) => !made.has(id))).size;
}
