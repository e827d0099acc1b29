import { hash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Mappings, mappings, type Selection, selection } from "~/features/connectors/connector-settings";
import { type Doors } from "~/features/connectors/runs/doors";
import { saveSelection } from "~/features/connectors/runs/save-selection.server";
import { lockConnector } from "~/features/connectors/runs/start-sync.server";
import { chosenColumns, type Offers } from "~/features/connectors/set-up/offers";
import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

/** Choosing what is read: kept as a draft until it is saved, so that a closed tab and another's change lose nothing. */

export interface Choice {
  chosen: Selection;
  /** Of the connector, as the page knew it. */
  version: number;
}

/** A choice in a few letters: a page that says what it would erase carries them, so that nothing else is erased. */
export function choiceShown(chosen: Selection): string {
  return hash("sha256", toJson(chosen), "hex");
}

const DRAFT_KEPT_MS = 30 * DAY_MS;

/** Keeps what somebody is choosing, without reading it yet. */
export async function keepChoice(scope: Scope, connectorId: string, { chosen, version }: Choice): Promise<void> {
  if (!scope.user) return;
  const said = { chosen: toJson(chosen), version, changed_at: scope.clock.now() };
  await scope.db
    .insertInto("connector_drafts")
    .values({ account_id: scope.account.id, connector_id: connectorId, user_id: scope.user.id, ...said })
    .onConflict((conflict) => conflict.columns(["account_id", "connector_id", "user_id"]).doUpdateSet(said))
    .execute();
}

export async function dropChoice(scope: Scope, connectorId: string): Promise<void> {
  await scope.db
    .deleteFrom("connector_drafts")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("user_id", "=", scope.user?.id ?? null)
    .execute();
}

/** Of choices that nobody came back to. */
export async function sweepChoices(scope: Scope): Promise<void> {
  await scope.db
    .deleteFrom("connector_drafts")
    .where("account_id", "=", scope.account.id)
    .where("changed_at", "<", later(scope.clock.now(), -DRAFT_KEPT_MS))
    .execute();
}

export type ChooseResult = { ok: true; isErasing: boolean } | { ok: false; reason: "not-found" | "changed" };

/**
 * Saves what is read. Fields that are read no longer go nowhere any more, and what was stored of them is erased. Not where
 * somebody else has changed the connector since the page was shown.
 */
export function chooseFields(
  scope: Scope,
  connectorId: string,
  { chosen, version, offers, doors }: Choice & { offers: Offers; doors: Pick<Doors, "providers"> },
): Promise<ChooseResult> {
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId);
    if (!connector) return { ok: false, reason: "not-found" };
    if (connector.version !== version) return { ok: false, reason: "changed" };
    await dropChoice(scope, connectorId);
    if (isDeepStrictEqual(selection.parse(fromJson(connector.selection)), chosen))
      return { ok: true, isErasing: false };
    const saved = await saveSelection(scope, connectorId, { chosen, doors });
    if (!saved.ok) return saved;
    const mapping = withoutUnread(mappings.parse(fromJson(connector.mapping)), chosen, offers);
    await scope.db
      .updateTable("connectors")
      .set({ mapping: toJson(mapping) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    return saved;
  });
}

/** Where columns go that are read. What the system offers no longer is kept as long as its field is chosen. */
function withoutUnread(mapping: Mappings, chosen: Selection, offers: Offers): Mappings {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([streamId, { columns, fields, ...more }]) => {
      if (!chosen[streamId]) return [];
      const read = new Set(chosenColumns(chosen, offers, streamId).map(({ id }) => id));
      const offered = new Set((offers[streamId] ?? []).flatMap((field) => field.columns.map(({ id }) => id)));
      const kept = columns.map(({ id }) => read.has(id) || !offered.has(id));
      const left = { columns: columns.filter((_, i) => kept[i]), fields: fields.filter((_, i) => kept[i]) };
      return [[streamId, { ...more, ...left }]];
    }),
  );
}

/** How many records of each stream are stored here. */
export async function countStored(scope: Scope, connectorId: string): Promise<Map<string, number>> {
  const rows = await scope.db
    .selectFrom("source_records")
    .select((eb) => ["stream", eb.fn.countAll().as("count")])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("raw_record_id", "is not", null)
    .groupBy("stream")
    .execute();
  return new Map(rows.map(({ stream, count }) => [stream, Number(count)]));
}
