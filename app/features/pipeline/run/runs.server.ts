import { expressionBuilder } from "kysely";
import { type ConnectorRun, toConnectorRun } from "~/features/pipeline/run/run-of-connector.server";
import { countColumns, countsOf } from "~/features/pipeline/run/open-run.server";
import { type Checkpoint, type Remarks, type RunCounts, type RunState } from "~/features/pipeline/run/run";
import "~/features/changes/tables";
import "~/features/pipeline/tables";
import { byKey } from "~/platform/db/by-key.server";
import { fromJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope, type UserFacts } from "~/platform/scope.server";

export interface RunFacts {
  id: string;
  subject: string;
  /** What it reads from, as people call it. */
  fileName: string;
  /** Null: it is the import of a file. */
  connector: ConnectorRun | null;
  state: RunState;
  counts: RunCounts;
  total: number | null;
  remarks: Remarks;
  createdAt: string;
  createdBy: string | null;
  startedAt: string | null;
  startedBy: string | null;
  finishedAt: string | null;
  changeSetId: string | null;
  /** When and by whom it was undone, and not redone since. */
  undone: { at: string; by: string | null } | null;
  /** The run whose refused rows it brings in corrected. */
  continuesId: string | null;
  /** How many of its refused rows came in corrected, and stand. */
  corrected: number;
  /** Some came in corrected, whether that stands or was undone. */
  hasCorrections: boolean;
  /** When and by whom the refused rows that nobody corrected were left as they are. */
  refusedLeft: { at: string; by: string | null } | null;
  cancelRequestedAt: string | null;
  problem: string | null;
  problemReference: string | null;
}

/** Runs, with whoever had a part in them, their change and what answered their question. */
function joinedRuns(scope: Scope) {
  return (
    byKey(scope.db)
      .selectFrom("runs")
      .leftJoin("users", "users.id", "runs.started_by")
      .leftJoin("users as uploaders", "uploaders.id", "runs.created_by")
      .leftJoin("change_sets as change", (join) =>
        join.onRef("change.account_id", "=", "runs.account_id").onRef("change.id", "=", "runs.change_set_id"),
      )
      .leftJoin("users as leavers", "leavers.id", "runs.refused_left_by")
      // What a brake asked is answered by a run of its own.
      .leftJoin("runs as answer", (join) =>
        join.onRef("answer.account_id", "=", "runs.account_id").onRef("answer.id", "=", "runs.answer_run_id"),
      )
      .leftJoin("change_sets as followed", (join) =>
        join.onRef("followed.account_id", "=", "answer.account_id").onRef("followed.id", "=", "answer.change_set_id"),
      )
      .leftJoin("users as answerers", "answerers.id", "answer.started_by")
      .leftJoin("users as undoers", "undoers.id", "change.undone_by")
  );
}

/** Runs with all that is shown of them, to be narrowed and put in an order. */
export function runQuery(scope: Scope) {
  return (
    joinedRuns(scope)
      .select([
        "runs.id",
        "runs.subject",
        "runs.file_name",
        ...(["runs.connector_id", "runs.mode", "runs.source_count", "runs.stored_count", "runs.gone_count"] as const),
        ...(["runs.held_count", "runs.waiting_until", "runs.waiting_why"] as const),
        ...(["runs.state", "runs.created_at", "runs.started_at", "runs.finished_at"] as const),
        ...(["runs.cancel_requested_at", "runs.problem", "runs.problem_reference"] as const),
        "runs.checkpoint",
        "runs.change_set_id",
        "change.undone_at",
        "change.revived_at",
        "undoers.name as undone_by_name",
        "runs.continues_run_id",
        "runs.refused_left_at",
        "runs.asking_since",
        ...(["answer.id as answer_id", "answer.created_at as answer_at", "answer.state as answer_state"] as const),
        ...(["answer.settings as answer_settings", "answerers.name as answer_by_name"] as const),
        ...(["followed.undone_at as answer_undone_at", "followed.revived_at as answer_revived_at"] as const),
        "leavers.name as left_by_name",
        "users.name as started_by_name",
        "uploaders.name as created_by_name",
        ...countColumns.map((column) => `runs.${column}` as const),
      ])
      // Long, and needed of few.
      .select((eb) => eb.case().when("runs.mode", "=", "answer").then(eb.ref("runs.settings")).end().as("answered"))
      .select(aCorrection(scope).as("a_correction"))
      .select((eb) =>
        eb
          .selectFrom("row_corrections as taken")
          .innerJoin("runs as second", (join) =>
            join.onRef("second.account_id", "=", "taken.account_id").onRef("second.id", "=", "taken.corrected_run_id"),
          )
          .leftJoin("change_sets as correction", (join) =>
            join
              .onRef("correction.account_id", "=", "second.account_id")
              .onRef("correction.id", "=", "second.change_set_id"),
          )
          .select((inside) => inside.fn.countAll<number>().as("count"))
          .where("taken.account_id", "=", scope.account.id)
          .whereRef("taken.run_id", "=", "runs.id")
          .where((inside) =>
            inside.or([inside("correction.undone_at", "is", null), inside("correction.revived_at", "is not", null)]),
          )
          .as("corrected"),
      )
      .where("runs.account_id", "=", scope.account.id)
  );
}

