import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { undoing } from "~/composition.server";
import { can } from "~/features/accounts/rights";
import { countChangedSince } from "~/features/changes/changed-since.server";
import { type HowToUndo, howToUndoNow, whatCameOfIt } from "~/features/changes/how-to-undo.server";
import { type Change, findChange } from "~/features/changes/list-changes.server";
import { ToUndo, UndoOutcome, UndoProgress } from "~/features/changes/undo-panels";
import { countTouched } from "~/features/changes/undo-figures.server";
import { countedIn, subjectOf } from "~/features/contacts/history/change-words";
import { TouchedTable } from "~/features/contacts/history/touched-table";
import { aboutUndo } from "~/features/contacts/undo/about-undo.server";
import { nothingStays, stayWords } from "~/features/contacts/undo/stay-words";
import { alongWords } from "~/features/pipeline/corrections/along-words";
import { CorrectedSince } from "~/features/pipeline/corrections/corrected-since";
import { correctionsOfChange } from "~/features/pipeline/corrections/corrections.server";
import { type Along, alongWith } from "~/features/pipeline/corrections/undone-along.server";
import { notFound, refreshAfter } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { type Scope } from "~/platform/scope.server";
import { tellChange } from "~/routes/changes/changes-told.server";
import { findLongUndo } from "~/routes/changes/long-undo.server";
import { touchedRows } from "~/routes/changes/touched.server";
import { PageHead } from "~/ui/page-head";

