import { recordEvent } from "~/features/audit/audit.server";
import { addEntries, type ChangeEntry, openChangeSet } from "~/features/changes/changes.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

interface ContactChange {
  /** The user's verb, e.g. `contact.edited`. */
  action: string;
  /** Ids only, for the audit event. */
  subject?: Record<string, string>;
  fields?: readonly string[];
  counts?: Record<string, number>;
  entries: readonly Omit<ChangeEntry, "position">[];
}

/** Writes what a command changed: one change set with its entries, and one audit event, last in the transaction. The set's id. */
export async function recordChange(scope: Scope, { entries, ...fact }: ContactChange): Promise<string> {
  const eventId = newId();
  const changeSetId = await openChangeSet(scope, { action: fact.action, eventId });
  await addEntries(
    scope,
    changeSetId,
    entries.map((entry, position) => ({ ...entry, position })),
  );
  await recordEvent(scope, { ...fact, id: eventId });
  return changeSetId;
}
