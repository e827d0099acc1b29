/** Corrections of an import's refused rows, which are undone and redone with it in one go by choice. */
import { type Change, findChange, findUndo } from "~/features/changes/list-changes.server";
import { listGroup } from "~/features/changes/undo-group.server";
import { countedContacts } from "~/features/contacts/contact";
import { correctionsOfChange } from "~/features/pipeline/corrections/corrections.server";
import { filesOfChanges } from "~/features/pipeline/run/undo-run.server";
import { type Scope } from "~/platform/scope.server";
import { formatDate } from "~/platform/time";

export interface Along {
  /** The change set to undo. */
  id: string;
  /** "20 rows on 3 May 2026 as “Clients.xlsx”" */
  text: string;
  count: number;
}

/** What can be undone in one go with a change that was done, undone or redone: in the order in which it was done. */
export async function alongWith(scope: Scope, change: Change): Promise<Along[]> {
  return change.turn === 0 ? correctionsAlong(scope, change) : undoneAlong(scope, change);
}

async function correctionsAlong(scope: Scope, { id }: Change): Promise<Along[]> {
  const { place } = scope;
  const along: Along[] = [];
  for (const { changeSetId, fileName, at, took } of await correctionsOfChange(scope, id)) {
    const last = (await findChange(scope, changeSetId))?.last;
    const rows = `${took.toLocaleString(place.locale)} ${took === 1 ? "row" : "rows"}`;
    const text = `${rows} on ${formatDate(place, at)} as “${fileName}”`;
    along.push({ id: last?.id ?? changeSetId, text, count: took });
  }
  return along;
}

async function undoneAlong(scope: Scope, { id }: Change): Promise<Along[]> {
  const undo = await findUndo(scope, id);
  if (!undo?.groupId) return [];
  const others = (await listGroup(scope, undo.groupId)).filter((other) => other.id !== undo.id && other.undone > 0);
  const along: Along[] = [];
  for (const { ownId, undone } of others) {
    if ((await findChange(scope, ownId))?.undone !== null) continue;
    const text = `${countedContacts(undone, scope.place.locale)} of “${await fileOf(scope, ownId)}”`;
    along.push({ id: ownId, text, count: undone });
  }
  return along;
}

/** What is asked of them; null: there are none. */
export function alongWords(along: readonly Along[], turn: number): { label: string; hint: string } | null {
  if (along.length === 0) return null;
  const which = along.map(({ text }) => text).join("; ");
  if (turn % 2 === 1) return { label: "Bring the corrections back, too", hint: `They were undone with it: ${which}.` };
  const count = along.reduce((total, each) => total + each.count, 0);
  const came = turn > 0 ? "came back with it" : "came in afterwards";
  const rows = count === 1 ? "1 corrected row" : `${count} corrected rows`;
  return {
    label: "Undo the corrections, too",
    hint: turn > 0 ? `They ${came}: ${which}.` : `${rows} ${came}: ${which}.`,
  };
}

/** The file that was brought in at the beginning of a change's line. */
export async function fileOf(scope: Scope, changeSetId: string): Promise<string> {
  const change = await findChange(scope, changeSetId);
  const rootId = change?.undoOf?.rootId ?? changeSetId;
  return (await filesOfChanges(scope, [rootId])).get(rootId) ?? "";
}
