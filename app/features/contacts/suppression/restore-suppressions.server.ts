/** Takes back that a value was put on the suppression list or taken off it. A person undoes only what they did themselves. */
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { reasonNames, suppressedNames } from "~/features/contacts/suppression/suppression";
import {
  entryOf,
  findRow,
  type SuppressionRow,
  type SuppressionState,
  stateOf,
} from "~/features/contacts/suppression/suppression-rows.server";
import { valueKey } from "~/features/contacts/suppression/suppression-hash.server";
import { serveSuppressed } from "~/features/contacts/suppression/serve-suppressed.server";
import { askToMarkAgain, insert, lift } from "~/features/contacts/suppression/suppressions.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const UNDONE = "Undone";

/** No entry is taken out of the list or opened again: it is lifted, or stands there anew. */
export async function restoreSuppressions(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  for (const entry of entries) {
    const sides = { before: entry.before as State, after: entry.after as State };
    const row = await findRow(scope, sides.after?.id ?? "");
    if (!row) {
      back.leftAlone.push({ subjectId: entry.subjectId, name: null, what: "" });
      continue;
    }
    const written = await restoreOne(scope, row, sides);
    if (typeof written !== "string") back.entries.push(written);
    else back.leftAlone.push({ subjectId: entry.subjectId, ...names(row), why: written || undefined });
  }
  return back;
}

type State = SuppressionState | null;

interface Sides {
  before: State;
  after: State;
}

/** What changed; or why nothing did, "" where it was simply changed since. */
async function restoreOne(scope: Scope, row: SuppressionRow, sides: Sides): Promise<WrittenEntry | string> {
  if (JSON.stringify(stateOf(row)) !== JSON.stringify(inOrder(sides.after))) return "";
  if (row.lifted_at !== null) return putAgain(scope, row);
  if (!isOwn(scope, sides)) return "somebody else put it there; an administrator can take it off";
  return entryOf(row.id, row, await lift(scope, row, UNDONE));
}

/** Their own entry, or one that they had taken off themselves before. */
function isOwn({ user }: Scope, { before, after }: Sides): boolean {
  return user !== null && [after?.notedBy, before?.liftedBy].includes(user.id);
}

async function putAgain(scope: Scope, row: SuppressionRow): Promise<WrittenEntry | string> {
  if (row.value === null) return "the address itself was erased since";
  const anew = { ...row, id: newId(), lifted_at: null, lifted_by: null, lifted_reason: null };
  if (await insert(scope, anew)) return "it is on the list again";
  await serveSuppressed(scope, {
    channel: row.channel,
    valueHash: row.value_hash,
    key: valueKey(row.channel, row.value),
  });
  await askToMarkAgain(scope);
  return entryOf(anew.id, row, anew);
}

function names({ value, channel, reason }: SuppressionRow) {
  return { name: value ?? suppressedNames[channel], what: `on the suppression list: ${reasonNames[reason]}` };
}

function inOrder(state: State): State {
  if (!state) return null;
  const { id, channel, reason, notedAt, notedBy, liftedAt, liftedBy } = state;
  return { id, channel, reason, notedAt, notedBy, liftedAt, liftedBy };
}
