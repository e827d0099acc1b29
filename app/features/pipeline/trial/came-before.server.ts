import { countsOf, countColumns } from "~/features/pipeline/run/open-run.server";
import { countOf } from "~/features/pipeline/run/import-words";
import { type RunCounts } from "~/features/pipeline/run/run";
import "~/features/changes/tables";
import "~/features/pipeline/tables";
import { type TrialFacts } from "~/features/pipeline/trial/trials.server";
import { type Scope } from "~/platform/scope.server";
import { formatDate, type Place } from "~/platform/time";

/** When, by whom and as what the rows of a file came before: as this very file, in another order or dress, or some of them. */
export interface CameBefore {
  how: "file" | "rows" | "some";
  /** How many of the rows; null: all. */
  rows: number | null;
  run: { id: string; fileName: string; at: string; by: string | null; counts: RunCounts; undoneAt: string | null };
}

type Trial = Pick<TrialFacts, "digest" | "result">;

/** The newest import of the same file, else of the same rows; else the one that brought most of the rows as they are. */
export async function cameBefore(
  scope: Scope,
  { id, fileId }: { id: string; fileId: string | null },
  trial: Trial | null,
): Promise<CameBefore | null> {
  const sameFile = await newestWithFile(scope, id, fileId);
  if (sameFile) return { how: "file", rows: null, run: toRun(sameFile) };
  const sameRows = trial?.digest ? await newestWithRows(scope, id, trial.digest) : null;
  if (sameRows) return { how: "rows", rows: null, run: toRun(sameRows) };
  const [most] = trial?.result?.known ?? [];
  const known = most && (await earlier(scope, id).where("runs.id", "=", most.runId).executeTakeFirst());
  return known ? { how: "some", rows: most.rows, run: toRun(known) } : null;
}

/** As one sentence of the run's log. */
export function beforeSentence({ how, rows, run }: CameBefore, place: Place): string {
  const what = {
    file: "This very file",
    rows: "The same rows, in another order or saved anew,",
    some: `${countOf(rows ?? 0, "row", place.locale)} of it, as they are,`,
  }[how];
  const name = how === "file" ? "" : ` as “${run.fileName}”`;
  const undone = run.undoneAt ? `; that was undone on ${formatDate(place, run.undoneAt)}` : "";
  return `${what} came before${name}: on ${formatDate(place, run.at)}${run.by ? ` by ${run.by}` : ""}${undone}.`;
}

function earlier(scope: Scope, runId: string) {
  return (
    scope.db
      .selectFrom("runs")
      .leftJoin("users", "users.id", "runs.started_by")
      .select(["runs.id", "runs.file_name", "runs.created_at", "runs.started_at", "users.name as by_name"])
      .select(countColumns.map((column) => `runs.${column}` as const))
      .leftJoin("change_sets as change", (join) =>
        join.onRef("change.account_id", "=", "runs.account_id").onRef("change.id", "=", "runs.change_set_id"),
      )
      .select(["change.undone_at", "change.revived_at"])
      .where("runs.account_id", "=", scope.account.id)
      .where("runs.id", "!=", runId)
      .where("runs.state", "in", ["done", "attention", "cancelled"])
      // What stands says more than what was undone.
      .orderBy((eb) =>
        eb
          .case()
          .when(eb.and([eb("change.undone_at", "is not", null), eb("change.revived_at", "is", null)]))
          .then(1)
          .else(0)
          .end(),
      )
      .orderBy("runs.created_at", "desc")
      .limit(1)
  );
}

type EarlierRow = NonNullable<Awaited<ReturnType<ReturnType<typeof earlier>["executeTakeFirst"]>>>;

function toRun(row: EarlierRow): CameBefore["run"] {
  const { id, file_name: fileName, started_at: startedAt, created_at: createdAt, by_name: by } = row;
  const undoneAt = row.revived_at === null ? row.undone_at : null;
  return { id, fileName: fileName ?? "", at: startedAt ?? createdAt, by, counts: countsOf(row), undoneAt };
}

async function newestWithFile(scope: Scope, runId: string, fileId: string | null) {
  if (!fileId) return undefined;
  return earlier(scope, runId)
    .innerJoin("files as theirs", (join) =>
      join.onRef("theirs.account_id", "=", "runs.account_id").onRef("theirs.id", "=", "runs.file_id"),
    )
    .innerJoin("files as ours", (join) =>
      join.onRef("ours.account_id", "=", "theirs.account_id").onRef("ours.sha256", "=", "theirs.sha256"),
    )
    .where("ours.id", "=", fileId)
    .executeTakeFirst();
}

/** What was cancelled has not brought them all. */
async function newestWithRows(scope: Scope, runId: string, digest: string) {
  return earlier(scope, runId)
    .innerJoin("trials", (join) =>
      join.onRef("trials.account_id", "=", "runs.account_id").onRef("trials.run_id", "=", "runs.id"),
    )
    .where("trials.rows_digest", "=", digest)
    .where("runs.state", "!=", "cancelled")
    .executeTakeFirst();
}

/** Imports that are storing rows now, or will before this one: what they bring in is in no trial yet. */
export async function listImportsAtWork(scope: Scope, runId: string): Promise<{ id: string; fileName: string }[]> {
  const rows = await scope.db
    .selectFrom("runs")
    .select(["id", "file_name"])
    .where("account_id", "=", scope.account.id)
    .where("state", "in", ["queued", "running"])
    .where("id", "!=", runId)
    .orderBy("id")
    .limit(3)
    .execute();
  return rows.map(({ id, file_name: fileName }) => ({ id, fileName: fileName ?? "" }));
}

/** How many imports have ended since a trial began: what they brought in is not in its numbers. */
export async function countEndedSince(scope: Scope, since: string): Promise<number> {
  const row = await scope.db
    .selectFrom("runs")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("finished_at", ">=", since)
    .where((eb) => eb.or([eb("created_count", ">", 0), eb("changed_count", ">", 0)]))
    .executeTakeFirst();
  return row?.count ?? 0;
}
