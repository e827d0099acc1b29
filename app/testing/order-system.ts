/** A shop in memory, whose orders are read. */
import { type Provider } from "~/features/connectors/connector";
import "~/features/connectors/tables";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { smallSystem } from "~/testing/small-system";

export const orderColumns = ["number", "placedAt", "currency", "total", "refunded", "paymentMethod"];

export function orderSystem() {
  const system = smallSystem();
  const provider: Provider = {
    ...system.provider,
    streams: [
      {
        ...{ id: "people", noun: { one: "order", many: "orders" }, subject: "orders" },
        ...{ changes: true, wholeTellsGone: true, hasStart: false },
      },
    ],
    cellsOf: (_streamId, payload) => {
      const cells = orderColumns.map((id) => [id, payload[id]] as const);
      return new Map(cells.filter((cell): cell is [string, string] => typeof cell[1] === "string"));
    },
    linksOf: () => [],
  };
  system.doors = { ...system.doors, providers: new Map([["small", provider]]) };
  return system;
}

export async function orderSystemConnected(scope: Scope): Promise<string> {
  const id = newId();
  const now = scope.clock.now();
  await scope.db
    .insertInto("connectors")
    .values({
      ...{ account_id: scope.account.id, id, provider: "small", name: "Kettles of Brandt", state: "on" },
      ...{ settings: "{}", secrets: null, whose: null, cursors: "{}", schedule: "{}", rules: "{}" },
      selection: JSON.stringify({ people: { fields: orderColumns, start: null } }),
      mapping: JSON.stringify({
        people: { columns: orderColumns.map((column) => ({ id: column, label: column })), fields: orderColumns },
      }),
      ...{ next_run_at: null, whole_next: null, asking: null, created_at: now, created_by: null },
      ...{ changed_at: now, deleted_at: null, deleted_by: null },
    })
    .execute();
  return id;
}
