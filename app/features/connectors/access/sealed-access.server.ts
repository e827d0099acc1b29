import "~/features/connectors/tables";
import { type TokenColumn, tokenPlace } from "~/features/connectors/access/grant-row.server";
import { verifierPlace } from "~/features/connectors/access/oauth-requests.server";
import { secretsPlace } from "~/features/connectors/access/secrets.server";
import { type SealedColumn } from "~/platform/sealed-columns.server";

function tokens(column: TokenColumn): SealedColumn {
  return {
    ...{ table: "connector_grants", column, key: "connector_id", ofAccounts: true },
    place: ({ account_id = "", connector_id = "" }) => tokenPlace(account_id, connector_id, column),
  };
}

/** What is sealed of connectors. */
export const sealedAccess: readonly SealedColumn[] = [
  {
    ...{ table: "connectors", column: "secrets", key: "id", ofAccounts: true },
    place: ({ account_id = "", id = "" }) => secretsPlace(account_id, id),
  },
  tokens("access_token"),
  tokens("refresh_token"),
  {
    ...{ table: "oauth_requests", column: "verifier", key: "id", ofAccounts: true },
    place: ({ account_id = "", id = "" }) => verifierPlace(account_id, id),
  },
];
