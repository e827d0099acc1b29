/** What people call the orders and rows that findings name: "#1001", and the id under which a purchase was tracked. */
import { expressionBuilder } from "kysely";
import "~/features/reconciliation/records/tables";
import { type RunSettings } from "~/features/reconciliation/runs/run-settings";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface Names {
  /** By the order's key. */
  orders: ReadonlyMap<string, string>;
  /** By the row's id. */
  rows: ReadonlyMap<string, string>;
}

/** An order's key in its two parts; null: it is none of the sources compared. */
export function splitKey(key: string, { sources }: Pick<RunSettings, "sources">) {
  const [, place, remoteId] = /^(\d{1,4}):(.*)$/s.exec(key) ?? [];
  const source = sources.find((one) => String(one.place) === place);
  return source === undefined || remoteId === undefined
    ? null
    : { origin: source.origin, place: source.place, remoteId };
}

/** Those that are gone keep their own ids as names. One statement; none for nothing. */
export async function namesOf(
  scope: Scope,
  settings: RunSettings,
  { orderKeys, rowIds }: { orderKeys: readonly string[]; rowIds: readonly string[] },
): Promise<Names> {
  const split = orderKeys.flatMap((key) => splitKey(key, settings) ?? []);
  if (split.length + rowIds.length === 0) return { orders: new Map(), rows: new Map() };
  const found = await query(scope, settings, { split, rowIds });
  const called = new Map(
    found.map(({ side, origin, remote_id, called }) => [`${side} ${origin} ${remote_id}`, called]),
  );
  const orders = orderKeys.flatMap((key): [string, string][] => {
    const part = splitKey(key, settings);
    return part ? [[key, called.get(`order ${part.origin} ${part.remoteId}`) ?? part.remoteId]] : [];
  });
  const rows = rowIds.map((id): [string, string] => [id, called.get(`row ${settings.analyticsOrigin} ${id}`) ?? id]);
  return { orders: new Map(orders), rows: new Map(rows) };
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

function query(
  scope: Scope,
  { analyticsOrigin }: RunSettings,
  { split, rowIds }: { split: readonly { origin: string; remoteId: string }[]; rowIds: readonly string[] },
) {
  const origins = [...new Set(split.map(({ origin }) => origin)), ""];
  const remoteIds = [...new Set(split.map(({ remoteId }) => remoteId)), ""];
  const orders = scope.db
    .selectFrom("orders")
    .select((eb) => [eb.val<string>("order").as("side"), "origin", "remote_id", "number as called"])
    .where("account_id", "=", scope.account.id)
    .where("origin", "in", origins)
    .where("remote_id", "in", remoteIds);
  const rows = parts
    .selectFrom("transactions")
    .select((eb) => [eb.val<string>("row").as("side"), "origin", "remote_id", "transaction_id as called"])
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", analyticsOrigin)
    .where("remote_id", "in", [...new Set(rowIds), ""]);
  return orders.unionAll(rows).execute();
}
