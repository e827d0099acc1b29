/** One order on both sides, as its page shows it. */
import { can } from "~/features/accounts/rights";
import { listHistory, type RunLine } from "~/features/reconciliation/results/history.server";
import { type Finding } from "~/features/reconciliation/results/list-findings.server";
import {
  type DecidedSide,
  findOrder,
  idsOf,
  listRows,
  type Side,
} from "~/features/reconciliation/results/sides.server";
import { flagsOf, keyWords, orderMeanings, rowWords } from "~/features/reconciliation/results/words";
import { notFound } from "~/http/answers.server";
import { isStorable } from "~/features/reconciliation/results/finding-filter";
import { moneyText } from "~/features/reconciliation/results/money-texts";
import { dateIn } from "~/platform/time";
import { type DoneResult, headFacts } from "~/routes/reconciliations/results/result.server";
import {
  decisionFacts,
  foundWords,
  historyFacts,
  rowPath,
  sideFacts,
} from "~/routes/reconciliations/results/side-facts.server";

/** With those of the frame six statements. */
export async function orderFacts(result: DoneResult, key: string) {
  const { scope, run, here } = result;
  const reconciliationId = result.result.reconciliationId;
  const about = { reconciliationId, settings: run.settings };
  const order = (isStorable(key) ? await findOrder(scope, about, key) : null) ?? notFound();
  const history = await listHistory(scope, { reconciliationId, runId: run.id, of: { orderKey: key } });
  const line = history.find(({ runId }) => runId === run.id);
  const own = ownOf(line);
  const isMatchedPlainly = !own && line !== undefined && isPlain(result, order, line);
  const rows = await listRows(scope, run.settings, {
    rowIds: rowIdsOf(order, line),
    ids: isMatchedPlainly ? idsOf(order, run.settings.kept.idRules.affixes) : [],
  });
  const base = `${here}/orders/${encodeURIComponent(key)}`;
  const hits = hitsOf(result, { order, line, rows });
  return {
    ...headFacts(result),
    ...{ key, base, order: sideFacts(scope, "order", order), status: statusOf(result, order, line) },
    facts: own ? findingFacts(result, own) : [],
    flags: own ? flagsOf(own.flags) : [],
    ...{ hits, isMatchedPlainly },
    lookAlike: lookAlikeOf(result, own, rows),
    decisions: decisionFacts(result, order.decisions, ({ rowId }) => {
      if (rowId === null) return null;
      return { name: rows.find((row) => row.key === rowId)?.name ?? rowId, href: rowPath(result, rowId) };
    }),
    history: historyFacts(result, history, {
      ...{ ownOf, path: base },
      plain: (line) => (isPlain(result, order, line) ? "Matched, with the same value" : null),
    }),
    ways: waysOf(
      result,
      own,
      hits.some(({ counts }) => counts),
    ),
  };
}

function ownOf(line: RunLine | undefined): Finding | undefined {
  return line?.findings.find(({ side }) => side === "order");
}

/** Those that its findings and its decisions name. */
function rowIdsOf({ decisions }: DecidedSide, line: RunLine | undefined): string[] {
  const named = (line?.findings ?? []).flatMap(({ row_id, look_alike, side }) => [
    row_id,
    side === "order" ? look_alike : null,
  ]);
  return [...new Set([...named, ...decisions.map(({ rowId }) => rowId)].flatMap((id) => id ?? []))];
}

/** What is no finding of the days compared was matched to the last cent, if the order was there by then. */
function isPlain(
  { run }: DoneResult,
  { facts, since, goneAt }: Side,
  { firstDay, lastDay, startedAt }: RunLine,
): boolean {
  const day = dateIn(run.settings.kept.timeZone, String(facts.placed_at));
  if (day < firstDay || day > lastDay) return false;
  return (since ?? "") <= startedAt && (goneAt === null || goneAt > startedAt);
}

function statusOf(result: DoneResult, order: Side, line: RunLine | undefined) {
  const own = ownOf(line);
  if (own) {
    const meaning = orderMeanings[own.bucket as keyof typeof orderMeanings];
    return {
      text: foundWords(own),
      meaning,
      tone: own.bucket === "matched" ? "done" : own.bucket === "excluded" ? "cancelled" : "attention",
    } as const;
  }
  if (line && isPlain(result, order, line)) {
    return { text: "Matched", meaning: "It was tracked with the value that the shop has.", tone: "done" } as const;
  }
  const meaning = "It was not among the days compared, or came in or changed after the comparison.";
  return { text: "Not compared", meaning, tone: "cancelled" } as const;
}

function findingFacts({ scope }: DoneResult, finding: Finding) {
  const { tracked_minor: tracked, tracked_currency: trackedIn, currency, amount_minor: amount } = finding;
  const keyType = finding.key_type as keyof typeof keyWords | null;
  const minutes = finding.late_minutes;
  return [
    { label: "Amount compared", value: moneyText(amount, currency, scope) },
    ...(tracked === null || trackedIn === null
      ? []
      : [{ label: "Tracked value", value: moneyText(tracked, trackedIn, scope) }]),
    ...(tracked !== null && trackedIn === currency
      ? [{ label: "Difference", value: moneyText(tracked - amount, currency, scope) }]
      : []),
    ...(keyType === null ? [] : [{ label: "Found by", value: keyWords[keyType] }]),
    ...(minutes === null ? [] : [{ label: "Tracked", value: lateText(minutes, scope.place.locale) }]),
    ...(finding.duplicates === 0
      ? []
      : [{ label: "Tracked again", value: `${finding.duplicates.toLocaleString(scope.place.locale)} more` }]),
  ];
}

function lateText(minutes: number, locale: string): string {
  if (minutes === 0) return "within a minute of the order";
  const count = Math.abs(minutes);
  return `${count.toLocaleString(locale)} ${count === 1 ? "minute" : "minutes"} ${minutes > 0 ? "after" : "before"} the order`;
}

interface Told {
  order: DecidedSide;
  line: RunLine | undefined;
  rows: readonly Side[];
}

/** Every purchase that was tracked for it, and what each is. */
function hitsOf(result: DoneResult, { line, rows }: Told) {
  const own = ownOf(line);
  return rows.flatMap((row) => {
    const finding = line?.findings.find(({ side, row_id }) => side === "row" && row_id === row.key);
    // Of an order that is no finding, what was tracked under its ids is that by which it was matched.
    const counts = own ? own.row_id === row.key : !finding;
    if (!counts && !finding) return [];
    const bucket = finding ? finding.bucket : "primary";
    return [
      {
        ...{ key: row.key, counts, href: rowPath(result, row.key), side: sideFacts(result.scope, "row", row) },
        words: rowWords[(counts ? "primary" : bucket) as keyof typeof rowWords],
        flags: flagsOf(finding?.flags ?? []),
      },
    ];
  });
}

/** What may belong to it; a person has to say so. */
function lookAlikeOf(result: DoneResult, own: Finding | undefined, rows: readonly Side[]) {
  const row = rows.find(({ key }) => key === own?.look_alike);
  return row ? { key: row.key, href: rowPath(result, row.key), side: sideFacts(result.scope, "row", row) } : null;
}

/** What a person can decide here, as things stand. */
function waysOf({ scope }: DoneResult, own: Finding | undefined, isFound: boolean) {
  const may = can(scope, "reconciliations.write");
  const isExcluded = own?.bucket === "excluded";
  return { match: may && !isExcluded, unmatch: may && isFound, aside: may && !isExcluded };
}
