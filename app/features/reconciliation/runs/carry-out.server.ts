/** Carries a comparison out: reads both sides, compares them, keeps what it found. Nothing of it is seen before its end. */
import { recordEvent } from "~/features/audit/audit.server";
import { basisShares, type BasisShare } from "~/features/reconciliation/basis/detect-basis";
import { TooLargeError } from "~/features/reconciliation/columns/safe-minor";
import { compare } from "~/features/reconciliation/compare/compare";
import { resultHash } from "~/features/reconciliation/compare/result-hash";
import { type Settings } from "~/features/reconciliation/compare/settings";
import { standingDecisions } from "~/features/reconciliation/decisions/decisions.server";
import { figuresOf } from "~/features/reconciliation/figures/kept-figures";
import { summaryOf } from "~/features/reconciliation/figures/run-summary";
import { trendOf } from "~/features/reconciliation/figures/trend";
import { explainGaps } from "~/features/reconciliation/gaps/explain-gaps";
import { type Providers } from "~/features/connectors/connector";
import { countOf } from "~/features/pipeline/run/import-words";
import { mailDueReports } from "~/features/reconciliation/report/mail-report.server";
import { findingsOf } from "~/features/reconciliation/runs/findings-of";
import { wereReadSince } from "~/features/reconciliation/runs/at-work.server";
import { hasDeleted, knownDays } from "~/features/reconciliation/runs/known-days.server";
import {
  advance,
  ComparisonCancelled,
  ComparisonTakenError,
  type OpenComparison,
  openComparison,
  removeFindings,
  say,
  writeFindings,
} from "~/features/reconciliation/runs/open-comparison.server";
import { type ReadBooks, readBooks } from "~/features/reconciliation/runs/read-books.server";
import { tellGap } from "~/features/reconciliation/runs/tell-gap.server";
import { tellComparison } from "~/features/reconciliation/runs/tell-comparison.server";
import { comparisonSettings, incompleteDays } from "~/features/reconciliation/runs/run-settings";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

interface World {
  providers: Providers;
  /** It ends early, to be called again, when this aborts. */
  signal: AbortSignal;
}

const DELETED = "One of its connectors was deleted. Choose which sources are compared, then run it again.";
const MOVED = "A source was being brought in while it was compared: compare again when that is done.";
const TOO_LARGE = "An order comes to more than can be compared exactly.";

/** From the beginning, whatever an earlier worker had done. Throws what is a bug or an outage. */
export async function carryOut(scope: Scope, runId: string, world: World): Promise<void> {
  const run = await openComparison(scope, runId);
  if (!run) return;
  await say(scope, runId, run.epoch === 1 ? "Started." : "Begun anew, after it was interrupted.");
  try {
    await removeFindings(scope, run);
    await compareAndKeep(scope, run, world);
  } catch (error) {
    if (error instanceof ComparisonTakenError) {
      return scope.log.warn({ runId }, "Left the comparison to the worker that took it up");
    }
    if (error instanceof ComparisonCancelled) return throwAway(scope, run, { state: "cancelled" });
    if (error instanceof TooLargeError) return throwAway(scope, run, { state: "failed", problem: TOO_LARGE });
    throw error;
  }
}

async function compareAndKeep(scope: Scope, run: OpenComparison, { providers, signal }: World): Promise<void> {
  const { kept, sources, analyticsOrigin } = run.settings;
  if (await hasDeleted(scope, [...sources.map(({ origin }) => origin), analyticsOrigin])) {
    return throwAway(scope, run, { state: "failed", problem: DELETED });
  }
  const known = await knownDays(scope, analyticsOrigin, providers);
  const settings = comparisonSettings(kept, {
    ...{ firstDay: run.firstDay, lastDay: run.lastDay, now: run.startedAt },
    incompleteDays: incompleteDays(run, known.days),
    decisions: await standingDecisions(scope, run.reconciliationId),
  });
  const since = scope.clock.now();
  const read = await readBooks(scope, run, signal);
  const changed = (await wereReadSince(scope, [...sources.map(({ origin }) => origin), analyticsOrigin], since))
    ? [MOVED]
    : [];
  const { comparison, shares } = compared(read, settings, kept.basis === null);
  const gaps = explainGaps(comparison);
  const figures = figuresOf(comparison, { gaps, shares });
  const trend = trendOf(comparison);
  const findings = await writeFindings(scope, run, { findings: findingsOf(comparison, gaps), signal });
  const { locale } = scope.account;
  const sentences = [
    ...[...readSentences(read, locale), ...dayWords(settings, known.timeZone, locale), ...changed],
    `Kept ${countOf(findings, "finding", locale)}. Done.`,
  ];
  await inTransaction(scope, async (scope) => {
    await advance(scope, run, { finding_count: findings });
    await say(scope, run.id, ...sentences);
    const kept = {
      figures: toJson({ ...figures }),
      summary: toJson({ ...summaryOf(figures) }),
      trend: toJson({ ...trend }),
    };
    const result = { ...kept, hash: resultHash(comparison) };
    await end(scope, run, { state: "done", ...result });
    await tellGap(scope, run, trend);
    await mailDueReports(scope, run);
  });
  scope.log.info({ runId: run.id, status: "done", rows: findings }, "Comparison ended");
}

