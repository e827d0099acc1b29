/** What the runs of a comparison found of one order, or of one purchase. */
import { expressionBuilder } from "kysely";
import { type Finding, findingColumns, findingOf } from "~/features/reconciliation/results/list-findings.server";
import "~/features/reconciliation/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** The latest runs, and the one looked at. */
const RUNS = 12;

export interface RunLine {
  runId: string;
  firstDay: string;
  lastDay: string;
  startedAt: string;
  finishedAt: string;
  /** Of the order or the purchase, and all that name it. */
  findings: Finding[];
}

interface Asked {
  reconciliationId: string;
  /** The run looked at, which may be older than the latest. */
  runId: string;
  /** An order by its key, or a purchase by its id. */
  of: { orderKey: string } | { rowId: string };
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

/** The latest run first. One statement. */
export async function listHistory(scope: Scope, { reconciliationId, runId, of }: Asked): Promise<RunLine[]> {
  const [column, key] = "orderKey" in of ? (["order_key", of.orderKey] as const) : (["row_id", of.rowId] as const);
  const latest = parts
    .selectFrom("comparison_runs as done")
    .select("done.id")
    .where("done.account_id", "=", scope.account.id)
    .where("done.reconciliation_id", "=", reconciliationId)
    .where("done.state", "=", "done")
    .orderBy("done.id", "desc")
    .limit(RUNS);
  const rows = await scope.db
    .selectFrom("comparison_runs as run")
    .leftJoin("findings as finding", (join) =>
      join
        .onRef("finding.account_id", "=", "run.account_id")
        .onRef("finding.run_id", "=", "run.id")
        .on(`finding.${column}`, "=", key),
    )
    .select(["run.id as runId", "run.first_day as firstDay", "run.last_day as lastDay"])
    .select(["run.started_at as startedAt", "run.finished_at as finishedAt"])
    .select(findingColumns.map((name) => `finding.${name}` as const))
    .where("run.account_id", "=", scope.account.id)
    .where("run.reconciliation_id", "=", reconciliationId)
    .where("run.state", "=", "done")
    .where((eb) =>
      eb.or([eb("run.id", "=", runId), eb("run.id", "in", parts.selectFrom(latest.as("latest")).select("latest.id"))]),
    )
    .orderBy("run.id", "desc")
    .execute();
  // Asked for in this order, SQLite goes through all findings of each run for the sake of it.
  rows.sort((one, other) => (one.runId === other.runId ? (one.position ?? 0) - (other.position ?? 0) : 0));
  const lines = new Map<string, RunLine>();
  for (const { runId, firstDay, lastDay, startedAt, finishedAt, ...finding } of rows) {
    const line = lines.get(runId) ?? {
      ...{ runId, firstDay, lastDay, startedAt: startedAt ?? "", finishedAt: finishedAt ?? "", findings: [] },
    };
    lines.set(runId, line);
    if (finding.position !== null) line.findings.push(findingOf(finding as Parameters<typeof findingOf>[0]));
  }
  return [...lines.values()];
}
