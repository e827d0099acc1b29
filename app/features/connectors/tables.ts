import { type Generated } from "kysely";
import { type ConnectorTrouble } from "~/features/connectors/alerts/connector-trouble";
import { type ConnectorState } from "~/features/connectors/connector-state";

/** One system that an account reads from. The same provider may be there several times. */
interface ConnectorsTable {
  account_id: string;
  id: string;
  /** A provider's id. */
  provider: string;
  /** As people call it. */
  name: string;
  state: ConnectorState;
  /** Where it goes on when what holds it up is over: `where-it-stood.ts` says more. */
  stood: Generated<ConnectorState | null>;
  /** Since when somebody here wants it so that it cannot be read; null: nobody does. */
  disconnected_at: Generated<string | null>;
  /** Who did, in a sentence; null: nobody, or it is not known any more. */
  disconnected_why: Generated<string | null>;
  /** JSON of `Settings`, without those that are secret. */
  settings: string;
  /** JSON of the secret ones, sealed for `connectors.secrets` of this row; null: there are none. */
  secrets: string | null;
  /** What the account at the provider is called, e.g. its email. */
  whose: string | null;
  /** JSON of `KeptFacts`: what the system said of itself last; null: nothing. */
  facts: Generated<string | null>;
  /** JSON: what it has to read, where its provider does not say so of all; null: nobody has asked yet. */
  streams: string | null;
  /** JSON of `Selection`: what is read. */
  selection: string;
  /** JSON of `Mappings`: where it goes, by stream, as a person approved it. */
  mapping: string;
  /** JSON as `syncRules` has it: how it is written, and when a run has to stop and ask. */
  rules: string;
  /** JSON of `RunSchedule`. */
  schedule: string;
  /** Null: it runs when somebody says so. */
  next_run_at: string | null;
  /** JSON: by stream, where the next reading of changes begins. Written with what was read before it. */
  cursors: string;
  /** Since when the next run has to read everything, e.g. because a run was undone; null: changes will do. */
  whole_next: string | null;
  /** JSON of `Question`: what a brake wants to know before it goes on. */
  asking: string | null;
  /** What was told last of what is wrong with it, and not of its end: who looks after it is told once. */
  trouble: Generated<ConnectorTrouble | null>;
  /** What tells it from other trouble of its kind. */
  trouble_why: Generated<string | null>;
  /** Raised by each worker that takes a run of it up: an older one can write no more. */
  lease_epoch: Generated<number>;
  /** Raised at each change of its settings: how a form notices that somebody else was faster. */
  version: Generated<number>;
  created_at: string;
  created_by: string | null;
  changed_at: string;
  deleted_at: string | null;
  deleted_by: string | null;
}

/** What somebody agreed to at the provider: its tokens, sealed for their columns and this row. */
interface ConnectorGrantsTable {
  account_id: string;
  connector_id: string;
  access_token: string | null;
  refresh_token: string | null;
  /** Of the access token; null: it lasts until it is refused. */
  expires_at: string | null;
  /** As granted, apart by spaces: less may have been granted than was asked for. */
  scopes: string;
  /** JSON: what else the response held, by the names the provider lists. */
  extras: string;
  /** Raised with each new token: who waited for the lock sees that it was renewed meanwhile. */
  renewals: Generated<number>;
  granted_at: string;
  granted_by: string | null;
  renewed_at: string | null;
  /** Since when it is no good any more, and why, in a sentence. Its tokens are gone then. */
  ended_at: string | null;
  ended_why: string | null;
  /** Who is renewing it: one at a time, and whoever died over it loses the claim at that instant. */
  claim: Generated<string | null>;
  claimed_until: Generated<string | null>;
  /** Keyed hash of whose it is: connectors with the same lose their access together when one's is revoked. */
  shared_key: Generated<string | null>;
  /** The account at the provider it was connected to before, when that was another one. */
  whose_before: Generated<string | null>;
}

/** Somebody is at the provider's to agree. Found by what comes back with them, once, and only in the same browser. */
interface OAuthRequestsTable {
  account_id: string;
  id: string;
  connector_id: string;
  provider: string;
  /** SHA-256 of `state`, base64url. */
  state_hash: string;
  /** PKCE's, sealed for its column and this row. */
  verifier: string;
  /** Who began it: the session of a person, or the browser that holds a link (its hash in `tokens`). */
  session_id: string | null;
  link_hash: string | null;
  created_at: string;
  expires_at: string;
}

/** Each time that it was tried whether the provider can be read: for "Test connection" and its share of good ones. */
interface ConnectorTestsTable {
  account_id: string;
  id: string;
  connector_id: string;
  at: string;
  by_user_id: string | null;
  duration_ms: number;
  /** What failed and what to do, in a sentence; null: it went well. */
  problem: string | null;
}

/** What a connector's system offers to be read, as it said last: names of fields, no data. */
interface ConnectorOffersTable {
  account_id: string;
  connector_id: string;
  /** JSON of `Offers`. */
  fields: string;
  seen_at: string;
}

/** What somebody was choosing to be read, and has not saved: by person, so that two do not undo each other's. */
interface ConnectorDraftsTable {
  account_id: string;
  connector_id: string;
  user_id: string;
  /** JSON of `Selection`. */
  chosen: string;
  /** Of the connector, when it was begun. */
  version: number;
  changed_at: string;
}

/** What a run would do, tried without storing a contact: one a connector. */
interface ConnectorTrialsTable {
  account_id: string;
  connector_id: string;
  /** Of what is read, where it goes and how it is written: with others it is worth nothing. */
  settings_hash: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  /** Raised by each worker that takes it up, and by whoever asks anew: an older one can write no more. */
  lease_epoch: Generated<number>;
  /** How often its source said "later". */
  waits: Generated<number>;
  waiting_until: string | null;
  waiting_why: string | null;
  read_count: Generated<number>;
  asked_at: string;
  asked_by: string | null;
  started_at: string | null;
  finished_at: string | null;
  /** JSON of `SourceTrialResult`; it has examples in it, and is thrown away after a day. */
  result: string | null;
  problem: string | null;
  problem_reference: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    connectors: ConnectorsTable;
    connector_grants: ConnectorGrantsTable;
    connector_tests: ConnectorTestsTable;
    oauth_requests: OAuthRequestsTable;
    connector_offers: ConnectorOffersTable;
    connector_drafts: ConnectorDraftsTable;
    connector_trials: ConnectorTrialsTable;
  }
}

export {};
