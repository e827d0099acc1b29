/** The address that an account has told what becomes of its connectors: made, shown by its host, tried and taken away. */
import { recordEvent } from "~/features/audit/audit.server";
import "~/features/connectors/alerts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { seal, type SealedPlace, unseal } from "~/platform/encryption.server";
import { isAskable } from "~/platform/guarded-fetch/address-rules";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { type SealedColumn } from "~/platform/sealed-columns.server";
import { DAY_MS, later } from "~/platform/time";

export interface AlertWebhook {
  id: string;
  host: string;
  madeAt: string;
  toldAt: string | null;
  /** Why it took nothing the last time. */
  problem: { at: string; words: string } | null;
}

export async function findAlertWebhook(scope: Scope): Promise<AlertWebhook | null> {
  const row = await scope.db
    .selectFrom("alert_webhooks")
    .select(["id", "host", "made_at", "told_at", "problem", "problem_at"])
    .where("account_id", "=", scope.account.id)
    .executeTakeFirst();
  if (!row) return null;
  const { id, host, made_at: madeAt, told_at: toldAt, problem: words, problem_at: at } = row;
  return { id, host, madeAt, toldAt, problem: words === null || at === null ? null : { at, words } };
}

export interface OpenWebhook {
  id: string;
  address: string;
}

/** Null: there is none. */
export async function openWebhook(scope: Scope): Promise<OpenWebhook | null> {
  const row = await scope.db
    .selectFrom("alert_webhooks")
    .select(["id", "address"])
    .where("account_id", "=", scope.account.id)
    .executeTakeFirst();
  return row ? { id: row.id, address: unseal(scope.keys, placeOf(scope.account.id, row.id), row.address) } : null;
}

const MOST_LENGTH = 500;

/** What is wrong with an address that somebody typed, in a sentence; null: nothing. `sandbox`: origins on this machine. */
export function addressProblem(typed: string, sandbox: ReadonlySet<string>): string | null {
  if (typed.length > MOST_LENGTH) return `An address has at most ${MOST_LENGTH} characters.`;
  if (!URL.canParse(typed)) return "Enter the whole address, such as https://hooks.slack.com/services/T…/B…/….";
  const url = new URL(typed);
  if (sandbox.has(url.origin)) return null;
  if (url.protocol !== "https:") return "The address has to begin with https://.";
  return isAskable(url) ? null : "This address is not on the public internet, or has a port that no webhook has.";
}

/** Keeps an address in the place of what was there. It has been found right, and is told what happens from now on. */
export function saveAlertWebhook(scope: Scope, address: string): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const accountId = scope.account.id;
    const id = newId();
    await removeRow(scope);
    await scope.db
      .insertInto("alert_webhooks")
      .values({
        ...{ account_id: accountId, id, host: new URL(address).host },
        address: seal(scope.keys, placeOf(accountId, id), address),
        ...{ made_at: scope.clock.now(), made_by: scope.user?.id ?? null },
        ...{ told_at: null, problem: null, problem_at: null },
      })
      .execute();
    await recordEvent(scope, { action: "alert-webhook.made", subject: { webhookId: id } });
  });
}

/** Whether there was one. */
export function removeAlertWebhook(scope: Scope): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    if (!(await removeRow(scope))) return false;
    await recordEvent(scope, { action: "alert-webhook.removed" });
    return true;
  });
}

/** What waits to be told there goes with it. */
async function removeRow(scope: Scope): Promise<boolean> {
  const removed = await scope.db
    .deleteFrom("alert_webhooks")
    .where("account_id", "=", scope.account.id)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

function placeOf(accountId: string, id: string): SealedPlace {
  return { ownerId: accountId, rowId: id, field: "alert_webhooks.address" };
}

/** What is sealed of it. */
export const sealedWebhook: SealedColumn = {
  ...{ table: "alert_webhooks", column: "address", key: "id", ofAccounts: true },
  place: ({ account_id = "", id = "" }) => placeOf(account_id, id),
};

/** Removes what was told longer ago than the account keeps such things. */
export async function sweepWebhookMessages(scope: Scope): Promise<void> {
  await scope.db
    .deleteFrom("webhook_messages")
    .where("account_id", "=", scope.account.id)
    .where("created_at", "<", later(scope.clock.now(), -scope.account.retentionDays * DAY_MS))
    .execute();
}
