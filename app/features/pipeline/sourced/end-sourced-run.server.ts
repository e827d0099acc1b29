import { recordEvent } from "~/features/audit/audit.server";
import { closeChangeSet } from "~/features/changes/changes.server";
import "~/features/changes/tables";
import { say } from "~/features/pipeline/run/open-run.server";
import { remarkSentences } from "~/features/pipeline/run/remarks";
import { storedSentence } from "~/features/pipeline/run/run";
import { saidOf } from "~/features/pipeline/rules/rules";
import { besideSentence } from "~/features/pipeline/subject-beside";
import { advanceSourced, type OpenStream, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import {
  countSaid,
  receiptSentence,
  type StreamFacts,
  takenSentence,
  whatIsWrong,
} from "~/features/pipeline/sourced/receipt";
import { type BrakeQuestion, type RecordSource, type SourceEnd } from "~/features/pipeline/sourced/source";
import { type AnySubject } from "~/features/pipeline/subject";
import { countSeen, nothingSeen } from "~/features/pipeline/sourced/seen";
import { forgetSeen, storedSeen } from "~/features/pipeline/sourced/seen-records.server";
import { countStanding } from "~/features/pipeline/sourced/source-records.server";
import "~/features/pipeline/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface SourcedEnd {
  state: SourceEnd["state"];
  problem?: string;
  reference?: string;
  grantEnded?: string | null;
}

/**
 * Ends a run of a connector: its receipt, its state, its last words, and the one audit event of all it did. It is done only
 * if its numbers add up and nobody has to be asked.
 */
export async function endSourcedRun(
  scope: Scope,
  run: SourcedRun,
  source: Pick<RecordSource, "ends" | "ended">,
  end: SourcedEnd,
): Promise<void> {
  const isWell = end.state === "done";
  const streams = await streamFacts(scope, run, isWell);
  const wrong = isWell ? whatIsWrong({ counts: run.counts, streams }, scope.place.locale) : [];
  const question = isWell ? questionOf(run) : null;
  const state = isWell ? stateOf(run, wrong, question) : end.state;
  await inTransaction(scope, async (scope) => {
    await source.ends(scope);
    await advanceSourced(scope, run, {});
    await forgetSeen(scope, run.id);
    const words = lastWords(scope, run, { end, streams, wrong, question });
    await say(scope, run.id, ...words);
    const isEmpty = run.checkpoint.entries === 0 && run.checkpoint.position === 0;
    await scope.db
      .updateTable("runs")
      .set({
        ...{ state, finished_at: scope.clock.now(), problem: end.problem ?? (wrong.join(" ") || null) },
        problem_reference: end.reference ?? null,
        source_count: isWell ? countSaid(streams) : null,
        asking_since: question ? scope.clock.now() : null,
        stored_count: streams.reduce((sum, stream) => sum + stream.now, 0),
        ...(isEmpty ? { change_set_id: null } : {}),
      })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", run.id)
      .execute();
    await tell(scope, run, { isEmpty });
    const { grantEnded = null } = end;
    await source.ended(scope, { runId: run.id, startedAt: run.startedAt, state, grantEnded, question });
  });
  scope.log.info({ runId: run.id, status: state, rows: run.counts.read, refused: run.counts.refused }, "Run ended");
}

/** A run that changed nothing is no change that could be undone. */
async function tell(scope: Scope, run: SourcedRun, { isEmpty }: { isEmpty: boolean }): Promise<void> {
  const action = run.streams[0]?.sourced.action ?? "";
  if (isEmpty) {
    await scope.db
      .deleteFrom("change_sets")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", run.changeSetId)
      .execute();
    return;
  }
  const eventId = await recordEvent(scope, {
    action,
    subject: { runId: run.id, changeSetId: run.changeSetId, connectorId: run.connectorId },
    counts: { ...run.counts, ...run.checkpoint.beside },
  });
  await closeChangeSet(scope, run.changeSetId, eventId);
}

