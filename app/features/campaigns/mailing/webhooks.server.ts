/** Where mail services tell an account what became of its mails: made, shown, replaced and taken away by administrators. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { recordEvent } from "~/features/audit/audit.server";
import { isSendGridKey } from "~/features/campaigns/mailing/webhook-signatures.server";
import { type WebhookKind } from "~/features/campaigns/mailing/webhook-kinds";
import "~/features/campaigns/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Keys, newToken, purposeKey, seal, unseal } from "~/platform/encryption.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { type SealedColumn } from "~/platform/sealed-columns.server";

export interface Webhook {
  kind: WebhookKind;
  id: string;
  /** What a message is verified by: our secret, SendGrid's key, or the topic at Amazon. */
  proof: string;
  /** The path of its address. */
  path: string;
  madeAt: string;
  lastAt: string | null;
  /** An address at Amazon to open, before its messages come. */
  confirmUrl: string | null;
}

const columns = ["kind", "id", "proof", "made_at", "last_at", "confirm_url"] as const;

export async function listWebhooks(scope: Scope): Promise<Webhook[]> {
  const rows = await scope.db
    .selectFrom("mail_webhooks")
    .select(columns)
    .where("account_id", "=", scope.account.id)
    .execute();
  return rows.map((row) => toWebhook(scope, row));
}

export async function findWebhook(scope: Scope, kind: WebhookKind): Promise<Webhook | null> {
  const row = await scope.db
    .selectFrom("mail_webhooks")
    .select(columns)
    .where("account_id", "=", scope.account.id)
    .where("kind", "=", kind)
    .executeTakeFirst();
  return row ? toWebhook(scope, row) : null;
}

interface Row {
  kind: WebhookKind;
  id: string;
  proof: string;
  made_at: string;
  last_at: string | null;
  confirm_url: string | null;
}

function toWebhook(scope: Scope, { kind, id, proof, ...row }: Row): Webhook {
  const accountId = scope.account.id;
  return {
    ...{ kind, id, madeAt: row.made_at, lastAt: row.last_at, confirmUrl: row.confirm_url },
    proof: unseal(scope.keys, placeOf(accountId, id), proof),
    path: `/hooks/mail/${kind}/${hookToken(scope.keys, { accountId, id })}`,
  };
}

export type SaveWebhookResult = { ok: true } | { ok: false; reason: "no-topic" | "no-key" };

/**
 * Makes the address, or another in its place: the old one, and the old secret, are void at once.
 *
 * @param proof the topic at Amazon, or SendGrid's key; our own secret is made here
 */
export function saveWebhook(scope: Scope, kind: WebhookKind, proof: string): Promise<SaveWebhookResult> {
  return inTransaction(scope, async (scope) => {
    if (kind === "ses" && !isTopic(proof)) return { ok: false, reason: "no-topic" };
    if (kind === "sendgrid" && !isSendGridKey(proof)) return { ok: false, reason: "no-key" };
    const accountId = scope.account.id;
    const id = newId();
    const sealed = seal(scope.keys, placeOf(accountId, id), kind === "hmac" ? newToken() : proof);
    await removeRow(scope, kind);
    await scope.db
      .insertInto("mail_webhooks")
      .values({
        ...{ account_id: accountId, kind, id, proof: sealed, made_at: scope.clock.now() },
        ...{ made_by: scope.user?.id ?? null, last_at: null, confirm_url: null },
      })
      .execute();
    await recordEvent(scope, { action: "mail-webhook.made", subject: { hookId: id, kind } });
    return { ok: true };
  });
}

/** Whether there was one. */
export function removeWebhook(scope: Scope, kind: WebhookKind): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    if (!(await removeRow(scope, kind))) return false;
    await recordEvent(scope, { action: "mail-webhook.removed", subject: { kind } });
    return true;
  });
}

async function removeRow(scope: Scope, kind: WebhookKind): Promise<boolean> {
  const removed = await scope.db
    .deleteFrom("mail_webhooks")
    .where("account_id", "=", scope.account.id)
    .where("kind", "=", kind)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

function isTopic(text: string): boolean {
  return /^arn:aws[a-z-]{0,10}:sns:[a-z0-9-]{1,30}:\d{12}:[\w-]{1,256}(?:\.fifo)?$/.test(text);
}

function placeOf(accountId: string, id: string) {
  return { ownerId: accountId, rowId: id, field: "mail_webhooks.proof" };
}

/** What is sealed of them. */
export const sealedProofs: SealedColumn = {
  ...{ table: "mail_webhooks", column: "proof", key: "kind", also: ["id"], ofAccounts: true },
  place: ({ account_id = "", id = "" }) => placeOf(account_id, id),
};

export interface HookAddress {
  accountId: string;
  id: string;
}

/** Like a recipient's link it proves itself, so that an administrator can see the address again. */
function hookToken(keys: Keys, { accountId, id }: HookAddress): string {
  const ids = Buffer.from((accountId + id).replaceAll("-", ""), "hex");
  return Buffer.concat([ids, proofOf(keys, ids)]).toString("base64url");
}

const IDS_BYTES = 32;

/** Null: not of this installation's making. */
export function readHookToken(keys: Keys, token: string): HookAddress | null {
  const bytes = Buffer.from(token, "base64url");
  const ids = bytes.subarray(0, IDS_BYTES);
  const right = proofOf(keys, ids);
  if (bytes.length !== IDS_BYTES + right.length || bytes.toString("base64url") !== token) return null;
  if (!timingSafeEqual(bytes.subarray(IDS_BYTES), right)) return null;
  const [accountId = "", id = ""] = [0, IDS_BYTES / 2].map((at) =>
    ids
      .subarray(at, at + IDS_BYTES / 2)
      .toString("hex")
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
  );
  return isId(accountId) && isId(id) ? { accountId, id } : null;
}

function proofOf(keys: Keys, ids: Buffer): Buffer {
  return createHmac("sha256", purposeKey(keys, "mail-webhook")).update(ids).digest().subarray(0, 16);
}