const REFRESH_SECONDS = 2;
const SHOWN = 50;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.what} · Changes · ${data.accountName}` : "Change" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const change = (await findChange(scope, args.params.changeSetId ?? "")) ?? notFound();
  const base = `/${scope.account.slug}`;
  const touched = await touchedRows(scope, change, SHOWN);
  const told = await tellChange(scope, change, touched);
  const next = await nextUndo(args, { scope, change, broughtBy: told.broughtBy });
  return {
    accountName: scope.account.name,
    base,
    href: `${base}/changes/${change.id}`,
    locale: scope.place.locale,
    ...{ what: told.what, broughtBy: told.broughtBy, connector: told.connector, ...next },
    line: `${told.whom ? `${told.whom}. ` : ""}${formatInstant(scope.place, change.at)}, by ${change.who ?? "Tallybook"}.`,
    cameOfIt: whatCameOfIt(scope, change),
    rootId: change.undoOf?.rootId ?? null,
    subject: subjectOf(change),
    mayUndo: can(scope, "contacts.write"),
    ...{ touched, place: scope.place },
  };
}

interface Shown {
  scope: Scope;
  change: Change;
  broughtBy: "import" | "run" | null;
}

/** How it can be undone: of what was undone and redone the last is, from the page of each. */
async function nextUndo({ request, context }: LoaderFunctionArgs, { scope, change, broughtBy }: Shown) {
  const refreshes = new URL(request.url).searchParams.get("refresh") !== "off";
  const tail = change.last ? await findChange(scope, change.last.id) : change;
  if (!tail)
    return { how: null, long: null, refreshes, ...notCounted, changedSince: null, along: null, corrections: [] };
  const how = await howToUndoNow(scope, tail, undoing);
  // What nobody has undone yet, no job has.
  const counted = (count: number) => countedIn(change, count, scope.place.locale);
  const isRedo = how.label === "Undo";
  const rootId = change.undoOf?.rootId ?? change.id;
  const long = tail.turn === 0 ? null : await findLongUndo(scope, { target: how.target, rootId, isRedo, counted });
  if (long?.isAtWork && refreshes) refreshAfter(context, REFRESH_SECONDS);
  return {
    ...{ how, long, refreshes, changedSince: await changedSince(scope, change, how) },
    ...(await aboutIt(scope, change, { how, broughtBy })),
    ...(broughtBy === "import" ? await correctionsOf(scope, { change, tail, how }) : { along: null, corrections: [] }),
  };
}

/** Those that go along with its undo; where none is undone now, or where they stay, those that there are. */
async function correctionsOf(scope: Scope, { change, tail, how }: { change: Change; tail: Change; how: HowToUndo }) {
  const along = how.whyNot ? [] : await alongWith(scope, tail);
  const areKnown = change.turn > 0 || along.length > 0 || (!how.whyNot && tail.turn === 0);
  return {
    along: told(scope, along, tail),
    corrections: areKnown ? [] : await correctionsOfChange(scope, change.id),
  };
}

function told({ place }: Scope, along: readonly Along[], change: Change) {
  const { turn } = change;
  return alongWords(along, { turn, place, counted: (count) => countedIn(change, count, place.locale) });
}

/** Of what is undone at once it is counted, so that it is known before. */
async function changedSince(scope: Scope, change: Change, how: HowToUndo): Promise<string | null> {
  if (how.whyNot || how.asks || change.last) return null;
  const count = await countChangedSince(scope, change.id);
  return count === 0 ? null : countedIn(change, count, scope.place.locale);
}

/** Beyond that it is a great many, and counting them would take longer than the page. */
const MOST_COUNTED = 10_000;

/** What a job would go through is counted before: the same contacts that its end will tell of. */
async function aboutIt(
  scope: Scope,
  change: Change,
  { how, broughtBy }: { how: HowToUndo; broughtBy: Shown["broughtBy"] },
): Promise<{ about: string | null; stays: string[]; isUntouched: boolean }> {
  if (how.whyNot || !how.asks) return notCounted;
  const { locale } = scope.place;
  const { touched, made, isAll, ...rests } = await figuresOf(scope, change);
  const counted = (count: number) => countedIn(change, count, locale);
  if (!isAll) return { ...notCounted, about: `It is about ${counted(touched)} at the least.` };
  if (broughtBy === null || made === 0) return { about: `It is about ${counted(touched)}.`, ...rests };
  const rest = otherWords(touched - made, { isOfContacts: subjectOf(change).kind === "contact", locale });
  return { about: `It made ${counted(made)}${rest}.`, ...rests };
}

/** Only contacts have to do with each other. */
function otherWords(count: number, { isOfContacts, locale }: { isOfContacts: boolean; locale: string }): string {
  if (count === 0) return "";
  const others = count === 1 ? "1 other" : `${count.toLocaleString(locale)} others`;
  return `, and changed ${isOfContacts ? "or related " : ""}${others}`;
}

const notCounted = { about: null, stays: [], isUntouched: false };

/** What would stay is told of contacts alone. */
async function figuresOf(scope: Scope, change: Change) {
  const { kind } = subjectOf(change);
  if (kind !== "contact") {
    return { stays: [], isUntouched: false, ...(await countTouched(scope, change.id, { most: MOST_COUNTED })) };
  }
  const found = await aboutUndo(scope, change.id, { most: MOST_COUNTED });
  const { touched, made, isAll, stays } = found;
  return { touched, made, isAll, stays: stayWords(found, scope.place.locale), isUntouched: nothingStays(stays) };
}

export default function ChangeDetail() {
  const { base, what, line, touched, rootId, place, corrections, along, subject } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={what} line={line} back={{ href: `${base}/changes`, label: "Changes" }} />
      <UndoPanel />
      {along ? null : <CorrectedSince {...{ base, place, corrections }} />}
      {rootId ? (
        <p className="mt-3">
          <a href={`${base}/changes/${rootId}`}>See what was done first</a>
        </p>
      ) : null}
      {touched.length > 0 ? <TouchedTable {...{ touched }} one={subject.one} isAll={touched.length < SHOWN} /> : null}
    </>
  );
}

function UndoPanel() {
  const { how, long, mayUndo, base, href, locale, refreshes, cameOfIt } = useLoaderData<typeof loader>();
  const own = { base: `${base}/changes/${how?.target}/undo`, mayUndo, locale };
  if (long?.isAtWork) {
    const refresh = { on: refreshes, href: refreshes ? `${href}?refresh=off` : href };
    return <UndoProgress undo={long} {...own} refresh={refresh} />;
  }
  return (
    <>
      {cameOfIt ? <p className="mb-3">{cameOfIt}.</p> : null}
      <NextUndo />
      {long ? <UndoOutcome undo={long} {...own} /> : null}
    </>
  );
}

function NextUndo() {
  const { how, mayUndo, broughtBy, subject, connector, base, changedSince, along, ...counted } =
    useLoaderData<typeof loader>();
  const { about, stays, isUntouched } = counted;
  if (!how) return null;
  if (how.whyNot) return <p className="quiet mb-3">{how.whyNot}.</p>;
  if (!mayUndo) return null;
  const asks = how.asks || changedSince !== null;
  return (
    <ToUndo
      {...{ broughtBy, connector, about, stays, isUntouched, changedSince, asks, along, label: how.label }}
      many={subject.many}
      action={`${base}/changes/${how.target}/undo`}
    />
  );
}
