import { holdChain } from "~/features/audit/audit.server";
import { type RelationshipRow } from "~/features/contacts/relationships/relationship-row.server";
import { actingTypes, overlap } from "~/features/contacts/relationships/relationships";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

/** Why a relationship cannot stand beside those that are there. */
export type Clash = "already-related" | "loop";

/**
 * Looks at what is there: the same two in the same way at the same time, or somebody who would act for themselves by
 * way of others. Call when both contacts are locked; for what may come round it waits for the account's other commands,
 * so that two at once cannot close a circle that neither of them sees.
 */
export async function clashOf(scope: Scope, row: RelationshipRow): Promise<Clash | null> {
  if (actingTypes.includes(row.type)) await holdChain(scope);
  const same = await scope.db
    .selectFrom("relationships")
    .select(["since", "until"])
    .where("account_id", "=", scope.account.id)
    .where("from_contact_id", "=", row.from_contact_id)
    .where("to_contact_id", "=", row.to_contact_id)
    .where("type", "=", row.type)
    .where("id", "<>", row.id)
    .execute();
  if (same.some((period) => overlap(period, row))) return "already-related";
  return actingTypes.includes(row.type) && (await comesRound(scope, row)) ? "loop" : null;
}

/** Whether one comes back to the first contact, going on from the second by the same type in the same time. */
async function comesRound(scope: Scope, row: RelationshipRow): Promise<boolean> {
  const seen = new Set([row.to_contact_id]);
  let reached = [row.to_contact_id];
  while (reached.length > 0) {
    const next = await actedForBy(scope, reached, row);
    if (next.includes(row.from_contact_id)) return true;
    reached = next.filter((id) => !seen.has(id));
    for (const id of reached) seen.add(id);
  }
  return false;
}

async function actedForBy(scope: Scope, fromIds: readonly string[], row: RelationshipRow): Promise<string[]> {
  const edges = await scope.db
    .selectFrom("relationships")
    .select(["to_contact_id", "since", "until"])
    .where("account_id", "=", scope.account.id)
    .where("from_contact_id", "in", fromIds)
    .where("type", "=", row.type)
    .where("id", "<>", row.id)
    .execute();
  return [...new Set(edges.filter((edge) => overlap(edge, row)).map((edge) => edge.to_contact_id))];
}