/** Where one of its refused rows stood that came in corrected, whatever became of that. */
function aCorrection(scope: Scope) {
  return expressionBuilder<Tables, "runs">()
    .selectFrom("row_corrections as one")
    .select("one.position")
    .where("one.account_id", "=", scope.account.id)
    .whereRef("one.run_id", "=", "runs.id")
    .limit(1);
}

type RunRow = Awaited<ReturnType<ReturnType<typeof runQuery>["executeTakeFirstOrThrow"]>>;

export function toFacts(row: RunRow): RunFacts {
  return {
    id: row.id,
    subject: row.subject,
    fileName: row.file_name ?? "",
    connector: toConnectorRun(row),
    state: row.state,
    counts: countsOf(row),
    total: row.total_count,
    remarks: (row.checkpoint ? fromJson<Checkpoint>(row.checkpoint).remarks : null) ?? {},
    createdAt: row.created_at,
    createdBy: row.created_by_name,
    startedAt: row.started_at,
    startedBy: row.started_by_name,
    finishedAt: row.finished_at,
    changeSetId: row.change_set_id,
    undone: row.undone_at === null || row.revived_at !== null ? null : { at: row.undone_at, by: row.undone_by_name },
    continuesId: row.continues_run_id,
    corrected: Number(row.corrected ?? 0),
    hasCorrections: row.a_correction !== null,
    refusedLeft: row.refused_left_at === null ? null : { at: row.refused_left_at, by: row.left_by_name },
    cancelRequestedAt: row.cancel_requested_at,
    problem: row.problem,
    problemReference: row.problem_reference,
  };
}

export async function findRun(scope: Scope, runId: string): Promise<RunFacts | null> {
  const row = await runQuery(scope).where("runs.id", "=", runId).executeTakeFirst();
  return row ? toFacts(row) : null;
}

/** Who started a run: in their name its job does the work. */
export async function findStarter(scope: Scope, runId: string): Promise<UserFacts | null> {
  const row = await scope.db
    .selectFrom("runs")
    .innerJoin("users", "users.id", "runs.started_by")
    .select(["users.id", "users.name", "users.email"])
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.id", "=", runId)
    .executeTakeFirst();
  return row ?? null;
}

/** The newest first: imports, and those of connectors where asked for. Drafts are for those who may go on with them. */
export async function listRuns(
  scope: Scope,
  { limit = 50, drafts = true, connectors = false } = {},
): Promise<RunFacts[]> {
  const rows = await runQuery(scope)
    .$if(!connectors, (query) => query.where("runs.source", "=", "file"))
    .$if(!drafts, (query) => query.where("runs.state", "!=", "draft"))
    .orderBy("runs.created_at", "desc")
    .orderBy("runs.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(toFacts);
}

export interface LogLine {
  id: string;
  at: string;
  text: string;
}

/** The last lines of a run's log, oldest first. */
export async function logTail(scope: Scope, runId: string, limit = 12): Promise<LogLine[]> {
  const rows = await scope.db
    .selectFrom("run_log")
    .select(["id", "at", "text"])
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.reverse();
}
