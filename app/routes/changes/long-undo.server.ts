import { undoing } from "~/composition.server";
import { CAME_AGAIN } from "~/features/changes/how-to-undo.server";
import { findUndo, listLeftAlone } from "~/features/changes/list-changes.server";
import { countLeft } from "~/features/changes/undo-figures.server";
import { listGroup } from "~/features/changes/undo-group.server";
import { type LongUndo } from "~/features/changes/undo-panels";
import { namesOfContacts } from "~/features/contacts/history/touched-contacts.server";
import { runsOfChanges } from "~/features/pipeline/run/undo-run.server";
import { type Scope } from "~/platform/scope.server";

const SHOWN = 50;

type Found = NonNullable<Awaited<ReturnType<typeof findUndo>>>;
type InGroup = Awaited<ReturnType<typeof listGroup>>[number];

/** "348 contacts" */
type Counting = (count: number) => string;

/** The job that wrote this undo, in words; null: it was none. */
export async function findLongUndo(
  scope: Scope,
  { target, rootId, isRedo, counted }: { target: string; rootId: string; isRedo: boolean; counted: Counting },
): Promise<LongUndo | null> {
  const undo = await findUndo(scope, target);
  if (!undo) return null;
  const { isStopping, isAgain, left } = undo;
  const group = undo.groupId === null || isAgain ? [] : await listGroup(scope, undo.groupId);
  const others = group.filter(({ id }) => id !== undo.id);
  const isUnfinished = undo.state === "failed";
  return {
    ...{ isRedo, isStopping, isAgain, left, ...progressOf(undo, others) },
    isUnfinished,
    whyNotOn: isRedo && isUnfinished ? await whyNotOn(scope, rootId) : null,
    undoneText: await undoneText(scope, undo, { ownChangeSetId: target, counted }),
    leftAlone: left === 0 ? [] : await leftAlone(scope, undo.id),
    canTakeRest: left > 0 && (!undo.editedToo || (undo.isOfOwn && !scope.ownOnly)),
    together: await toldTogether(scope, others, counted),
  };
}

/** By the rule that going on goes by. */
async function whyNotOn(scope: Scope, rootId: string): Promise<string | null> {
  return (await undoing.cameAgain(scope, rootId)) ? CAME_AGAIN : null;
}

/** "348 contacts; of 56 of these something was left as it is". */
async function undoneText(
  scope: Scope,
  undo: Found,
  { ownChangeSetId, counted }: { ownChangeSetId: string; counted: Counting },
): Promise<string> {
  const { locale } = scope.place;
  const undone = counted(undo.undone);
  if (undo.left === 0) return undone;
  const { left, partly } = await countLeft(scope, { undoId: undo.id, ownChangeSetId });
  const wholly = left - partly;
  return [
    undone,
    ...(partly > 0 ? [`of ${partly.toLocaleString(locale)} of these something was left as it is`] : []),
    ...(wholly > 0 ? [`${wholly.toLocaleString(locale)} left as ${wholly === 1 ? "it is" : "they are"}`] : []),
  ].join("; ");
}

/** Of all that were asked for in one go. */
function progressOf(undo: Found, others: readonly InGroup[]) {
  const sum = (of: "done" | "entries") => others.reduce((total, other) => total + other[of], undo[of]);
  const isAtWork = undo.isAtWork || others.some(({ state }) => state === "queued" || state === "running");
  return { isAtWork, done: sum("done"), entries: sum("entries") };
}

async function toldTogether(
  scope: Scope,
  others: readonly InGroup[],
  counted: Counting,
): Promise<LongUndo["together"]> {
  const { locale } = scope.place;
  const roots = others.map(({ rootId }) => rootId);
  const runs = await runsOfChanges(scope, roots);
  return others.map(({ ownId, rootId, state, undone, left }) => ({
    href: `/${scope.account.slug}/changes/${ownId}`,
    fileName: runs.get(rootId)?.name ?? "",
    undoneText: counted(undone),
    left: left.toLocaleString(locale),
    hasLeft: left > 0,
    isUnfinished: state === "failed",
  }));
}

async function leftAlone(scope: Scope, undoId: string): Promise<LongUndo["leftAlone"]> {
  const left = await listLeftAlone(scope, undoId, SHOWN);
  const ids = left.map(({ subjectId }) => subjectId);
  const names = await namesOfContacts(scope, ids);
  return left.map(({ ordinal, subjectId, what, why }) => ({
    key: String(ordinal),
    href: names.get(subjectId)?.isThere ? `/${scope.account.slug}/contacts/${subjectId}` : null,
    name: names.get(subjectId)?.name ?? (scope.ownOnly ? "A contact that is not yours" : null),
    what: what.charAt(0).toLowerCase() + what.slice(1),
    why: why ?? "it was changed since",
  }));
}
