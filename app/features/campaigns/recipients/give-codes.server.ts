import { randomInt } from "node:crypto";
import { codeOf } from "~/features/campaigns/code";
import "~/features/campaigns/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Of 33 million codes an account with a million in use has one double in thirty. */
const MOST_ROUNDS = 20;

/**
 * Gives each of these recipients a code of their own, in the caller's transaction; who has one keeps it, so that a letter
 * printed twice carries the same. One that another of the account has is drawn again.
 */
export async function giveCodes(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<void> {
  let left = await withoutCode(scope, campaignId, contactIds);
  for (let round = 0; left.length > 0; round += 1) {
    if (round === MOST_ROUNDS) throw new Error("No code was free in twenty draws");
    const drawn = new Map(left.map((contactId) => [newCode(), contactId]));
    const taken = await takenCodes(scope, [...drawn.keys()]);
    for (const [code, contactId] of drawn) {
      if (taken.has(code)) continue;
      await scope.db
        .updateTable("recipients")
        .set({ code })
        .where("account_id", "=", scope.account.id)
        .where("campaign_id", "=", campaignId)
        .where("contact_id", "=", contactId)
        .where("code", "is", null)
        .execute();
    }
    left = await withoutCode(scope, campaignId, left);
  }
}

/** Whose code this is in this account; null: nobody's. */
export async function findByCode(
  scope: Scope,
  code: string,
): Promise<{ campaignId: string; contactId: string } | null> {
  const row = await scope.db
    .selectFrom("recipients")
    .select(["campaign_id as campaignId", "contact_id as contactId"])
    .where("account_id", "=", scope.account.id)
    .where("code", "=", code)
    .executeTakeFirst();
  return row ?? null;
}

function newCode(): string {
  return codeOf(Array.from({ length: 5 }, () => randomInt(32)));
}

async function withoutCode(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<string[]> {
  const ids = contactIds.filter(isId);
  if (ids.length === 0 || !isId(campaignId)) return [];
  const rows = await scope.db
    .selectFrom("recipients")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", ids)
    .where("code", "is", null)
    .execute();
  return rows.map(({ contact_id: id }) => id);
}

async function takenCodes(scope: Scope, codes: readonly string[]): Promise<Set<string>> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select("code")
    .where("account_id", "=", scope.account.id)
    .where("code", "in", codes)
    .execute();
  return new Set(rows.flatMap(({ code }) => (code === null ? [] : [code])));
}
