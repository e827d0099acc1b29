/** One purchase as it was tracked, as its page shows it. */
import { can } from "~/features/accounts/rights";
import { isStorable } from "~/features/reconciliation/results/finding-filter";
import { listHistory, type RunLine } from "~/features/reconciliation/results/history.server";
import { type Finding } from "~/features/reconciliation/results/list-findings.server";
import { namesOf } from "~/features/reconciliation/results/names.server";
import { type DecidedSide, findRow } from "~/features/reconciliation/results/sides.server";
import { flagsOf, rowWords } from "~/features/reconciliation/results/words";
import { notFound } from "~/http/answers.server";
import { type DoneResult, headFacts } from "~/routes/reconciliations/results/result.server";
import {
  decisionFacts,
  foundWords,
  historyFacts,
  orderPath,
  sideFacts,
} from "~/routes/reconciliations/results/side-facts.server";

/** With those of the frame six statements. */
export async function rowFacts(result: DoneResult, rowId: string) {
  const { scope, run, here } = result;
  const reconciliationId = result.result.reconciliationId;
  const about = { reconciliationId, settings: run.settings };
  const row = (isStorable(rowId) ? await findRow(scope, about, rowId) : null) ?? notFound();
  const history = await listHistory(scope, { reconciliationId, runId: run.id, of: { rowId } });
  const line = history.find(({ runId }) => runId === run.id);
  const own = ownOf(line);
  const { belongsTo, lookAlike } = ordersOf(line);
  const keys = [belongsTo, lookAlike, ...row.decisions.map(({ orderKey }) => orderKey)].flatMap((key) => key ?? []);
  const names = await namesOf(scope, run.settings, { orderKeys: [...new Set(keys)], rowIds: [] });
  const order = (key: string | null) =>
    key === null ? null : { key, name: names.orders.get(key) ?? key, href: orderPath(result, key) };
  const base = `${here}/rows/${encodeURIComponent(rowId)}`;
  return {
    ...headFacts(result),
    ...{ base, row: sideFacts(scope, "row", row), status: statusOf(line) },
    ...{ order: order(belongsTo), lookAlike: order(lookAlike), rowId },
    flags: flagsOf(own?.flags ?? []),
    decisions: decisionFacts(result, row.decisions, (decision) => order(decision.orderKey)),
    history: historyFacts(result, history, {
      ...{ ownOf, path: base },
      plain: (line) => (primaryOf(line) ? rowWords.primary.name : null),
    }),
    mayAside: can(scope, "reconciliations.write") && !isAside(row),
  };
}

/** The order that it belongs to, and one that it may belong to. */
function ordersOf(line: RunLine | undefined): { belongsTo: string | null; lookAlike: string | null } {
  const own = ownOf(line);
  return { belongsTo: (own ?? primaryOf(line))?.order_key ?? null, lookAlike: own?.look_alike ?? null };
}

function isAside({ decisions }: DecidedSide): boolean {
  return decisions.some(({ kind, withdrawnAt }) => kind === "set-row-aside" && withdrawnAt === null);
}

function ownOf(line: RunLine | undefined): Finding | undefined {
  return line?.findings.find(({ side }) => side === "row");
}

/** The order for which it counts, where that is a finding. */
function primaryOf(line: RunLine | undefined): Finding | undefined {
  return line?.findings.find(({ side }) => side === "order");
}

function statusOf(line: RunLine | undefined) {
  const own = ownOf(line);
  if (own)
    return {
      text: foundWords(own),
      meaning: rowWords[own.bucket as keyof typeof rowWords].meaning,
      tone: "attention",
    } as const;
  if (primaryOf(line)) return { text: rowWords.primary.name, meaning: rowWords.primary.meaning, tone: "done" } as const;
  const meaning = "It belongs to an order that is plainly matched, or it is of other days than those compared.";
  return { text: "No finding", meaning, tone: "done" } as const;
}
