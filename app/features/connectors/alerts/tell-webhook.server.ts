import "~/features/connectors/alerts/tables";
import { type WebhookKind } from "~/features/connectors/alerts/webhook-words";
import { type NoticeSubjects } from "~/features/notices/notice-kinds";
import { toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

interface WebhookEvent<Kind extends WebhookKind = WebhookKind> {
  kind: Kind;
  /** Under a key it is told once. */
  eventKey: string;
  subject: NoticeSubjects[Kind];
}

/** Has the account's webhook told of an event, if it has one: written in the caller's transaction, sent by a job. */
export function tellWebhook(scope: Scope, { kind, eventKey, subject }: WebhookEvent): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const webhook = await scope.db
      .selectFrom("alert_webhooks")
      .select("id")
      .where("account_id", "=", scope.account.id)
      // Who takes it away meanwhile waits, and takes the message, too.
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!webhook) return;
    const messageId = newId();
    const written = await scope.db
      .insertInto("webhook_messages")
      .values({
        ...{ account_id: scope.account.id, id: messageId, event_key: eventKey, kind, subject: toJson({ ...subject }) },
        ...{ state: "waiting", created_at: scope.clock.now(), ended_at: null },
      })
      .onConflict((conflict) => conflict.columns(["account_id", "event_key"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (written) await askToSend(scope, messageId);
  });
}

/** Messages of an account go out one after the other: Slack takes one a second. */
export async function askToSend(scope: Scope, messageId: string, runAt?: string): Promise<void> {
  const payload = { accountId: scope.account.id, messageId };
  await enqueue(scope, "send_alert", payload, { jobKey: messageId, queueName: "alerts", ...(runAt ? { runAt } : {}) });
}
