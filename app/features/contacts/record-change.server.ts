import { recordEvent } from "~/features/audit/audit.server";
import { addEntries, type ChangeEntry, openChangeSet } from "~/features/changes/changes.server";
import { newId } from "~/platform/ids.server";
import { type JoinedChange, type Scope } from "~/platform/scope.server";

interface ContactChange {
  /** The user's verb, e.g. `contact.edited`. */
  action: string;
  /** Ids only, for the audit event. */
  subject?: Record<string, string>;
  fields?: readonly string[];
  counts?: Record<string, number>;
  entries: readonly Omit<ChangeEntry, "position">[];
}

/**
 * The scope in which all that is done is one change: several commands, one entry each in the history, and one undo. Each
 * still writes its own audit event. `action`: the verb of the whole, where it is not that of the first command.
 */
export function asOneChange(scope: Scope, action?: string): Scope & { joined: JoinedChange } {
  return { ...scope, joined: { id: newId(), action, isOpen: false, entries: 0 } };
}

/** The change set that was written to in this scope; null: nothing was changed. */
export function changeSetOf({ joined }: { joined: JoinedChange }): string | null {
  return joined.isOpen ? joined.id : null;
}

/** Writes what a command changed: one change set with its entries, and one audit event, last in the transaction. The set's id. */
export async function recordChange(scope: Scope, { entries, ...fact }: ContactChange): Promise<string> {
  const { joined = { id: newId(), isOpen: false, entries: 0 } } = scope;
  const eventId = newId();
  if (!joined.isOpen) await openChangeSet(scope, { id: joined.id, action: joined.action ?? fact.action, eventId });
  joined.isOpen = true;
  const first = joined.entries;
  joined.entries += entries.length;
  await addEntries(
    scope,
    joined.id,
    entries.map((entry, index) => ({ ...entry, position: first + index })),
  );
  await recordEvent(scope, { ...fact, id: eventId });
  return joined.id;
}
