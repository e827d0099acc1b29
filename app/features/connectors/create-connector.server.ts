import "~/features/connectors/tables";
import { recordEvent } from "~/features/audit/audit.server";
import { sealSecrets } from "~/features/connectors/access/secrets.server";
import { type Provider, type Settings } from "~/features/connectors/connector";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

interface Filled {
  settings?: Settings;
  secrets?: Settings;
}

/** Makes a connector that reads nothing yet: it is to be connected and told what to read. Returns its id. */
export function createConnector(
  scope: Scope,
  provider: Pick<Provider, "id">,
  name: string,
  { settings = {}, secrets = {} }: Filled = {},
): Promise<string> {
  return inTransaction(scope, async (scope) => {
    const id = newId();
    const now = scope.clock.now();
    await scope.db
      .insertInto("connectors")
      .values({
        ...{ account_id: scope.account.id, id, provider: provider.id, name, state: "setting-up" },
        ...{ settings: toJson(settings), secrets: sealSecrets(scope, id, secrets), whose: null, cursors: toJson({}) },
        ...{ selection: toJson({}), mapping: toJson({}), rules: toJson({}), schedule: toJson({}) },
        ...{ next_run_at: null, whole_next: null, asking: null },
        ...{ created_at: now, created_by: scope.user?.id ?? null, changed_at: now },
        ...{ deleted_at: null, deleted_by: null },
      })
      .execute();
    await recordEvent(scope, { action: "connector.created", subject: { connectorId: id, provider: provider.id } });
    return id;
  });
}
