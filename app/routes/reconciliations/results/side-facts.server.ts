/** An order or a purchase, its decisions and its history, as the pages of both show them. */
import { factText } from "~/features/reconciliation/records/describe-record";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { type RunLine } from "~/features/reconciliation/results/history.server";
import { type Finding } from "~/features/reconciliation/results/list-findings.server";
import { type DecisionLine, type Side } from "~/features/reconciliation/results/sides.server";
import { listedWords, orderWords, whyWords } from "~/features/reconciliation/results/words";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, formatShortDate } from "~/platform/time";
import { daysText } from "~/features/reconciliation/results/days-text";
import { type DoneResult } from "~/routes/reconciliations/results/result.server";

const kinds = { order: orderKind, row: transactionKind };

/** Each value with where it leads to be followed back. */
export function sideFacts(
  { account, place }: Scope,
  side: "order" | "row",
  { id, name, facts, from, goneAt, since }: Side,
) {
  const { labels, table } = kinds[side];
  const href = `/${account.slug}/data/${table}/${id}`;
  return {
    ...{ id, name, href, from, isGone: goneAt !== null },
    since: since === null ? null : formatInstant(place, since),
    values: Object.entries(labels)
      .map(([column, label]) => ({ label, text: factText(column, { facts, place }) }))
      .filter(({ text }) => text !== ""),
  };
}

export type SideFacts = ReturnType<typeof sideFacts>;

export function orderPath({ here, ofRun }: Pick<DoneResult, "here" | "ofRun">, key: string): string {
  return `${here}/orders/${encodeURIComponent(key)}${ofRun}`;
}

export function rowPath({ here, ofRun }: Pick<DoneResult, "here" | "ofRun">, rowId: string): string {
  return `${here}/rows/${encodeURIComponent(rowId)}${ofRun}`;
}

const kindWords: Record<DecisionLine["kind"], string> = {
  match: "They belong together",
  unmatch: "They do not belong together",
  "set-order-aside": "Set aside",
  "set-row-aside": "Set aside",
};

/** @param names of the rows and orders that decisions name, by their keys */
export function decisionFacts(
  { scope, run, here }: DoneResult,
  decisions: readonly DecisionLine[],
  otherOf: (decision: DecisionLine) => { name: string; href: string } | null,
) {
  return decisions.map((decision) => {
    const { id, kind, reason, decidedAt, decidedBy, withdrawnAt, withdrawnBy } = decision;
    const at = (instant: string) => formatInstant(scope.place, instant);
    return {
      ...{ id, words: kindWords[kind], reason, other: otherOf(decision) },
      decided: `${decidedBy ?? "Tallybook"}, ${at(decidedAt)}`,
      withdrawn: withdrawnAt === null ? null : `${withdrawnBy ?? "Tallybook"}, ${at(withdrawnAt)}`,
      isYetToCount: (withdrawnAt ?? decidedAt) > run.startedAt,
      withdrawPath: `${here}/decisions/${id}/withdrawal`,
    };
  });
}

export type DecisionFacts = ReturnType<typeof decisionFacts>[number];

/** What is said of it where it is no finding. Null: nothing can be said. */
type Plain = (line: RunLine) => string | null;

/** What each of the latest runs found. @param ownOf which of a run's findings is its own */
export function historyFacts(
  { scope, run }: DoneResult,
  history: readonly RunLine[],
  { ownOf, plain, path }: { ownOf: (line: RunLine) => Finding | undefined; plain: Plain; path: string },
) {
  return history.map((line) => {
    const own = ownOf(line);
    return {
      key: line.runId,
      at: formatInstant(scope.place, line.finishedAt),
      days: daysText(scope.place, line),
      isThis: line.runId === run.id,
      text: own ? foundWords(own) : (plain(line) ?? "Not compared"),
      href: `${path}?run=${line.runId}`,
    };
  });
}

/** "Missing: the buyer did not come back from paying" */
export function foundWords({ side, bucket, cause }: Finding): string {
  const name = bucket === "matched" && side === "order" ? orderWords.matched.name : listedWords({ side, bucket }).name;
  const why = whyWords(bucket, cause);
  return why === "" ? name : `${name}: ${why.charAt(0).toLowerCase()}${why.slice(1)}`;
}

export function whenText({ place }: Scope, { at, day }: Pick<Finding, "at" | "day">): string {
  return at === null ? formatShortDate(place, day) : formatInstant(place, at);
}
