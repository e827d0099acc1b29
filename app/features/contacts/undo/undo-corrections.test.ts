/** An import and the corrections of its refused rows, undone and redone in one go. */
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import sweep from "../../../../jobs/sweep";
import undoChange from "../../../../jobs/undo-change";
import { undoing } from "~/composition.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { findChange } from "~/features/changes/list-changes.server";
import { resumeUndo, stopUndo } from "~/features/changes/open-undo.server";
import { listGroup } from "~/features/changes/undo-group.server";
import { undoTogether } from "~/features/changes/undo-together.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { readView } from "~/features/contacts/list/contact-list";
import { correctionsOfChange, listCorrections } from "~/features/pipeline/corrections/corrections.server";
import { alongWith } from "~/features/pipeline/corrections/undone-along.server";
import { cameAgainWords } from "~/features/pipeline/corrections/along-words";
import { undoWithCorrections } from "~/features/pipeline/corrections/undo-with-corrections.server";
import { listNotices } from "~/features/notices/notices.server";
import { type DialectName } from "~/platform/db/database.server";
import { type Scope } from "~/platform/scope.server";
import { csvOf, imported, refusedSheet, typed } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

const rows = [
  "Given name,Family name,Email",
  "Ann,Okafor,ann@okafor.example",
  "Jürgen,Weiß,j.weiss@brandt",
  "Siobhán,Haddad,siobhan at haddad.example",
  "Ann,Okafor-Hale,ann.okafor-hale",
];

/** Four rows, of which three were refused; two came in corrected, then the third. */
async function firm(engine: DialectName) {
  const scope = await given.scope(engine, "admin");
  const first = await imported(scope, rows.join("\n"));
  const refused = await refusedSheet(scope, first.id);
  const mended = typed(refused, "Email", (_, index) =>
    index < 2 ? `person${index}@corrected.example` : "still wrong",
  );
  const second = await imported(first.scope, csvOf(mended), "clients-2026 - refused rows.csv");
  const rest = typed(await refusedSheet(second.scope, first.id), "Email", () => "ann@okafor-hale.example");
  const third = await imported(second.scope, csvOf(rest), "clients-2026 - the last.csv");
  return { scope: third.scope, first, second, third };
}

async function names(scope: Scope): Promise<string[]> {
  const { contacts } = await listContacts(scope, readView(new URLSearchParams()));
  return contacts.map(({ name }) => name).sort();
}

/** What the queue would do: each that is enqueued, in the order of the group. */
async function work(scope: Scope, groupId: string): Promise<void> {
  const job = given.job(
    await given.installation(scope.database.dialect, { database: scope.database, clock: scope.clock }),
  );
  for (const { id } of await listGroup(scope, groupId))
    await undoChange({ accountId: scope.account.id, undoId: id }, job);
}

/** As the page does it. */
async function together(scope: Scope, changeSetId: string) {
  const change = (await findChange(scope, changeSetId))!;
  const asked = await undoWithCorrections(scope, change, { undoing, editedToo: false, corrections: "too" });
  if (!("undoId" in asked)) throw new Error("It is undone by a job");
  const inOrder = (await listGroup(scope, asked.undoId)).map((each) => each.changeSetId);
  return { ...asked, inOrder };
}

const own = async (scope: Scope, groupId: string) =>
  (await listGroup(scope, groupId)).find(({ id }) => id === groupId)!.ownId;

