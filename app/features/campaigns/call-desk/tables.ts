import { type CallOutcome } from "~/features/campaigns/call-desk/call";

/** A call that was made for a campaign. How a recipient stands follows from those that are not withdrawn. */
interface CallsTable {
  account_id: string;
  id: string;
  campaign_id: string;
  contact_id: string;
  caller_id: string | null;
  at: string;
  /** Of the day, by the account's clock: 0 to 23. */
  hour: number;
  outcome: CallOutcome;
  note: string | null;
  call_back_at: string | null;
  /** Set where it was undone. */
  withdrawn_at: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    calls: CallsTable;
  }
}

export {};
