/** Relationships that a run of a connector told of, when the run is undone: those that others say, too, stay. */
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { type RelationshipState } from "~/features/contacts/relationships/relationship-row.server";
import { takeBack } from "~/features/contacts/sourced/relate-sourced.server";
import { keepSaid } from "~/features/contacts/sourced/said-relations.server";
import "~/features/contacts/tables";
import { restoreRelationships } from "~/features/contacts/undo/restore-relationships.server";
import { runsOf } from "~/features/contacts/undo/swap-versions.server";
import { type Scope } from "~/platform/scope.server";

/** What the run's entries tell; once its contacts have been put back. */
export async function restoreToldRelations(
  scope: Scope,
  entries: readonly WrittenEntry[],
  changeSetId: string,
): Promise<PutBack> {
  const stateOf = ({ after }: WrittenEntry) => after as unknown as RelationshipState;
  const made = entries.filter(({ before, after }) => before === null && after !== null);
  const said =
    made.length === 0
      ? new Set<string>()
      : await keepSaid(
          scope,
          made.map((entry) => stateOf(entry).id),
          { notOf: await connectorOf(scope, changeSetId) },
        );
  const stays = made.filter((entry) => said.has(stateOf(entry).id));
  const { leftAlone, ...back } = await restoreRelationships(
    scope,
    entries.filter((entry) => !stays.includes(entry)),
  );
  const left = stays.map((entry) => {
    const { fromName: name, reads } = stateOf(entry);
    return { subjectId: entry.subjectId, name, what: `“${reads}”`, why: "another connector says so, too" };
  });
  return { ...back, leftAlone: [...leftAlone, ...left] };
}

async function connectorOf(scope: Scope, changeSetId: string): Promise<string | null> {
  const run = await scope.db
    .selectFrom("runs")
    .select("connector_id")
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .executeTakeFirst();
  return run?.connector_id ?? null;
}

/**
 * What others had said first, who do no longer, goes with the records that were withdrawn just now: no entry tells of it.
 * From now on it is the undone run's, so that it is made anew when the records come again.
 */
export async function takeBackHandedOver(
  scope: Scope,
  withdrawnIds: readonly string[],
  changeSetId: string,
): Promise<PutBack> {
  const links = await handedOver(scope, withdrawnIds);
  const taken = await takeBack(
    scope,
    links.map(({ relation_id: id, type }) => ({ id: id ?? "", type })),
  );
  const entries = taken.flat();
  const [runId] = entries.length === 0 ? [] : await runsOf(scope, changeSetId);
  if (runId) {
    await scope.db
      .updateTable("source_links")
      .set({ made_run_id: runId })
      .where("account_id", "=", scope.account.id)
      .where("source_record_id", "in", [...new Set(links.map((link) => link.source_record_id))])
      .where("relation_id", "in", [
        ...new Set(entries.map(({ before }) => (before as unknown as RelationshipState).id)),
      ])
      .execute();
  }
  return { entries, leftAlone: [] };
}

async function handedOver(scope: Scope, withdrawnIds: readonly string[]) {
  if (withdrawnIds.length === 0) return [];
  return scope.db
    .selectFrom("contact_records as record")
    .innerJoin("source_links as link", (join) =>
      join
        .onRef("link.account_id", "=", "record.account_id")
        .onRef("link.source_record_id", "=", "record.source_record_id"),
    )
    .select(["link.source_record_id", "link.relation_id", "link.type"])
    .distinct()
    .where("record.account_id", "=", scope.account.id)
    .where("record.id", "in", withdrawnIds)
    .where("link.relation_id", "is not", null)
    .where("link.made_run_id", "is", null)
    .execute();
}
