/** Puts relationships back as they were before a change: made, changed or taken away. */
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { clashOf } from "~/features/contacts/relationships/relationship-rules.server";
import {
  findReadings,
  lockRelationship,
  relationshipEntries,
  type RelationshipState,
  toRow,
} from "~/features/contacts/relationships/relationship-row.server";
import { relationshipText, writeOver } from "~/features/contacts/relationships/relationships.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/** Each stands in two entries, one for each of the two contacts. */
export async function restoreRelationships(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  const done = new Set<string>();
  for (const entry of entries) {
    const [before, after] = [entry.before as RelationshipState | null, entry.after as RelationshipState | null];
    const one = before ?? after;
    if (!one || done.has(one.id)) continue;
    done.add(one.id);
    const result = await restoreOne(scope, one, { before, after });
    if (result.ok) {
      back.entries.push(...relationshipEntries(after, before));
    } else {
      const name = one.fromContactId === entry.subjectId ? one.fromName : one.toName;
      back.leftAlone.push({ subjectId: entry.subjectId, name, what: `“${one.reads}”`, why: result.why });
    }
  }
  return back;
}

type Restored = { ok: true } | { ok: false; why?: string };

interface Sides {
  before: RelationshipState | null;
  after: RelationshipState | null;
}

async function restoreOne(scope: Scope, one: RelationshipState, { before, after }: Sides): Promise<Restored> {
  const there = await lockBoth(scope, one);
  if (!there) return { ok: false, why: "one of the two is no longer there" };
  const now = await lockRelationship(scope, one.id);
  if (textOf(now) !== textOf(after)) return { ok: false };
  if (!before) {
    await remove(scope, one.id);
    return { ok: true };
  }
  const refused = await refusedNow(scope, before);
  if (refused) return { ok: false, why: refused };
  if (after) await writeOver(scope, toRow(before));
  else await insert(scope, before);
  return { ok: true };
}

function textOf(state: RelationshipState | null): string | null {
  return state && relationshipText(state);
}

/** What was true once may no longer be possible beside what was said since. */
async function refusedNow(scope: Scope, before: RelationshipState): Promise<string | null> {
  if (!(await findReadings(scope, before.type))) return "this way of being related was removed since";
  const clash = await clashOf(scope, toRow(before));
  if (clash === "loop") return "somebody would act for themselves by way of others";
  return clash === "already-related" ? "they are related like this again" : null;
}

/** Whether both contacts are still there, deleted or not; held to the end of the transaction. */
async function lockBoth(scope: Scope, { fromContactId, toContactId }: RelationshipState): Promise<boolean> {
  const rows = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "in", [fromContactId, toContactId])
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
  return rows.length === 2;
}

async function remove(scope: Scope, id: string): Promise<void> {
  await scope.db.deleteFrom("relationships").where("account_id", "=", scope.account.id).where("id", "=", id).execute();
}

async function insert(scope: Scope, state: RelationshipState): Promise<void> {
  await scope.db
    .insertInto("relationships")
    .values({ account_id: scope.account.id, ...toRow(state) })
    .execute();
}
