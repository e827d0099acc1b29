/** A message of a mail service: verified, taken once, and told of in figures. */
import { holdMailed } from "~/features/campaigns/mailing/hold-mailed.server";
import { type MailOutcome } from "~/features/campaigns/mailing/mail-outcome";
import { takeOutcome } from "~/features/campaigns/mailing/take-outcome.server";
import {
  plainFormOutcomes,
  readSnsMessage,
  sendGridOutcomes,
  sesOutcomes,
  type WebhookReading,
} from "~/features/campaigns/mailing/webhook-events";
import { type WebhookKind } from "~/features/campaigns/mailing/webhook-kinds";
import {
  amazonAddress,
  type Signed,
  type SignatureProblem,
  verifyHmac,
  verifySendGrid,
  verifySns,
} from "~/features/campaigns/mailing/webhook-signatures.server";
import { findWebhook, type Webhook } from "~/features/campaigns/mailing/webhooks.server";
import "~/features/campaigns/tables";
import { asOneChange } from "~/features/contacts/record-change.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface WebhookMessage {
  body: string;
  header(name: string): string | null;
}

export interface WebhookWays {
  /** The PEM at an address that was found to be Amazon's; throws when it cannot be had. */
  fetchCertificate(url: string): Promise<string>;
}

export type ReceiveResult =
  /** `taken`: changed something; `unread`: events that could not be read. */
  | { ok: true; isRepeated: boolean; taken: number; unread: number }
  | { ok: false; reason: "not-found" | SignatureProblem };

interface Verified {
  signed: Signed;
  reading: WebhookReading;
  confirmUrl?: string;
}

type Reading = Verified | { ok: false; reason: SignatureProblem };

/** An event is some statements: so many are taken together. */
const BATCH = 50;

/**
 * Takes what a message says of mails. Of a message that comes again nothing is taken; one that was cut off half-way is
 * taken on when it comes again, and what was taken of it counts once.
 */
export async function receiveWebhook(
  scope: Scope,
  { kind, id }: { kind: WebhookKind; id: string },
  { message, ways }: { message: WebhookMessage; ways: WebhookWays },
): Promise<ReceiveResult> {
  const hook = await findWebhook(scope, kind);
  if (hook?.id !== id) return { ok: false, reason: "not-found" };
  const read = await readers[kind](scope, hook, message, ways);
  if ("ok" in read) return read;
  const { signed, reading, confirmUrl } = read;
  if (await wasTaken(scope, id, signed)) return { ok: true, isRepeated: true, taken: 0, unread: 0 };
  let taken = 0;
  for (let at = 0; at < reading.outcomes.length; at += BATCH) {
    taken += await takeSome(scope, kind, reading.outcomes.slice(at, at + BATCH));
  }
  await noteTaken(scope, hook, signed, confirmUrl ?? null);
  return { ok: true, isRepeated: false, taken, unread: reading.unread };
}

/** How each service signs, and what it says. */
const readers: Record<
  WebhookKind,
  (scope: Scope, hook: Webhook, message: WebhookMessage, ways: WebhookWays) => Promise<Reading>
> = {
  ses: readSns,
  sendgrid: async ({ clock }, { proof: key }, { body, header }) => {
    const timestamp = header("X-Twilio-Email-Event-Webhook-Timestamp");
    const signature = header("X-Twilio-Email-Event-Webhook-Signature");
    const signed = verifySendGrid(body, { timestamp, signature }, { key, now: clock.now() });
    return signed.ok ? { signed, reading: sendGridOutcomes(body) } : signed;
  },
  hmac: async ({ clock }, { proof: secret }, { body, header }) => {
    const [timestamp, signature] = [header("X-Tallybook-Timestamp"), header("X-Tallybook-Signature")];
    const signed = verifyHmac(body, { timestamp, signature }, { secret, now: clock.now() });
    return signed.ok ? { signed, reading: plainFormOutcomes(body) } : signed;
  },
};

async function readSns(
  { clock }: Scope,
  { proof: topicArn }: Webhook,
  { body }: WebhookMessage,
  { fetchCertificate }: WebhookWays,
): Promise<Reading> {
  const message = readSnsMessage(body);
  if (!message) return { ok: false, reason: "not-readable" };
  const signed = await verifySns(message, { topicArn, now: clock.now(), fetchCertificate });
  if (!signed.ok) return signed;
  if (message.Type === "Notification") return { signed, reading: sesOutcomes(message.Message) };
  const isAsked = message.Type === "SubscriptionConfirmation";
  const confirmUrl = isAsked ? amazonAddress(message.SubscribeURL)?.href : undefined;
  return { signed, reading: { outcomes: [], unread: 0 }, confirmUrl };
}

/** How many changed something. One change for all of them. */
function takeSome(scope: Scope, kind: WebhookKind, outcomes: readonly MailOutcome[]): Promise<number> {
  return inTransaction(scope, async (scope) => {
    const together = asOneChange(scope);
    let taken = 0;
    await holdMailed(scope, outcomes);
    for (const outcome of outcomes) {
      const as = await takeOutcome(together, outcome, `webhook:${kind}`);
      if (as === "bounced" || as === "suppressed") taken += 1;
    }
    return taken;
  });
}

async function wasTaken(scope: Scope, hookId: string, { replayKey }: Signed): Promise<boolean> {
  const row = await scope.db
    .selectFrom("mail_webhook_messages")
    .select("replay_key")
    .where("account_id", "=", scope.account.id)
    .where("hook_id", "=", hookId)
    .where("replay_key", "=", replayKey)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keys are kept as long as their message would be believed. */
function noteTaken(scope: Scope, { kind, id }: Webhook, signed: Signed, confirmUrl: string | null): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const now = scope.clock.now();
    const accountId = scope.account.id;
    await scope.db
      .deleteFrom("mail_webhook_messages")
      .where("account_id", "=", accountId)
      .where("kept_until", "<", now)
      .execute();
    await scope.db
      .insertInto("mail_webhook_messages")
      .values({ account_id: accountId, hook_id: id, replay_key: signed.replayKey, kept_until: signed.keptUntil })
      .onConflict((conflict) => conflict.columns(["account_id", "hook_id", "replay_key"]).doNothing())
      .execute();
    await scope.db
      .updateTable("mail_webhooks")
      .set({ last_at: now, confirm_url: confirmUrl })
      .where("account_id", "=", accountId)
      .where("kind", "=", kind)
      .where("id", "=", id)
      .execute();
  });
}