/** Values play no part in pairing: on which basis they are compared is seen from the pairs. */
function compared({ books }: ReadBooks, settings: Settings, findsBasis: boolean) {
  const comparison = compare(books, settings);
  if (!findsBasis) return { comparison, shares: [] as BasisShare[] };
  const shares = basisShares(books, comparison.pairs);
  const basis = shares.find(({ equal }) => equal > 0)?.basis ?? settings.basis;
  return { comparison: basis === settings.basis ? comparison : compare(books, { ...settings, basis }), shares };
}

/** Kept with the run, so their numbers are written as the account writes them, whoever reads. */
function readSentences({ books, unfit }: ReadBooks, locale: string): string[] {
  const of = (orders: number, rows: number) =>
    `${countOf(orders, "order", locale)} and ${countOf(rows, "tracked purchase", locale)}`;
  const told = [`Read ${of(books.orders.length, books.transactions.length)}.`];
  if (unfit.orders + unfit.rows > 0) {
    told.push(`Left out ${of(unfit.orders, unfit.rows)} that cannot be compared exactly.`);
  }
  return told;
}

function dayWords({ incompleteDays, timeZone }: Settings, propertyZone: string | null, locale: string): string[] {
  const told: string[] = [];
  if (incompleteDays.length > 0) {
    const days = countOf(incompleteDays.length, "day", locale);
    told.push(`The analytics has not told everything of ${days}, so nothing then is called missing.`);
  }
  if (propertyZone !== null && propertyZone !== timeZone) {
    told.push(`The analytics keeps its days in ${propertyZone}, and the comparison in ${timeZone}.`);
  }
  return told;
}

interface End {
  state: "done" | "failed" | "cancelled";
  figures?: string;
  summary?: string;
  trend?: string;
  hash?: string;
  problem?: string;
  problem_reference?: string;
}

async function throwAway(scope: Scope, run: OpenComparison, how: End): Promise<void> {
  await removeFindings(scope, run);
  await inTransaction(scope, async (scope) => {
    const word = how.state === "cancelled" ? "Cancelled. Nothing of it is kept." : how.problem;
    await say(scope, run.id, word ?? "It could not be carried out.");
    await end(scope, run, how);
  });
}

/** In the caller's transaction. @throws ComparisonTakenError when it is no longer this worker's. */
async function end(scope: Scope, run: OpenComparison, how: End): Promise<void> {
  const row = await scope.db
    .updateTable("comparison_runs")
    .set({ ...how, finished_at: scope.clock.now(), ...(how.state === "done" ? {} : { finding_count: 0 }) })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", run.id)
    .where("lease_epoch", "=", run.epoch)
    .where("state", "=", "running")
    .returning("finding_count")
    .executeTakeFirst();
  if (!row) throw new ComparisonTakenError("Another worker has taken this comparison up");
  if (how.state !== "cancelled") await tellComparison(scope, run, how.state);
  await recordEvent(scope, {
    action: `comparison.${how.state === "cancelled" ? "stopped" : how.state}`,
    subject: { reconciliationId: run.reconciliationId, runId: run.id },
    counts: { findings: row.finding_count },
  });
}

const OUR_FAULT = "It stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference.";

/** Ends one that was tried as often as it should be. */
export async function giveUpComparison(scope: Scope, runId: string): Promise<void> {
  const run = await openComparison(scope, runId);
  if (!run) return;
  await throwAway(scope, run, { state: "failed", problem: OUR_FAULT, problem_reference: scope.requestId });
}
