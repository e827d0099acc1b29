/** What happened, in order. Append-only by trigger; no personal data: ids, verbs and names of fields. */
interface AuditEventsTable {
  account_id: string;
  /** 1, 2, 3 … within the account: the chain's order. */
  position: number;
  id: string;
  at: string;
  action: string;
  actor_user_id: string | null;
  /** Canonical JSON of the whole event: the text that is hashed. */
  body: string;
  /** SHA-256 in hex over the previous event's hash and this body. */
  hash: string;
}

/** Where each account's chain ends; its row lock puts the account's events in one order. */
interface AuditHeadsTable {
  account_id: string;
  position: number;
  hash: string;
}

declare module "~/platform/db/tables" {
  interface Tables {
    audit_events: AuditEventsTable;
    audit_heads: AuditHeadsTable;
  }
}

export {};
