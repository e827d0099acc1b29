import { findMailed } from "~/features/campaigns/mailing/find-mailed.server";
import { type MailOutcome } from "~/features/campaigns/mailing/mail-outcome";
import "~/features/campaigns/tables";
import { valueKey } from "~/features/contacts/suppression/suppression-hash.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Holds what some outcomes will change, before the first of them is recorded: from the first audit event on the account's
 * other commands wait for this transaction, so it must not wait for what they hold. On SQLite it is the only one anyway.
 */
export async function holdMailed(scope: Scope, outcomes: readonly MailOutcome[]): Promise<void> {
  if (scope.database.dialect !== "postgres") return;
  const campaignIds = new Set<string>();
  const emails = new Set<string>();
  for (const outcome of outcomes) {
    const mailed = await findMailed(scope, outcome);
    if (mailed) campaignIds.add(mailed.campaignId);
    const email = mailed?.email ?? outcome.recipient;
    if (email !== null) emails.add(email);
  }
  await holdCampaigns(scope, [...campaignIds]);
  await holdEmails(scope, [...emails]);
}

/** In the order of their ids, so that two who want the same do not wait for each other. */
export async function holdCampaigns(scope: Scope, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await scope.db
    .selectFrom("campaigns")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
}

/** Whoever has these emails, before they come onto the suppression list. */
export async function holdEmails(scope: Scope, emails: readonly string[]): Promise<void> {
  if (emails.length === 0) return;
  const keys = [...new Set(emails.map((email) => valueKey("email", email)))];
  await scope.db
    .selectFrom("contact_points")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("channel", "=", "email")
    .where("value_key", "in", keys)
    .orderBy("contact_id")
    .orderBy("position")
    .$call(lockRows(scope))
    .execute();
}