describe.each(databases)("an import and its corrections on %s", (engine) => {
  test("go together, the corrections first, come back together, and go again", async () => {
    const { scope, first, second, third } = await firm(engine);
    const all = await names(scope);
    expect(all).toHaveLength(4);
    expect(await alongWith(scope, (await findChange(scope, first.changeSetId!))!)).toMatchObject([
      { id: second.changeSetId, count: 2 },
      { id: third.changeSetId, count: 1 },
    ]);

    const undone = await together(scope, first.changeSetId!);
    expect(undone.inOrder).toEqual([third.changeSetId, second.changeSetId, first.changeSetId]);
    await work(scope, undone.undoId);
    expect(await names(scope)).toEqual([]);
    expect((await listGroup(scope, undone.undoId)).map(({ undone, left }) => [undone, left])).toEqual([
      [1, 0],
      [2, 0],
      [1, 0],
    ]);
    expect(await correctionsOfChange(scope, first.changeSetId!)).toEqual([]);
    expect((await listNotices(scope)).filter(({ title }) => title.startsWith("The undo of"))).toHaveLength(1);

    const redone = await together(scope, await own(scope, undone.undoId));
    await work(scope, redone.undoId);
    expect(await names(scope)).toEqual(all);
    expect((await listCorrections(scope, first.id)).map(({ undoneAt }) => undoneAt)).toEqual([null, null]);

    const again = await together(scope, await own(scope, redone.undoId));
    await work(scope, again.undoId);
    expect(await names(scope)).toEqual([]);
  }, 60_000);

  test("come one after the other, and a kill in the middle is gone on with", async () => {
    const { scope, first } = await firm(engine);
    const { undoId } = await together(scope, first.changeSetId!);
    const [one, two] = await listGroup(scope, undoId);
    const awaited = () =>
      scope.database.unguarded.selectFrom("undos").select("id").where("state", "=", "running").execute();
    await expect(continueUndo(scope, one!.id, { undoing, signal: killedAfter(1) })).rejects.toThrow("killed");
    expect(await awaited()).toHaveLength(1);
    await continueUndo(scope, one!.id, { undoing, signal: killedAfter(99) });
    expect((await listGroup(scope, undoId)).map(({ state }) => state)).toEqual(["done", "queued", "queued"]);
    await continueUndo(scope, two!.id, { undoing, signal: killedAfter(99) });
    await work(scope, undoId);
    expect(await names(scope)).toEqual([]);
  }, 60_000);

  test("end together where one is stopped, and are gone on with together", async () => {
    const { scope, first } = await firm(engine);
    const { undoId } = await together(scope, first.changeSetId!);
    const main = await own(scope, undoId);
    await stopUndo(scope, main);
    await work(scope, undoId);
    expect((await listGroup(scope, undoId)).map(({ state }) => state)).toEqual(["failed", "failed", "failed"]);
    expect(await names(scope)).toHaveLength(4);
    expect(await resumeUndo(scope, main, undoing)).toBe(true);
    await work(scope, undoId);
    expect((await listGroup(scope, undoId)).map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(await names(scope)).toEqual([]);
  }, 60_000);

  test("are given up by the sweep when no job will go on with any of them, and not before", async () => {
    const { scope, first } = await firm(engine);
    const { undoId } = await together(scope, first.changeSetId!);
    const states = async () => (await listGroup(scope, undoId)).map(({ state }) => state);
    const { database, clock } = scope;
    const context = given.job(await given.installation(engine, { database, clock }));
    await sweep({}, context);
    expect(await states()).toEqual(["queued", "queued", "queued"]);
    // As if each of its workers had been killed.
    const jobs = engine === "sqlite" ? sql`jobs` : sql`graphile_worker._private_jobs`;
    const killAll = () => sql`update ${jobs} set attempts = max_attempts`.execute(database.unguarded);
    await killAll();
    const [one] = await listGroup(scope, undoId);
    await continueUndo(scope, one!.id, { undoing, signal: killedAfter(99) });
    await sweep({}, context);
    expect(await states(), "the second has a job, and the third waits for it").toEqual(["done", "queued", "queued"]);
    await killAll();
    await sweep({}, context);
    expect(await states()).toEqual(["done", "failed", "failed"]);
    expect(await resumeUndo(scope, await own(scope, undoId), undoing)).toBe(true);
    await work(scope, undoId);
    expect(await names(scope)).toEqual([]);
  }, 60_000);

  test("go together without what was undone by itself before", async () => {
    const { scope, first, second, third } = await firm(engine);
    const alone = await undoTogether(scope, { mainId: third.changeSetId!, inOrder: [third.changeSetId!], undoing });
    if (alone.ok) await work(scope, alone.undoId);
    const inOrder = [third.changeSetId!, second.changeSetId!, first.changeSetId!];
    const asked = await undoTogether(scope, { mainId: first.changeSetId!, inOrder, undoing });
    expect(asked).toMatchObject({ ok: true });
    if (asked.ok) await work(scope, asked.undoId);
    expect(await names(scope)).toEqual([]);
    const twice = await undoTogether(scope, { mainId: first.changeSetId!, inOrder, undoing });
    expect(twice).toEqual({ ok: false, reason: "undone-already" });
  }, 60_000);

  test("come back without one whose rows came in again meanwhile, and it is said which", async () => {
    const { scope, first, third } = await firm(engine);
    const all = await names(scope);
    const undone = await together(scope, first.changeSetId!);
    await work(scope, undone.undoId);
    // The third's row once more, by a file of its own: its key is free again.
    const rest = typed(await refusedSheet(scope, first.id), "Email", (_, index) => `again${index}@hale.example`);
    const again = await imported(scope, csvOf([rest[0]!, rest[3]!]), "clients-2026 - once more.csv");
    expect(again.counts).toMatchObject({ created: 1 });
    const undo = (await findChange(again.scope, await own(scope, undone.undoId)))!;
    const choice = { undoing, editedToo: false, corrections: "too" as const };
    const asked = await undoWithCorrections(again.scope, undo, choice);
    expect(asked).toMatchObject({ ok: true, cameAgain: [third.fileName] });
    if (!("undoId" in asked)) throw new Error("It is redone by a job");
    expect(await listGroup(scope, asked.undoId)).toHaveLength(2);
    await work(again.scope, asked.undoId);
    expect(await names(scope)).toEqual(all);
    expect(cameAgainWords([third.fileName])).toBe(
      "Left as it is: “clients-2026 - the last.csv”. Rows of it came in again since, by another import, and would be here twice.",
    );
  }, 60_000);
});

/** A signal that lets so many turns through. */
function killedAfter(turns: number): AbortSignal {
  let left = turns;
  const throwIfAborted = () => {
    if (left-- <= 0) throw new Error("killed");
  };
  return { throwIfAborted } as unknown as AbortSignal;
}
