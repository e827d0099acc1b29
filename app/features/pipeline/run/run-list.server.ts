/** All runs of an account, of files and of connectors, page by page. */
import { type ExpressionBuilder, expressionBuilder } from "kysely";
import { isAtWork } from "~/features/pipeline/run/run";
import { type RunCursor, type RunFilters, runGroups, type RunPlace } from "~/features/pipeline/run/run-filters";
import { type RunFacts, runQuery, toFacts } from "~/features/pipeline/run/runs.server";
import { type KeysetPage, keysetPage } from "~/platform/keyset-page";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";
import { addDays, startOfDay } from "~/platform/time";

const PAGE = 50;

export interface ListedRun extends RunFacts {
  /** Of its connector, the newest run, which is the one that is at work if any is; null: it is of none. */
  newest: { id: string; isAtWork: boolean } | null;
}

/** The newest first, without drafts. One statement. */
export async function listRunPage(
  scope: Scope,
  filters: RunFilters,
  cursor: RunCursor | null = null,
  size = PAGE,
): Promise<KeysetPage<ListedRun, RunCursor>> {
  const back = cursor?.direction === "previous";
  const order = back ? "asc" : "desc";
  const rows = await narrowed(scope, filters)
    .$if(cursor !== null, (query) =>
      query.where((eb) =>
        eb(eb.refTuple("runs.created_at", "runs.id"), back ? ">" : "<", eb.tuple(cursor?.at ?? "", cursor?.id ?? "")),
      ),
    )
    .select([newestOf(scope, "id").as("newest_id"), newestOf(scope, "state").as("newest_state")])
    .orderBy("runs.created_at", order)
    .orderBy("runs.id", order)
    .limit(size + 1)
    .execute();
  const listed = rows.map(({ newest_id: id, newest_state: state, ...row }): ListedRun => {
    const newest = id === null || state === null ? null : { id, isAtWork: isAtWork(state) };
    return { ...toFacts(row), newest };
  });
  return keysetPage(listed, size, cursor, ({ createdAt, id }): RunPlace => ({ at: createdAt, id }));
}

function newestOf<Column extends "id" | "state">(scope: Scope, column: Column) {
  return expressionBuilder<Tables, "runs">()
    .selectFrom("runs as newest")
    .select(`newest.${column} as ${column}`)
    .where("newest.account_id", "=", scope.account.id)
    .whereRef("newest.connector_id", "=", "runs.connector_id")
    .orderBy("newest.created_at", "desc")
    .orderBy("newest.id", "desc")
    .limit(1);
}

/** Not of one that was redone since. `not` of it needs no null: where there is no change set, it is false. */
function isUndone(eb: ExpressionBuilder<Tables & { change: Tables["change_sets"] }, "change">) {
  return eb.and([
    eb("change.id", "is not", null),
    eb("change.undone_at", "is not", null),
    eb("change.revived_at", "is", null),
  ]);
}

function narrowed(scope: Scope, { of, state, from, until }: RunFilters) {
  const { timeZone } = scope.account;
  return runQuery(scope)
    .where("runs.state", "!=", "draft")
    .$if(of === "files", (query) => query.where("runs.source", "=", "file"))
    .$if(of !== null && of !== "files", (query) => query.where("runs.connector_id", "=", of))
    .$if(state === "undone", (query) => query.where(isUndone))
    .$if(state !== null && state !== "undone", (query) =>
      query.where("runs.state", "in", [...runGroups[state ?? "done"]]).where((eb) => eb.not(isUndone(eb))),
    )
    .$if(state === "asking", (query) => query.where("runs.asking_since", "is not", null))
    .$if(state === "attention", (query) => query.where("runs.asking_since", "is", null))
    .$if(from !== null, (query) => query.where("runs.created_at", ">=", startOfDay(timeZone, from ?? "")))
    .$if(until !== null, (query) => query.where("runs.created_at", "<", startOfDay(timeZone, addDays(until ?? "", 1))));
}
