import { findUndo, listLeftAlone } from "~/features/changes/list-changes.server";
import { type LongUndo } from "~/features/changes/undo-panels";
import { countedContacts } from "~/features/contacts/contact";
import { namesOfContacts } from "~/features/contacts/history/touched-contacts.server";
import { type Scope } from "~/platform/scope.server";

const SHOWN = 50;

/** The job that wrote this undo, in words; null: it was none. */
export async function findLongUndo(
  scope: Scope,
  { target, isRedo }: { target: string; isRedo: boolean },
): Promise<LongUndo | null> {
  const undo = await findUndo(scope, target);
  if (!undo) return null;
  const { isAtWork, isStopping, isAgain, done, entries, left } = undo;
  return {
    ...{ isRedo, isAtWork, isStopping, isAgain, done, entries, left },
    isUnfinished: undo.state === "failed",
    undoneText: countedContacts(undo.undone, scope.place.locale),
    leftAlone: await leftAlone(scope, undo.id),
    canTakeRest: left > 0 && !undo.editedToo && !scope.ownOnly,
  };
}

async function leftAlone(scope: Scope, undoId: string): Promise<LongUndo["leftAlone"]> {
  const left = await listLeftAlone(scope, undoId, SHOWN);
  const ids = left.map(({ subjectId }) => subjectId);
  const names = await namesOfContacts(scope, ids);
  return left.map(({ ordinal, subjectId, what, why }) => ({
    key: String(ordinal),
    href: names.get(subjectId)?.isThere ? `/${scope.account.slug}/contacts/${subjectId}` : null,
    name: names.get(subjectId)?.name ?? null,
    what: what.charAt(0).toLowerCase() + what.slice(1),
    why: why ?? "it was changed since",
  }));
}
