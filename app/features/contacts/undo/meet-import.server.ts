/** How contacts stand that an import touched, looked at again when it is undone. */
import "~/features/changes/tables";
import "~/features/contacts/tables";
import { lockThem, type Row } from "~/features/contacts/undo/restore-contacts.server";
import { type Swap, swapsFor } from "~/features/contacts/undo/swap-versions.server";
import { type Scope } from "~/platform/scope.server";

export interface ImportMeeting {
  /** Held to the end of the transaction. */
  rows: ReadonlyMap<string, Row>;
  /** The ids of the import's own records that are not withdrawn, by contact. */
  records: ReadonlyMap<string, readonly string[]>;
  /** The contacts that were asked about. */
  asked: ReadonlySet<string>;
  /** Which records stand no longer and which stand again, by contact. */
  swaps: ReadonlyMap<string, Swap>;
  /** Contacts that the import made. */
  made: ReadonlySet<string>;
  /** Contacts to which somebody did something since. */
  edited: ReadonlySet<string>;
  /** Contacts of which another import said the same, so that it stored nothing. */
  saidAgain: ReadonlySet<string>;
}

/** Some contacts at a time: as many as one statement takes. Ten statements. */
export async function meetImport(
  scope: Scope,
  changeSetId: string,
  contactIds: readonly string[],
): Promise<ImportMeeting> {
  const swaps = await swapsFor(scope, changeSetId, contactIds);
  // A version of before may have been another contact's.
  const ids = [...new Set([...contactIds, ...swaps.keys()])];
  const rows = await lockThem(scope, ids);
  const records = await recordsOf(scope, changeSetId, ids);
  return {
    ...{ rows, records, swaps, asked: new Set(contactIds) },
    made: await madeBy(scope, changeSetId, ids),
    edited: new Set([
      ...(await changedAfter(scope, changeSetId, ids)),
      ...(await withOtherRecords(scope, changeSetId, ids)),
    ]),
    saidAgain: await saidAgainBy(scope, changeSetId, ids),
  };
}

async function recordsOf(scope: Scope, changeSetId: string, ids: readonly string[]) {
  const rows = await scope.db
    .selectFrom("contact_records as record")
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "record.account_id").onRef("runs.id", "=", "record.run_id"),
    )
    .select(["record.id", "record.contact_id"])
    .where("record.account_id", "=", scope.account.id)
    .where("record.contact_id", "in", ids)
    .where("record.withdrawn_at", "is", null)
    .where("runs.change_set_id", "=", changeSetId)
    .execute();
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(row.contact_id, [...(found.get(row.contact_id) ?? []), row.id]);
  return found;
}

async function madeBy(scope: Scope, changeSetId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await scope.db
    .selectFrom("change_entries")
    .select("subject_id")
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .where("subject_id", "in", ids)
    .where("subject_kind", "=", "contact")
    .where("before", "is", null)
    .execute();
  return new Set(rows.map((row) => row.subject_id));
}

/** A set's id begins with the time it was opened. What was undone and not redone is no edit, nor is undoing itself. */
async function changedAfter(scope: Scope, changeSetId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("change_entries as entry")
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "entry.account_id").onRef("change.id", "=", "entry.change_set_id"),
    )
    .select("entry.subject_id")
    .distinct()
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.subject_id", "in", ids)
    .where("entry.change_set_id", ">", changeSetId)
    .where((eb) => eb.or([eb("change.undone_at", "is", null), eb("change.revived_at", "is not", null)]))
    .where("change.action", "!=", "change.undone")
    .execute();
  return rows.map((row) => row.subject_id);
}

/** Whoever else says something of them: a person, or another import. */
async function withOtherRecords(scope: Scope, changeSetId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("contact_records as record")
    .leftJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "record.account_id").onRef("runs.id", "=", "record.run_id"),
    )
    .select("record.contact_id")
    .distinct()
    .where("record.account_id", "=", scope.account.id)
    .where("record.contact_id", "in", ids)
    .where("record.withdrawn_at", "is", null)
    .where((eb) => eb.or([eb("runs.change_set_id", "is", null), eb("runs.change_set_id", "!=", changeSetId)]))
    .execute();
  return rows.map((row) => row.contact_id);
}

async function saidAgainBy(scope: Scope, changeSetId: string, ids: readonly string[]): Promise<Set<string>> {
  const runs = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", ">", changeSetId)
    .where("same_count", ">", 0)
    .execute();
  if (runs.length === 0) return new Set();
  const rows = await scope.db
    .selectFrom("raw_records as raw")
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "raw.account_id").onRef("runs.id", "=", "raw.run_id"),
    )
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "runs.account_id").onRef("change.id", "=", "runs.change_set_id"),
    )
    .select("raw.subject_id")
    .distinct()
    .where("raw.account_id", "=", scope.account.id)
    .where(
      "raw.run_id",
      "in",
      runs.map((run) => run.id),
    )
    .where("raw.outcome", "=", "same")
    .where("raw.subject_id", "in", ids)
    .where((eb) => eb.or([eb("change.undone_at", "is", null), eb("change.revived_at", "is not", null)]))
    .execute();
  return new Set(rows.flatMap((row) => (row.subject_id === null ? [] : [row.subject_id])));
}
