import { type Generated } from "kysely";
import { type CampaignChannel, type CampaignState, type Response } from "~/features/campaigns/campaign";
import { type Delivery } from "~/features/campaigns/delivery";
import { type MailingState, type SentWhen } from "~/features/campaigns/mailing/mailing";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";

interface CampaignsTable {
  account_id: string;
  id: string;
  name: string;
  name_key: string;
  description: string | null;
  topic: string | null;
  channel: CampaignChannel;
  state: Generated<CampaignState>;
  planned_on: string | null;
  owner_id: string | null;
  cost_minor: Generated<bigint>;
  /** As the account's when it was made. */
  currency: string;
  subject: string | null;
  body: Generated<string>;
  code_prefix: string | null;
  responded_words: string | null;
  converted_words: string | null;
  /** For so long whoever is not interested is spared its topic. */
  pause_months: Generated<number | null>;
  /** Raised at each change: how a form notices that somebody else was faster. */
  version: Generated<number>;
  created_at: string;
  created_by: string | null;
  changed_at: string;
  started_at: Generated<string | null>;
  started_by: Generated<string | null>;
  completed_at: Generated<string | null>;
  completed_by: Generated<string | null>;
  archived_at: Generated<string | null>;
  archived_by: Generated<string | null>;
  deleted_at: Generated<string | null>;
  listed: Generated<number>;
  left_out: Generated<number>;
  responded: Generated<number>;
  converted: Generated<number>;
  not_interested: Generated<number>;
  value_minor: Generated<bigint>;
  reached: Generated<number>;
  failed: Generated<number>;
  unknown: Generated<number>;
  reached_responded: Generated<number>;
  reached_converted: Generated<number>;
}

/** A contact on a campaign's list. */
interface RecipientsTable {
  account_id: string;
  campaign_id: string;
  contact_id: string;
  name_key: string;
  /** Why nobody writes to them; null: somebody does. */
  left_out: LeftOut | null;
  /** To whom one writes in their place: an estate's executor. */
  written_to_id: string | null;
  /** Folded email, E.164 number or address that would be used. */
  address_key: string | null;
  added_at: string;
  added_by: string | null;
  addition_id: string;
  /** The last of `responses`. */
  response: Generated<Response>;
  responded_on: string | null;
  value_minor: bigint | null;
  delivery: Generated<Delivery>;
  delivery_at: string | null;
  delivery_by: string | null;
  delivery_note: string | null;
  /** Times it was tried to reach them. */
  tries: Generated<number>;
  /** Not before. */
  next_at: string | null;
  /** What a letter carries, without its campaign's prefix. */
  code: string | null;
  /** The last run of printing in whose file their letter is: see `print_runs`. */
  print_run_id: Generated<string | null>;
  /** Whose page they are on at the call desk, and until when nobody else is given them. */
  reserved_by: string | null;
  reserved_until: string | null;
}

/** Contacts that were put on a campaign's list in one go. */
interface RecipientAdditionsTable {
  account_id: string;
  id: string;
  campaign_id: string;
  state: "collecting" | "done" | "cancelled" | "failed" | "undone";
  /** JSON of a `Source`. */
  source: string;
  asked_by: string | null;
  asked_at: string;
  finished_at: string | null;
  /** Where the walk through the source stands. */
  after_key: string | null;
  after_id: string | null;
  /** Contacts of the source so far, and those of them that were not on the list yet. */
  found: Generated<number>;
  added: Generated<number>;
  problem: string | null;
  problem_reference: string | null;
  /** Set while it is taken back, and afterwards. */
  undo_asked_at: Generated<string | null>;
  undo_asked_by: Generated<string | null>;
  /** Contacts that were taken off again with it; null where nobody counted. */
  taken_off: Generated<number | null>;
}

/** What a recipient answered, one row each time somebody or something said so. */
interface ResponsesTable {
  account_id: string;
  id: string;
  campaign_id: string;
  contact_id: string;
  response: Response;
  /** The day of the answer, not of its entry. */
  responded_on: string;
  how: "by-hand" | "link" | "code" | "phone";
  note: string | null;
  /** What they said of themselves, by link or code. */
  said: Generated<"wrong-person" | null>;
  value_minor: bigint | null;
  recorded_at: string;
  recorded_by: string | null;
  /** Set where it was undone. */
  withdrawn_at: string | null;
}

/** Where a mail service tells the account what became of its mails: one of each kind. */
interface MailWebhooksTable {
  account_id: string;
  kind: "ses" | "sendgrid" | "hmac";
  /** In its address; another when it is made anew. */
  id: string;
  /** Sealed: the secret that signs, SendGrid's key, or the topic at Amazon. */
  proof: string;
  made_at: string;
  made_by: string | null;
  /** When its last message was taken. */
  last_at: string | null;
  /** Where Amazon wants to be told that its messages are wanted. */
  confirm_url: string | null;
}

/** Messages that were taken: a second time they change nothing. */
interface MailWebhookMessagesTable {
  account_id: string;
  hook_id: string;
  replay_key: string;
  /** Afterwards it is too old by itself. */
  kept_until: string;
}

/** How a campaign's email is sent, and how far its sending has come; only of an email whose sending was thought of. */
interface MailingsTable {
  account_id: string;
  campaign_id: string;
  sender_name: string | null;
  reply_to: string | null;
  dkim_selector: string | null;
  mails_a_minute: Generated<number>;
  sent_when: Generated<SentWhen>;
  state: Generated<MailingState>;
  /** Who pressed the button last. */
  asked_by: string | null;
  asked_at: string | null;
  /** Which job it is that may claim. */
  run_id: string | null;
  judged_after: string | null;
  /** Until when what went out already fills the rate. */
  paced_until: string | null;
  /** How often in a row the mail server could not be used, since when, and why. */
  failures: Generated<number>;
  failing_since: string | null;
  problem: string | null;
  ended_at: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    campaigns: CampaignsTable;
    recipients: RecipientsTable;
    recipient_additions: RecipientAdditionsTable;
    responses: ResponsesTable;
    mail_webhooks: MailWebhooksTable;
    mail_webhook_messages: MailWebhookMessagesTable;
    mailings: MailingsTable;
  }
}

export {};
