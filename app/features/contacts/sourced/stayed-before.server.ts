import "~/features/changes/tables";
import "~/features/contacts/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** What has become of a contact of which a record went; each is more than the one before. */
const fates = ["unmoved", "lessened", "archived"] as const;
export type Fate = (typeof fates)[number];

export const moreOf = (one: Fate, other: Fate): Fate => (fates.indexOf(one) < fates.indexOf(other) ? other : one);

interface Before {
  runId: string;
  /** Positions of the entries that tell of what went, the first and the last of each stream. */
  told: readonly (readonly [first: number, last: number])[];
}

/** Contacts of which the run has followed a record of another stream before: as what it counted them. */
export async function stayedBefore(
  scope: Scope,
  { runId, told }: Before,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, Fate>> {
  const found = new Map<string, Fate>();
  if (told.length === 0 || contactIds.length === 0) return found;
  const rows = await scope.db
    .selectFrom("change_entries as entry")
    .innerJoin("runs", (join) =>
      join
        .onRef("runs.account_id", "=", "entry.account_id")
        .onRef("runs.change_set_id", "=", "entry.change_set_id")
        .on("runs.id", "=", runId),
    )
    .select(["entry.subject_id", "entry.position", "entry.after"])
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.subject_id", "in", contactIds)
    .where("entry.subject_kind", "=", "contact")
    .execute();
  // Asked for by position, SQLite would go through all that was told.
  const isTold = (position: number) => told.some(([first, last]) => position >= first && position <= last);
  for (const { subject_id: id, position, after } of rows) {
    const fate = isTold(position) ? fateIn(after) : null;
    if (fate) found.set(id, moreOf(found.get(id) ?? fate, fate));
  }
  return found;
}

/** By what an entry of the contact says; null: it tells of something else. */
function fateIn(after: string | null): Fate | null {
  const { values, marks, archivedAt } = fromJson<{ values?: object; marks?: object; archivedAt?: string }>(
    after ?? "{}",
  );
  if (archivedAt) return "archived";
  if (!values || marks) return null;
  return Object.keys(values).length === 0 ? "unmoved" : "lessened";
}
