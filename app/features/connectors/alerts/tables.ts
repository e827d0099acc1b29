import { type Generated } from "kysely";

/** An address of the account's that is told of events: one. */
interface AlertWebhooksTable {
  account_id: string;
  id: string;
  /** Sealed for its column and this row: who knows it can write there. */
  address: string;
  /** To be shown: the rest of the address is not. */
  host: string;
  made_at: string;
  made_by: string | null;
  /** When it last took something. */
  told_at: string | null;
  /** Why it did not the last time, in a sentence; null: it did. */
  problem: string | null;
  problem_at: string | null;
}

/** What it is told: written with what it tells of, and sent by a job. */
interface WebhookMessagesTable {
  account_id: string;
  id: string;
  event_key: string;
  /** A key of `NoticeSubjects`. */
  kind: string;
  /** JSON of the kind's subject. */
  subject: string;
  state: "waiting" | "told" | "given-up";
  tries: Generated<number>;
  created_at: string;
  ended_at: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    alert_webhooks: AlertWebhooksTable;
    webhook_messages: WebhookMessagesTable;
  }
}