/** `isCounted`: also by looking, where a stream was read whole. */
async function streamFacts(scope: Scope, run: SourcedRun, isCounted: boolean): Promise<StreamFacts[]> {
  const facts: StreamFacts[] = [];
  for (const stream of run.streams) {
    const counts = run.checkpoint.streams[stream.id];
    if (!counts) continue;
    const { read, said, before, now, standing, isWhole } = counts;
    const found = isCounted && isWhole ? await findStanding(scope, run, stream) : null;
    facts.push({
      noun: stream.noun,
      isComplete: isWhole && stream.start === null,
      read,
      said,
      before,
      now,
      standing,
      found,
    });
  }
  return facts;
}

async function findStanding(scope: Scope, run: SourcedRun, stream: OpenStream) {
  const seen = (await storedSeen(scope, run.id)).get(stream.id) ?? nothingSeen;
  return { ...(await countStanding(scope, { run, streamId: stream.id })), seen: countSeen(seen) };
}

function questionOf(run: SourcedRun): BrakeQuestion | null {
  const asked = Object.values(run.checkpoint.streams).filter(({ question }) => question !== null);
  if (asked.length === 0) return null;
  const sum = (pick: (stream: (typeof asked)[number]) => number) =>
    asked.reduce((total, stream) => total + pick(stream), 0);
  return {
    kind: asked.some(({ question }) => question?.kind === "nothing") ? "nothing" : "much",
    gone: sum(({ question }) => question?.gone ?? 0),
    blanked: sum(({ question }) => question?.blanked ?? 0),
    known: sum(({ before }) => before),
  };
}

function stateOf(run: SourcedRun, wrong: readonly string[], question: BrakeQuestion | null) {
  return wrong.length > 0 || question || isNothingTaken(run.counts) ? "attention" : "done";
}

/** Of a whole source that is a sign that something is wrong; of what was refused before, that nobody has mended it yet. */
const isNothingTaken = ({ read, refused }: SourcedRun["counts"]) => read > 0 && read === refused;

interface Words {
  end: SourcedEnd;
  streams: readonly StreamFacts[];
  wrong: readonly string[];
  question: BrakeQuestion | null;
}

/** They are kept, so their numbers are written as the account writes them, whoever reads. */
function lastWords(scope: Scope, run: SourcedRun, { end, streams, wrong, question }: Words): string[] {
  const { locale } = scope.account;
  const { counts } = run;
  const remarks = run.streams[0] ? remarksOf(run, run.streams[0].of, locale) : [];
  const receipt = run.settings.takesAway
    ? takenSentence({ counts, streams }, locale, run.checkpoint)
    : receiptSentence({ counts, streams }, locale);
  if (end.state === "failed") {
    return [end.problem ?? "It could not be carried out.", storedSentence(counts, locale), ...remarks];
  }
  if (end.state === "cancelled") return [receipt, ...remarks, `Cancelled. ${storedSentence(counts, locale)}`];
  const asks = question
    ? [`${questionSentence(question, locale)} Nothing of that is followed until somebody answers.`]
    : [];
  const lastWord = isNothingTaken(counts) ? "Ended, but no record could be taken." : "Done.";
  return [receipt, ...remarks, ...wrong, ...asks, ...(wrong.length > 0 || question ? [] : [lastWord])];
}

function remarksOf({ checkpoint: { beside, remarks } }: SourcedRun, subject: AnySubject, locale: string): string[] {
  const sentence = besideSentence(beside, { noun: subject.noun, locale });
  const told = remarkSentences(subject, locale, remarks).map((text) => saidOf("record", text));
  return [...(sentence === null ? [] : [sentence]), ...told];
}

/** What the brake saw, in words with numbers. */
export function questionSentence({ kind, gone, blanked, known }: BrakeQuestion, locale: string): string {
  const number = (count: number) => count.toLocaleString(locale);
  if (kind === "nothing") return `The source shows no records at all, where there were ${number(known)}.`;
  const parts = [
    ...(gone > 0 ? [`${number(gone)} of ${number(known)} records are gone at the source`] : []),
    ...(blanked > 0 ? [`${number(blanked)} of ${number(known)} would lose what stood in some field`] : []),
  ];
  return `${parts.join(", and ")}.`;
}
