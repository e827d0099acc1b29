/** An order of a shop and a purchase of its analytics as they are now, by the names that findings have for them. */
import "~/features/pipeline/tables";
import { type Decision } from "~/features/reconciliation/compare/settings";
import { type AffixRule, stripped } from "~/features/reconciliation/ids/alias-types";
import { type Facts } from "~/features/reconciliation/records/record-kind";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { factsIn } from "~/features/reconciliation/records/stored-records.server";
import "~/features/reconciliation/records/tables";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { splitKey } from "~/features/reconciliation/results/names.server";
import { type RunSettings } from "~/features/reconciliation/runs/run-settings";
import "~/features/reconciliation/tables";
import { type Scope } from "~/platform/scope.server";

/** The reconciliation, and by which sources a run of it went. */
export interface About {
  reconciliationId: string;
  settings: RunSettings;
}

export interface Side {
  /** Of the record that it is in the data. */
  id: string;
  /** An order's key, or a row's id. */
  key: string;
  /** "#1001", or as it was tracked. */
  name: string;
  facts: Facts;
  goneAt: string | null;
  /** The file or the connector that says so now, and since when. */
  from: string | null;
  since: string | null;
}

/** What was decided about it, the latest first, the withdrawn among it. */
export type DecidedSide = Side & { decisions: DecisionLine[] };

const orderColumns = Object.keys(orderKind.labels);
const rowColumns = Object.keys(transactionKind.labels);

/** With what people decided about it. Null: the shop has none such. One statement. */
export async function findOrder(scope: Scope, about: About, key: string): Promise<DecidedSide | null> {
  const part = splitKey(key, about.settings);
  if (!part) return null;
  const rows = await scope.db
    .selectFrom("orders as record")
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "record.account_id").onRef("run.id", "=", "record.run_id"),
    )
    .leftJoin("reconciliation_decisions as decision", (join) =>
      join
        .onRef("decision.account_id", "=", "record.account_id")
        .on("decision.reconciliation_id", "=", about.reconciliationId)
        .on("decision.order_key", "=", key),
    )
    .leftJoin("users as decider", "decider.id", "decision.decided_by")
    .leftJoin("users as withdrawer", "withdrawer.id", "decision.withdrawn_by")
    .select(["record.id", "record.gone_at as goneAt", "run.file_name as from", "run.started_at as since"])
    .select(orderColumns.map((column) => `record.${column}` as "record.number"))
    .select(decisionColumns)
    .where("record.account_id", "=", scope.account.id)
    .where("record.origin", "=", part.origin)
    .where("record.remote_id", "=", part.remoteId)
    .orderBy("record.id", "desc")
    .orderBy("decision.id", "desc")
    .limit(MOST_DECISIONS)
    .execute();
  const [row] = rows;
  if (!row) return null;
  const facts = factsIn(orderColumns, row);
  const { id, goneAt, from, since } = row;
  const name = orderKind.called(facts) ?? part.remoteId;
  return { id, key, name, facts, goneAt, from, since, decisions: decisionsIn(rows.filter((one) => one.id === id)) };
}

/** With what people decided about it. Null: the analytics has none such. One statement. */
export async function findRow(scope: Scope, about: About, rowId: string): Promise<DecidedSide | null> {
  const rows = await scope.db
    .selectFrom("transactions as record")
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "record.account_id").onRef("run.id", "=", "record.run_id"),
    )
    .leftJoin("reconciliation_decisions as decision", (join) =>
      join
        .onRef("decision.account_id", "=", "record.account_id")
        .on("decision.reconciliation_id", "=", about.reconciliationId)
        .on("decision.row_id", "=", rowId),
    )
    .leftJoin("users as decider", "decider.id", "decision.decided_by")
    .leftJoin("users as withdrawer", "withdrawer.id", "decision.withdrawn_by")
    .select(["record.id", "record.gone_at as goneAt", "run.file_name as from", "run.started_at as since"])
    .select(rowColumns.map((column) => `record.${column}` as "record.transaction_id"))
    .select(decisionColumns)
    .where("record.account_id", "=", scope.account.id)
    .where("record.origin", "=", about.settings.analyticsOrigin)
    .where("record.remote_id", "=", rowId)
    .orderBy("record.id", "desc")
    .orderBy("decision.id", "desc")
    .limit(MOST_DECISIONS)
    .execute();
  const [row] = rows;
  if (!row) return null;
  const facts = factsIn(rowColumns, row);
  const { id, goneAt, from, since } = row;
  const name = transactionKind.called(facts) ?? rowId;
  return {
    ...{ id, key: rowId, name, facts, goneAt, from, since },
    decisions: decisionsIn(rows.filter((one) => one.id === id)),
  };
}

