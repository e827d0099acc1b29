/** What a connector's own page shows. */
import { subjects } from "~/composition.server";
import { type Provider, type Providers } from "~/features/connectors/connector";
import { shownState } from "~/features/connectors/connector-state";
import { type WholeConnector } from "~/features/connectors/find-whole-connector.server";
import { streamsOf } from "~/features/connectors/streams-of";
import { type ConnectorRunLine, listRunsOfConnector } from "~/features/pipeline/run/connector-runs.server";
import { scheduleWords } from "~/features/connectors/schedule/schedule-words";
import { nextStep } from "~/features/connectors/set-up-state";
import { rulesSentence, saidOf } from "~/features/pipeline/rules/rules";
import { isAtWork } from "~/features/pipeline/run/run";
import { type AnySubject } from "~/features/pipeline/subject";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, formatShortDate, type Place } from "~/platform/time";
import { nextWords } from "~/routes/connectors/list.server";
import { logoPath } from "~/routes/connectors/paths";
import { runView, standingOf } from "~/routes/connectors/standing";
import { isConnected, requireWhole } from "~/routes/connectors/connector/whole.server";

const RUNS_SHOWN = 10;

export async function loadConnector(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider, system, page } = await requireWhole(args, providers);
  const { place, account } = scope;
  const runs = await listRunsOfConnector(scope, connector.id, RUNS_SHOWN);
  const [last = null] = runs;
  const { state } = connector;
  const isByKey = provider?.access.kind === "key";
  return {
    ...{ firm: account.name, account: `/${account.slug}`, page, system, state },
    allRunsHref: `/${account.slug}/runs?of=${connector.id}`,
    ...{ name: connector.name, whose: connector.whose, refused: connector.refused, locale: place.locale },
    facts: factWords(connector),
    logo: provider?.logo ? logoPath(account.slug, provider.id) : null,
    isOffered: provider !== null,
    left: leftWords(runs, place),
    ...{ isByKey, standing: standingOf(shownState(connector), last, { isByKey }) },
    atWork: last && isAtWork(last.state) ? `/${account.slug}/imports/${last.id}` : null,
    step: provider ? nextStep(setUpFacts(connector, provider)) : null,
    next: nextWords(place, connector),
    often: scheduleWords(connector.schedule),
    isWholeNext: connector.isWholeNext,
    runs: runs.map((run) => runView(run, place)),
    ...toldView(connector, place),
    ...(await chosenView(scope, connector, provider)),
  };
}

/** What a comparison goes by, in sentences. */
function factWords({ facts }: WholeConnector): string[] {
  if (!facts) return [];
  const { timeZone, currency, daysShown } = facts;
  return [
    ...(timeZone ? [`Its days are those of ${zoneWords(timeZone)}.`] : []),
    ...(currency ? [`Its books are kept in ${currency}.`] : []),
    ...(daysShown ? [`Only the last ${daysShown} days are shown to this connection.`] : []),
  ];
}

function zoneWords(timeZone: string): string {
  return timeZone.replaceAll("_", " ");
}

/** What is here of what was read, once it is disconnected. `runs`: the newest first. */
export function leftWords(
  runs: readonly Pick<ConnectorRunLine, "takesAway" | "state" | "isUndone" | "gone">[],
  { locale }: Place,
): string {
  const reading = runs.findIndex(({ takesAway }) => !takesAway);
  const takings = reading < 0 ? runs : runs.slice(0, reading);
  const gone = takings.reduce((sum, run) => sum + (run.isUndone ? 0 : run.gone), 0);
  const isAll = takings[0]?.state === "done" && takings.every(({ isUndone }) => !isUndone);
  if (isAll) return "What was read was taken away.";
  if (gone === 0) return "What was read stays.";
  const records = gone === 1 ? "1 record was" : `${gone.toLocaleString(locale)} records were`;
  return `Of what was read, ${records} taken away; the rest stays.`;
}

/** By whom is not known of those of before it was kept. */
const DISCONNECTED = "It was disconnected.";

/** What was asked, how its access ended, and how it was tested last. */
function toldView({ asking, grant, test, disconnectedAt, disconnectedWhy }: WholeConnector, place: Place) {
  const endedAt = grant?.endedAt ?? disconnectedAt;
  return {
    question: asking && { words: asking.words, at: formatInstant(place, asking.at) },
    ended: endedAt && { at: formatInstant(place, endedAt), why: grant?.endedWhy ?? disconnectedWhy ?? DISCONNECTED },
    test: test && { at: formatInstant(place, test.at), problem: test.problem },
  };
}

export type ConnectorView = Awaited<ReturnType<typeof loadConnector>>;

function setUpFacts(connector: WholeConnector, provider: Provider) {
  const { selection, mapping, hasRules, hasSchedule } = connector;
  return {
    ...{ isConnected: isConnected(connector, provider), hasRules, hasSchedule },
    isSelected: Object.keys(selection).length > 0,
    isMapped: Object.keys(mapping).length > 0,
  };
}

/** What is read and where it goes, by stream, and how it is written. */
async function chosenView(scope: Scope, connector: WholeConnector, provider: Provider | null) {
  const { place } = scope;
  const { selection, mapping, rules } = connector;
  const known = (provider ? streamsOf(provider, connector) : []).filter(({ id }) => selection[id]);
  const subjectsOf = new Map<string, AnySubject>();
  for (const id of new Set(known.map(({ subject }) => subject))) {
    const subject = subjects[id];
    if (subject) subjectsOf.set(id, await subjectFor(scope, subject));
  }
  const streams = known.map(({ id, noun, subject }) => {
    const { fields = [], start = null } = selection[id] ?? {};
    const { columns = [], fields: goes = [] } = mapping[id] ?? {};
    const labels = new Map(subjectsOf.get(subject)?.fields.map((field) => [field.id, field.label]));
    return {
      ...{ id, noun: noun.many, count: fields.length },
      from: start === null ? null : formatShortDate(place, start),
      goes: byTarget(columns.map(({ label }, index) => ({ label, to: labels.get(goes[index] ?? "") ?? null }))),
    };
  });
  const written = [...subjectsOf].map(([id, subject]) => {
    const mapped = known
      .filter((stream) => stream.subject === id)
      .flatMap((stream) => mapping[stream.id]?.fields ?? []);
    return saidOf("record", rulesSentence(subject, rules.writing, mapped));
  });
  return { streams, written, brake: { share: rules.askShare, atLeast: rules.askAtLeast } };
}

/** By what they go to, in the order of the columns; what goes nowhere stands last. Several emails have columns of their own. */
function byTarget(
  columns: readonly { label: string; to: string | null }[],
): { to: string | null; columns: string[] }[] {
  const found = new Map<string | null, string[]>();
  for (const { label, to } of columns) found.set(to, [...(found.get(to) ?? []), label]);
  const all = [...found].map(([to, columns]) => ({ to, columns }));
  return [...all.filter(({ to }) => to !== null), ...all.filter(({ to }) => to === null)];
}
