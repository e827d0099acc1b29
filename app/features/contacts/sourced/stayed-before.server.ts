import "~/features/changes/tables";
import "~/features/contacts/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

type Stayed = "lessened" | "unmoved";

/** Contacts of which the run has withdrawn records before that were gone at the source, in another stream: as what it counted them. */
export async function stayedBefore(
  scope: Scope,
  runId: string,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, Stayed>> {
  const ids = contactIds.length === 0 ? [] : await withdrawnBefore(scope, runId, contactIds);
  if (ids.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("change_entries as entry")
    .innerJoin("runs", (join) =>
      join
        .onRef("runs.account_id", "=", "entry.account_id")
        .onRef("runs.change_set_id", "=", "entry.change_set_id")
        .on("runs.id", "=", runId),
    )
    .select(["entry.subject_id", "entry.after"])
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.subject_id", "in", ids)
    .where("entry.subject_kind", "=", "contact")
    .orderBy("entry.position")
    .execute();
  return new Map(
    rows.flatMap(({ subject_id: id, after }): [string, Stayed][] => {
      const stayed = stayedAs(after);
      return stayed ? [[id, stayed]] : [];
    }),
  );
}

async function withdrawnBefore(scope: Scope, runId: string, contactIds: readonly string[]): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("contact_records as record")
    .innerJoin("source_records as source", (join) =>
      join.onRef("source.account_id", "=", "record.account_id").onRef("source.id", "=", "record.source_record_id"),
    )
    .select("record.contact_id")
    .distinct()
    .where("record.account_id", "=", scope.account.id)
    .where("record.contact_id", "in", contactIds)
    .where("record.ended_run_id", "=", runId)
    .where("source.state", "=", "gone")
    .where("source.changed_run_id", "=", runId)
    .execute();
  return rows.map(({ contact_id: id }) => id);
}

/** By what an entry of the contact says; null: it tells of something else. */
function stayedAs(after: string | null): Stayed | null {
  const { values, marks } = fromJson<{ values?: object; marks?: object }>(after ?? "{}");
  if (!values || marks) return null;
  return Object.keys(values).length === 0 ? "unmoved" : "lessened";
}