export interface DecisionLine {
  id: string;
  kind: Decision["kind"];
  orderKey: string | null;
  rowId: string | null;
  reason: string | null;
  decidedAt: string;
  decidedBy: string | null;
  withdrawnAt: string | null;
  withdrawnBy: string | null;
}

const MOST_DECISIONS = 100;

const decisionColumns = [
  ...(["decision.id as decisionId", "decision.kind", "decision.order_key as orderKey"] as const),
  ...(["decision.row_id as rowId", "decision.reason", "decision.decided_at as decidedAt"] as const),
  ...(["decider.name as decidedBy", "decision.withdrawn_at as withdrawnAt"] as const),
  "withdrawer.name as withdrawnBy" as const,
] as const;

type DecisionRow = { [Key in keyof DecisionLine]: DecisionLine[Key] | null } & { decisionId: string | null };

function decisionsIn(rows: readonly DecisionRow[]): DecisionLine[] {
  return rows.flatMap(({ decisionId, kind, decidedAt, ...row }) =>
    decisionId === null || kind === null || decidedAt === null
      ? []
      : [{ ...pick(row), id: decisionId, kind, decidedAt }],
  );
}

function pick({
  orderKey,
  rowId,
  reason,
  decidedBy,
  withdrawnAt,
  withdrawnBy,
}: Omit<DecisionRow, "decisionId" | "kind" | "decidedAt">) {
  return { orderKey, rowId, reason, decidedBy, withdrawnAt, withdrawnBy };
}

/** Purchases by their own ids, and those tracked under any of these; the earliest first. One statement. */
export async function listRows(
  scope: Scope,
  { analyticsOrigin }: RunSettings,
  { rowIds, ids }: { rowIds: readonly string[]; ids: readonly string[] },
): Promise<Side[]> {
  if (rowIds.length + ids.length === 0) return [];
  const rows = await scope.db
    .selectFrom("transactions as record")
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "record.account_id").onRef("run.id", "=", "record.run_id"),
    )
    .select(["record.id", "record.remote_id", "record.gone_at as goneAt", "run.file_name as from"])
    .select("run.started_at as since")
    .select(rowColumns.map((column) => `record.${column}` as "record.transaction_id"))
    .where("record.account_id", "=", scope.account.id)
    .where("record.origin", "=", analyticsOrigin)
    .where((eb) =>
      eb.or([
        ...(rowIds.length > 0 ? [eb("record.remote_id", "in", [...rowIds])] : []),
        ...(ids.length > 0 ? [eb("record.transaction_id", "in", [...ids])] : []),
      ]),
    )
    .orderBy("record.day")
    .orderBy("record.id")
    .limit(MOST_ROWS)
    .execute();
  return rows.map(({ id, remote_id: key, goneAt, from, since, ...row }) => {
    const facts = factsIn(rowColumns, row);
    return { id, key, name: transactionKind.called(facts) ?? key, facts, goneAt, from, since };
  });
}

/** Of an order: whoever is tracked more often than that has another trouble. */
const MOST_ROWS = 50;

/** Under what a purchase of this order may have been tracked: its ids as they are, and without what shops put around them. */
export function idsOf({ key, facts }: Pick<Side, "key" | "facts">, affixes: readonly AffixRule[]): string[] {
  const said = [key.replace(/^\d+:/, ""), ...orderIdColumns.map((column) => facts[column])];
  const texts = said.flatMap((id) => (id === null || id === undefined || id === "" ? [] : [String(id)]));
  const bare = texts.flatMap((id) => [id.replace(/^#/, ""), id.replace(/^gid:\/\/.*\/([^/?]+).*$/, "$1")]);
  const all = [...texts, ...bare];
  return [...new Set([...all, ...affixes.flatMap((rule) => all.flatMap((id) => byAffix(id, rule)))])];
}

/** Rules are kept in lower case; ids stand in the data as they were tracked. */
function byAffix(id: string, { of, prefix, suffix }: AffixRule): string[] {
  if (of === "tracked-ids") return [`${prefix}${id}${suffix}`, `${prefix.toUpperCase()}${id}${suffix.toUpperCase()}`];
  const isAround = stripped(id.toLowerCase(), { of, prefix, suffix }) !== null;
  return isAround ? [id.slice(prefix.length, id.length - suffix.length)] : [];
}

const orderIdColumns = [
  ...(["number", "order_number", "order_key", "confirmation"] as const),
  ...(["checkout_token", "cart_token", "payment_ref"] as const),
];
