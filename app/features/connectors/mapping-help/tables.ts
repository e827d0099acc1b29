import { type Generated } from "kysely";

/** Which model an account asks for help with mapping, if it does. */
interface ModelSettingsTable {
  account_id: string;
  id: string;
  /** Of the API, without a slash at the end. */
  address: string;
  model: string;
  /** Sealed for its column and this row; null: it asks for none. */
  key: string | null;
  /** How many masked samples of a column are shown to it. */
  samples: number;
  /** Null: it is not asked. */
  on_since: string | null;
  version: Generated<number>;
  changed_at: string;
  changed_by: string | null;
  tested_at: string | null;
  /** What failed when it was last tried, in a sentence; null: it went well. */
  test_problem: string | null;
}

/** What a model was asked last about a connector's columns, and said. It is nothing until a person takes it over. */
interface MappingProposalsTable {
  account_id: string;
  connector_id: string;
  /** Of this asking: the answer to an older one is nothing any more. */
  id: string;
  state: "asking" | "answered" | "failed";
  host: string;
  model: string;
  /** JSON of `Question[]`: exactly what is sent. */
  questions: string;
  asked_at: string;
  asked_by: string | null;
  ended_at: string | null;
  /** JSON of `Proposal[]`. */
  proposals: string | null;
  /** How much of its answer is not used. */
  left_count: Generated<number>;
  problem: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    model_settings: ModelSettingsTable;
    mapping_proposals: MappingProposalsTable;
  }
}

export {};
