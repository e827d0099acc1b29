/** Refused rows need attention until they came in corrected, or somebody leaves them as they are. */
import { type Kysely, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { up } from "../../../../migrations/20261121T1251_refused_where_first";
import { undoing } from "~/composition.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { beginTrial } from "~/features/pipeline/trial/continue-trial.server";
import { findTrial } from "~/features/pipeline/trial/trials.server";
import { leaveRefused, rowsLeft, settled } from "~/features/pipeline/corrections/rows-left.server";
import { runToDos } from "~/features/pipeline/run/run-to-dos";
import { listRuns } from "~/features/pipeline/run/runs.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { type Scope } from "~/platform/scope.server";
import { csvOf, imported, refusedSheet, typed, upload } from "~/testing/corrected";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { runUndoJob } from "~/testing/given-undo";

const rows =
  "Name,Email\nAnn Okafor,ann@okafor.example\nJürgen Weiß,j.weiss@brandt\nSiobhán Haddad,siobhan at haddad\n";

async function toDos(scope: Scope) {
  const runs = await listRuns(scope);
  const left = await rowsLeft(scope, runs);
  const states = settled(runs, left).map(({ fileName, state }) => `${fileName}: ${state}`);
  return { words: runToDos(runs, left).map(({ who, words }) => `${who} ${words}`), states };
}

describe.each(databases)("what needs attention of refused rows, on %s", (engine) => {
  test("is less with each that came in corrected, nothing with the last, and again all when that is undone", async () => {
    const scope = await given.scope(engine, "admin");
    const first = await imported(scope, rows, "clients.csv");
    expect((await toDos(scope)).words).toEqual(["clients.csv has 2 refused rows to correct"]);

    const half = typed(await refusedSheet(first.scope, first.id), "Email", (_, at) =>
      at === 0 ? "j@brandt.example" : "no",
    );
    const second = await imported(first.scope, csvOf(half), "half.csv");
    expect((await toDos(scope)).words).toEqual([
      "half.csv has 1 refused row to correct",
      "clients.csv has 1 refused row to correct",
    ]);

    const rest = typed(await refusedSheet(second.scope, second.id), "Email", () => "s@haddad.example");
    const third = await imported(second.scope, csvOf(rest), "rest.csv");
    expect(await toDos(scope)).toEqual({
      words: [],
      states: ["rest.csv: done", "half.csv: done", "clients.csv: done"],
    });

    const undone = await undoChangeSet(third.scope, third.changeSetId!, undoing);
    if ("undoId" in undone) await runUndoJob(third.scope, undone.undoId);
    expect((await toDos(scope)).words).toHaveLength(2);
  }, 60_000);

  test("is nothing when the rest is left as it is, which can be taken back, and nothing of an import that was undone", async () => {
    const scope = await given.scope(engine, "admin");
    const { id, changeSetId, scope: then } = await imported(scope, rows, "clients.csv");
    expect(await leaveRefused(scope, id, true)).toBe(true);
    expect(await leaveRefused(scope, id, true)).toBe(true);
    expect(await toDos(scope)).toEqual({ words: [], states: ["clients.csv: done"] });
    expect(await refusedSheet(scope, id)).toHaveLength(3);
    expect(await leaveRefused(scope, id, false)).toBe(true);
    expect((await toDos(scope)).words).toHaveLength(1);
    const events = await scope.db
      .selectFrom("audit_events")
      .select("action")
      .where("account_id", "=", scope.account.id)
      .where("action", "like", "run.refused%")
      .execute();
    expect(events.map(({ action }) => action).sort()).toEqual(["run.refused-left", "run.refused-taken-up"]);
    const undone = await undoChangeSet(then, changeSetId!, undoing);
    if ("undoId" in undone) await runUndoJob(then, undone.undoId);
    expect((await toDos(scope)).words).toEqual([]);
    const whole = await imported(then, "Name\nBrandt Holzbau\n", "whole.csv");
    expect(await leaveRefused(scope, whole.id, true)).toBe(false);
  }, 60_000);

  test("is known of rows that were refused again before the database knew where they were refused first", async () => {
    const scope = await given.scope(engine, "admin");
    const first = await imported(scope, rows, "clients.csv");
    const still = typed(await refusedSheet(first.scope, first.id), "Email", () => "no");
    const second = await imported(first.scope, csvOf(still), "still.csv");
    const rest = typed(await refusedSheet(second.scope, second.id), "Email", (_, at) => `p${at}@haddad.example`);
    await imported(second.scope, csvOf(rest.slice(0, 2)), "one.csv");
    const db = scope.database.unguarded;
    await sql`alter table refused_rows drop column first_position`.execute(db);
    await up(db as unknown as Kysely<unknown>);
    expect((await toDos(scope)).words).toEqual([
      "still.csv has 1 refused row to correct",
      "clients.csv has 1 refused row to correct",
    ]);
  }, 60_000);

  test("of new rows in a corrected file is said once, with their number", async () => {
    const scope = await given.scope(engine, "admin");
    const first = await imported(scope, rows, "clients.csv");
    const sheet = typed(await refusedSheet(first.scope, first.id), "Email", (_, at) => `p${at}@okafor.example`);
    const added = ["Ben Hale", "Cleo Hale", "Dora Hale"].map((name) => ["", "", "", "", name, "", ""]);
    const uploaded = await upload(first.scope, csvOf([...sheet, ...added]), "with new.csv");
    if (!uploaded.ok) throw new Error(uploaded.reason);
    const draft = (await findDraft(first.scope, uploaded.runId))!;
    await beginTrial(first.scope, contactSubject, draft);
    const { result } = (await findTrial(first.scope, uploaded.runId))!;
    expect(result?.counts).toMatchObject({ read: 5, created: 2, refused: 3 });
    expect(result?.refusals).toEqual([]);
    expect(result?.rules).toMatchObject([{ rule: "no-row-key", rows: 3 }]);
  });
});
