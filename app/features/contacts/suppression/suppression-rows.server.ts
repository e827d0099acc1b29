/** An entry of the suppression list as it is stored, and as a change set holds it: never the value itself. */
import { type Selectable } from "kysely";
import { type WrittenEntry } from "~/features/changes/undo.server";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export type SuppressionRow = Omit<Selectable<Tables["suppressions"]>, "account_id">;

/** Held to the end of the transaction. */
export async function findRow(scope: Scope, id: string): Promise<SuppressionRow | null> {
  if (!isId(id)) return null;
  const row = await scope.db
    .selectFrom("suppressions")
    .select(["id", "channel", "value", "value_hash", "reason", "note", "source", "noted_at", "noted_by"])
    .select(["lifted_at", "lifted_by", "lifted_reason"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .$if(scope.database.dialect === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

/** A change set outlives an erasure, so it holds neither value nor hash nor note. */
export interface SuppressionState {
  id: string;
  channel: string;
  reason: string;
  notedAt: string;
  notedBy: string | null;
  liftedAt: string | null;
  liftedBy: string | null;
}

export function stateOf(row: SuppressionRow): SuppressionState {
  return {
    ...{ id: row.id, channel: row.channel, reason: row.reason, notedAt: row.noted_at, notedBy: row.noted_by },
    ...{ liftedAt: row.lifted_at, liftedBy: row.lifted_by },
  };
}

export function entryOf(subjectId: string, before: SuppressionRow | null, after: SuppressionRow | null): WrittenEntry {
  const state = (row: SuppressionRow | null) => (row ? { ...stateOf(row) } : null);
  return { subjectKind: "suppression", subjectId, before: state(before), after: state(after) };
}

/** Which of these are entries of the list here. */
export async function seenSuppressions(scope: Scope, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0 || scope.ownOnly) return [];
  const rows = await scope.db
    .selectFrom("suppressions")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "in", [...ids])
    .execute();
  return rows.map(({ id }) => id);
}
