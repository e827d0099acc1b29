import { type MemberRecord } from "~/features/contacts/compute-contact";
import { type Draft } from "~/features/pipeline/draft/draft-run.server";
import { type OpenRun } from "~/features/pipeline/run/open-run.server";
import { type Scope } from "~/platform/scope.server";
import { type ComparisonExample } from "~/testing/walk/comparison-example";
import { type Example } from "~/testing/walk/examples";
import { type ChangedOrders } from "~/testing/walk/order-example";
import { type SyncExample } from "~/testing/walk/sync-example";

/** What the functions are called with. */
export interface Ours extends Example {
  draft: Draft;
  /** A run of ours that a worker has taken up. */
  open: OpenRun;
  record: MemberRecord;
  changeSetId: string;
  /** Of the audit. */
  eventId: string;
  rawRecordId: string;
  /** Of a row that was stored. */
  storedRawId: string;
  /** An import of rows that were there already, and one of the contacts that they are. */
  sameRunId: string;
  importedId: string;
  userId: string;
  /** An import of which a refused row was corrected, its change set, and the import that brought that row in. */
  correctedId: string;
  correctedChangeId: string;
  correctionId: string;
  sync: SyncExample;
  orders: ChangedOrders;
  comparison: ComparisonExample;
}

/** It throws: a foreign key, a lease. Nobody calls it with what they have not looked up before. */
export const throws = Symbol("throws");
/** Whatever it answers: it makes something new of their own. That there is nothing of ours in it is seen to anyhow. */
export const something = Symbol("something");

type Call = (theirs: Scope, ours: Ours) => unknown;
export type QueryTable = Record<string, Record<string, [call: Call, wanted: unknown]>>;

export const notFound = { ok: false, reason: "not-found" };
export const no = { ok: false };
