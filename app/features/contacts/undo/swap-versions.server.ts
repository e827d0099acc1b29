/** Which records stand for contacts once a change is undone: for a run of a connector, the versions of before stand again. */
import "~/features/changes/tables";
import { type MemberRecord, type RecordData } from "~/features/contacts/compute-contact";
import "~/features/contacts/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

export interface Swap {
  /** Ids of records that stand no longer. */
  out: string[];
  /** Records that stand again. */
  back: MemberRecord[];
}

/**
 * By contact; those of which nothing changes are left out. A few statements.
 *
 * Of each record at a source the newest version stands that no undone run has brought, unless a run that was not undone
 * has ended it. So runs can be undone in any order.
 */
export async function swapsFor(
  scope: Scope,
  changeSetId: string,
  contactIds: readonly string[],
): Promise<Map<string, Swap>> {
  const own = await ownRecords(scope, changeSetId, contactIds);
  const swaps = new Map<string, Swap>();
  const swapOf = (contactId: string) => {
    const swap = swaps.get(contactId) ?? { out: [], back: [] };
    swaps.set(contactId, swap);
    return swap;
  };
  for (const record of own) {
    if (record.source_record_id === null && record.withdrawn_at === null) swapOf(record.contact_id).out.push(record.id);
  }
  const touched = new Set(own.flatMap((record) => record.source_record_id ?? []));
  const versions = await versionsOf(scope, changeSetId, [...touched]);
  for (const some of versions.values()) {
    const stays = standingOf(some);
    for (const version of some) {
      if (version.isStanding && version !== stays) swapOf(version.contactId).out.push(version.id);
    }
    if (stays && !stays.isStanding) swapOf(stays.contactId).back.push(memberOf(stays));
  }
  return swaps;
}

/** Which of the versions of one record stands. */
function standingOf(versions: readonly Version[]): Version | null {
  const newest = versions.filter((version) => version.isValid).at(-1);
  return newest && !newest.isEnded ? newest : null;
}

/** What a change brought, or ended, of these contacts. */
async function ownRecords(scope: Scope, changeSetId: string, contactIds: readonly string[]) {
  if (contactIds.length === 0) return [];
  const runIds = await runsOf(scope, changeSetId);
  if (runIds.length === 0) return [];
  return scope.db
    .selectFrom("contact_records")
    .select(["id", "contact_id", "source_record_id", "withdrawn_at"])
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", contactIds)
    .where((eb) =>
      eb.or([
        eb("run_id", "in", runIds),
        eb.and([eb("ended_run_id", "is not", null), eb("ended_run_id", "in", runIds)]),
      ]),
    )
    .orderBy("id")
    .execute();
}

export async function runsOf(scope: Scope, changeSetId: string): Promise<string[]> {
  const runs = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .execute();
  return runs.map(({ id }) => id);
}

interface Version {
  id: string;
  contactId: string;
  sourceRecordId: string;
  runId: string | null;
  hash: string;
  data: string;
  observedAt: string;
  isStanding: boolean;
  /** The run that brought it holds. */
  isValid: boolean;
  /** A run that holds has put another in its place, or found it gone. */
  isEnded: boolean;
}

/** The oldest first, by source record. */
async function versionsOf(
  scope: Scope,
  changeSetId: string,
  sourceRecordIds: readonly string[],
): Promise<Map<string, Version[]>> {
  const found = new Map<string, Version[]>();
  if (sourceRecordIds.length === 0) return found;
  const rows = await scope.db
    .selectFrom("contact_records as record")
    .leftJoin("runs as bringing", (join) =>
      join.onRef("bringing.account_id", "=", "record.account_id").onRef("bringing.id", "=", "record.run_id"),
    )
    .leftJoin("change_sets as brought", (join) =>
      join.onRef("brought.account_id", "=", "bringing.account_id").onRef("brought.id", "=", "bringing.change_set_id"),
    )
    .leftJoin("runs as ending", (join) =>
      join.onRef("ending.account_id", "=", "record.account_id").onRef("ending.id", "=", "record.ended_run_id"),
    )
    .leftJoin("change_sets as ended", (join) =>
      join.onRef("ended.account_id", "=", "ending.account_id").onRef("ended.id", "=", "ending.change_set_id"),
    )
    .select(["record.id", "record.contact_id", "record.source_record_id", "record.run_id", "record.hash"])
    .select(["record.data", "record.observed_at", "record.withdrawn_at", "record.ended_run_id"])
    .select([
      "brought.id as brought_id",
      "brought.undone_at as brought_undone",
      "brought.revived_at as brought_revived",
    ])
    .select(["ended.id as ended_id", "ended.undone_at as ended_undone", "ended.revived_at as ended_revived"])
    .where("record.account_id", "=", scope.account.id)
    .where("record.source_record_id", "in", sourceRecordIds)
    .orderBy("record.id")
    .execute();
  const holds = (id: string | null, undoneAt: string | null, revivedAt: string | null) =>
    id !== changeSetId && (undoneAt === null || revivedAt !== null);
  for (const row of rows) {
    const key = row.source_record_id ?? "";
    const version: Version = {
      ...{ id: row.id, contactId: row.contact_id, sourceRecordId: key, runId: row.run_id },
      ...{ hash: row.hash, data: row.data, observedAt: row.observed_at, isStanding: row.withdrawn_at === null },
      isValid: holds(row.brought_id, row.brought_undone, row.brought_revived),
      isEnded: row.ended_run_id !== null && holds(row.ended_id, row.ended_undone, row.ended_revived),
    };
    found.set(key, [...(found.get(key) ?? []), version]);
  }
  return found;
}

function memberOf({ id, runId, sourceRecordId, observedAt, hash, data }: Version): MemberRecord {
  return { id, source: "connector", runId, sourceRecordId, observedAt, hash, data: fromJson<RecordData>(data) };
}
