/** The orders and purchases that go by what somebody typed: a number, or an id of either side. */
import { expressionBuilder } from "kysely";
import "~/features/reconciliation/records/tables";
import { type RunSettings } from "~/features/reconciliation/runs/run-settings";
import { orderKey } from "~/features/reconciliation/set-up/kept-settings";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface Called {
  side: "order" | "row";
  /** An order's key, or a row's id. */
  key: string;
  name: string;
  /** When it was, as its side says it. */
  at: string;
}

const MOST = 20;
const foundColumns = ["side", "origin", "remote_id", "called", "at"] as const;

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

/** "1001" is also "#1001", and the other way about. One statement. */
export async function findCalled(scope: Scope, settings: RunSettings, typed: string): Promise<Called[]> {
  const bare = typed.replace(/^#/, "");
  const texts = [...new Set([typed, bare, `#${bare}`])];
  const { sources, analyticsOrigin } = settings;
  const origins = [...sources.map(({ origin }) => origin), ""];
  const orders = parts
    .selectFrom("orders")
    .select((eb) => [eb.val<string>("order").as("side"), "origin", "remote_id", "number as called"])
    .select((eb) => eb.cast<string>("placed_at", "text").as("at"))
    .where("account_id", "=", scope.account.id)
    .where("origin", "in", origins)
    .where((eb) => eb.or([eb("remote_id", "in", texts), eb("number", "in", texts)]))
    .limit(MOST);
  const rows = parts
    .selectFrom("transactions")
    .select((eb) => [eb.val<string>("row").as("side"), "origin", "remote_id", "transaction_id as called"])
    .select((eb) => eb.cast<string>("day", "text").as("at"))
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", analyticsOrigin)
    .where((eb) => eb.or([eb("remote_id", "in", texts), eb("transaction_id", "in", texts)]))
    .limit(MOST);
  const found = await scope.db
    .selectFrom(orders.as("found_orders"))
    .select(foundColumns)
    .unionAll(parts.selectFrom(rows.as("found_rows")).select(foundColumns))
    .execute();
  return found.flatMap(({ side, origin, remote_id, called, at }): Called[] => {
    if (side === "row") return [{ side, key: remote_id, name: called ?? remote_id, at: at.slice(0, 10) }];
    return sources
      .filter((source) => source.origin === origin)
      .map(({ place }) => ({
        ...{ side: "order" as const, key: orderKey(place, remote_id), name: called ?? remote_id, at: at.slice(0, 10) },
      }));
  });
}
