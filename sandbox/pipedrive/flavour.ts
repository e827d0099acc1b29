/** How Pipedrive's authorization server differs from others, by its documents. */
import { type Flavour } from "../oauth/flavour";

export const pipedriveFlavour: Flavour = {
  name: "pipedrive",
  title: "Pipedrive",
  paths: { authorize: "/oauth/authorize", token: "/oauth/token", revoke: "/oauth/revoke" },
  scopes: ["base", "contacts:read", "contacts:full", "deals:read"],
  bodyOnly: false,
  tokenSeconds: 3_600,
  rotation: "none",
  revocationNeedsClient: true,
  revokesAll: true,
  isRefreshable: () => true,
  // Scopes come apart by commas, and the company's own address with them.
  answer: ({ id_token: _, ...answer }, { scopes, apiOrigin }) => ({
    ...answer,
    token_type: "Bearer",
    scope: scopes.join(","),
    api_domain: apiOrigin,
  }),
  refusal: ({ error }, { grantType }) => {
    if (error !== "invalid_grant") return { success: false, error, message: "Invalid client: client is invalid" };
    const what = grantType === "refresh_token" ? "refresh_token" : "authorization_code";
    return { success: false, error, message: `Invalid grant: ${what} is invalid` };
  },
  people: ["office@hale-partners.example", "ann.hale@hale-partners.example"],
};
