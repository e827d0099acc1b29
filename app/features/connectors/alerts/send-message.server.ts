/** Telling the account's webhook: one message, one try. What comes of it is written down; what is to be tried again is asked for. */
import "~/features/connectors/alerts/tables";
import { askToSend } from "~/features/connectors/alerts/tell-webhook.server";
import { openWebhook, type OpenWebhook } from "~/features/connectors/alerts/webhook.server";
import { type Judgement, judge, MOST_TRIES, pauseMs } from "~/features/connectors/alerts/webhook-answers";
import { testPayload, type WebhookKind, webhookPayload } from "~/features/connectors/alerts/webhook-words";
import { type NoticeSubjects } from "~/features/notices/notice-kinds";
import { fromJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type GuardedFetch, UnreachableError } from "~/platform/guarded-fetch/guarded-fetch.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";

export interface Sending {
  fetch: GuardedFetch;
  /** The address of this installation. */
  origin: string;
  providerName(id: string): string;
  signal: AbortSignal;
}

const MOST_BYTES = 20_000;
const BODY_SHOWN = 200;

/** Sends a message that waits. Does nothing where it was sent already, or where there is no webhook any more. */
export async function sendMessage(scope: Scope, messageId: string, sending: Sending): Promise<void> {
  // The address first: a message that is there after that was for it, as messages go with their address.
  const webhook = await openWebhook(scope);
  const message = await scope.db
    .selectFrom("webhook_messages")
    .select(["kind", "subject", "tries"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", messageId)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  if (!message || !webhook) return;
  const { slug } = scope.account;
  const subject = fromJson<NoticeSubjects[WebhookKind]>(message.subject);
  const payload = webhookPayload(message.kind as WebhookKind, subject, { ...sending, slug });
  const judgement = await post(scope, { ...webhook, payload }, sending);
  await inTransaction(scope, async (scope) => {
    // In the order in which both go when the address is taken away: neither waits for the other.
    await noteOn(scope, webhook, judgement);
    await settle(scope, messageId, { tries: message.tries + 1, judgement });
  });
}

/** Sends a test to the account's webhook. Returns what is wrong, in a sentence; null: it took it. */
export async function testWebhook(scope: Scope, sending: Omit<Sending, "providerName">): Promise<string | null> {
  const webhook = await openWebhook(scope);
  if (!webhook) return "No address is set up.";
  const judgement = await post(scope, { ...webhook, payload: testPayload(sending.origin) }, sending);
  await noteOn(scope, webhook, judgement);
  return judgement.kind === "taken" ? null : judgement.problem;
}

async function post(
  scope: Scope,
  { address, payload }: { address: string; payload: { text: string } },
  { fetch, signal }: Pick<Sending, "fetch" | "signal">,
): Promise<Judgement> {
  try {
    const headers = { "Content-Type": "application/json; charset=utf-8" };
    const init = { method: "POST", headers, body: JSON.stringify(payload), signal };
    const response = await fetch(address, init, { mostBytes: MOST_BYTES });
    const body = (await response.text()).slice(0, BODY_SHOWN);
    const retryAfter = response.headers.get("Retry-After");
    return judge({ status: response.status, body, retryAfter }, scope.clock.now());
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return judge(null, scope.clock.now());
  }
}

async function settle(
  scope: Scope,
  messageId: string,
  { tries, judgement }: { tries: number; judgement: Judgement },
): Promise<void> {
  const isOver = judgement.kind !== "later" || tries >= MOST_TRIES;
  const state = judgement.kind === "taken" ? "told" : isOver ? "given-up" : "waiting";
  const settled = await scope.db
    .updateTable("webhook_messages")
    .set({ state, tries, ended_at: isOver ? scope.clock.now() : null })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", messageId)
    .where("state", "=", "waiting")
    .where("tries", "=", tries - 1)
    .executeTakeFirst();
  if (settled.numUpdatedRows === 0n || judgement.kind !== "later" || isOver) return;
  await askToSend(scope, messageId, later(scope.clock.now(), judgement.waitMs ?? pauseMs(tries)));
}

/** How it went the last time, for the page about it: of that address alone, another may have taken its place meanwhile. */
async function noteOn(scope: Scope, { id }: Pick<OpenWebhook, "id">, judgement: Judgement): Promise<void> {
  const now = scope.clock.now();
  const noted =
    judgement.kind === "taken"
      ? { told_at: now, problem: null, problem_at: null }
      : { problem: judgement.problem, problem_at: now };
  await scope.db
    .updateTable("alert_webhooks")
    .set(noted)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
}
