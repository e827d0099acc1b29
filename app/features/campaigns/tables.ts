import { type Generated } from "kysely";
import { type CampaignChannel, type CampaignState, type Response } from "~/features/campaigns/campaign";
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
  value_minor: bigint | null;
  recorded_at: string;
  recorded_by: string | null;
  /** Set where it was undone. */
  withdrawn_at: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    campaigns: CampaignsTable;
    recipients: RecipientsTable;
    recipient_additions: RecipientAdditionsTable;
    responses: ResponsesTable;
  }
}

export {};
