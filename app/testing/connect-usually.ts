/** A connector that reads what is usually read of a provider, mapped as the provider's own documents say. */
import { type Connection, type Provider } from "~/features/connectors/connector";
import "~/features/connectors/tables";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Returns its id. It is on, and has read nothing yet. */
export async function connectUsually(scope: Scope, provider: Provider, connection: Connection): Promise<string> {
  const id = newId();
  const now = scope.clock.now();
  await scope.db
    .insertInto("connectors")
    .values({
      ...{ account_id: scope.account.id, id, provider: provider.id, name: provider.name, state: "on" },
      ...{ settings: JSON.stringify(connection.settings), secrets: null, whose: null, cursors: "{}", schedule: "{}" },
      ...{ ...(await usualChoice(provider, connection)), rules: "{}" },
      ...{ next_run_at: null, whole_next: null, asking: null, created_at: now, created_by: null },
      ...{ changed_at: now, deleted_at: null, deleted_by: null },
    })
    .execute();
  return id;
}

async function usualChoice(provider: Provider, connection: Connection) {
  const selection: Record<string, object> = {};
  const mapping: Record<string, object> = {};
  for (const { id } of provider.streams) {
    const fields = (await provider.discover(connection, id)).filter(({ usual, always }) => usual || always);
    const columns = fields.flatMap(({ columns }) => columns);
    selection[id] = { fields: fields.map(({ id }) => id), start: null };
    mapping[id] = {
      columns: columns.map(({ id, label }) => ({ id, label })),
      fields: columns.map(({ goesTo = "" }) => goesTo),
    };
  }
  return { selection: JSON.stringify(selection), mapping: JSON.stringify(mapping) };
}
