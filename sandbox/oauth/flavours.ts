import { createHmac, randomUUID } from "node:crypto";
import { type Flavour, type FlavourName, type OAuthError, type TokenAnswer } from "./flavour";

const people = ["office@hale-partners.example", "ann.hale@hale-partners.example"];

/** A number that a person always has. */
function numberOf(text: string, digits: number): string {
  const hash = createHmac("sha256", "sandbox").update(text).digest();
  return (hash.readBigUInt64BE() % 10n ** BigInt(digits)).toString().padStart(digits, "1");
}

const google: Flavour = {
  name: "google",
  title: "Google",
  paths: { authorize: "/o/oauth2/v2/auth", token: "/token", revoke: "/revoke" },
  scopes: [
    ...["https://www.googleapis.com/auth/contacts.readonly", "https://www.googleapis.com/auth/contacts.other.readonly"],
    ...["https://www.googleapis.com/auth/userinfo.email", "https://www.googleapis.com/auth/userinfo.profile"],
    ...["https://www.googleapis.com/auth/analytics.readonly", "openid", "email", "profile"],
  ],
  bodyOnly: false,
  tokenSeconds: 3_599,
  rotation: "none",
  revocationNeedsClient: false,
  revokesAll: true,
  // Without `prompt=consent` only the first agreement brings one.
  isRefreshable: ({ access_type, prompt }, isFirst) =>
    access_type === "offline" && (isFirst || (prompt ?? "").split(" ").includes("consent")),
  // A renewal answers without the refresh token, which stays as it is.
  answer: ({ refresh_token, ...rest }, { grantType }) =>
    grantType === "refresh_token" || refresh_token === undefined ? rest : { ...rest, refresh_token },
  // One client for all of Google's that there are connectors for.
  callbacks: ["/connect/google/callback", "/connect/ga4-google/callback"],
  refusal: (error, { grantType }) => {
    if (error.error !== "invalid_grant") return plain(error);
    const said = grantType === "refresh_token" ? "Token has been expired or revoked." : "Malformed auth code.";
    return { error: "invalid_grant", error_description: said };
  },
  people,
};

const microsoft: Flavour = {
  name: "microsoft",
  title: "Microsoft",
  paths: { authorize: "/common/oauth2/v2.0/authorize", token: "/common/oauth2/v2.0/token", revoke: null },
  pathOf: (path) => path.replace(/^\/[\w.-]+(?=\/oauth2\/v2\.0\/)/, "/common"),
  scopes: ["openid", "email", "profile", "offline_access", "Contacts.Read", "User.Read"],
  bodyOnly: false,
  tokenSeconds: 3_599,
  rotation: "new",
  revocationNeedsClient: false,
  revokesAll: false,
  isRefreshable: ({ scope }) => (scope ?? "").split(" ").includes("offline_access"),
  answer: (answer, { scopes }) => ({
    ...answer,
    scope: scopes
      .filter((scope) => scope !== "offline_access")
      .map((scope) => (/^[A-Z]/.test(scope) ? `https://graph.microsoft.com/${scope}` : scope))
      .join(" "),
    ext_expires_in: answer.expires_in,
  }),
  refusal: (error, { at }) => {
    const number = error.error === "invalid_client" ? 7_000_215 : error.error === "invalid_grant" ? 70_000 : 900_144;
    return {
      error: error.error,
      error_description: `AADSTS${number}: ${error.error_description ?? "The request was refused."}`,
      error_codes: [number],
      timestamp: at.toISOString().replace("T", " ").replace(/\..*$/, "Z"),
      trace_id: randomUUID(),
      correlation_id: randomUUID(),
    };
  },
  people,
};

const hubspot: Flavour = {
  name: "hubspot",
  title: "HubSpot",
  paths: {
    authorize: "/oauth/authorize",
    token: "/oauth/2026-03/token",
    revoke: "/oauth/2026-03/token/revoke",
  },
  scopes: ["oauth", "crm.objects.contacts.read", "crm.objects.companies.read", "crm.objects.deals.read"],
  bodyOnly: true,
  tokenSeconds: 1_800,
  rotation: "none",
  revocationNeedsClient: true,
  revokesAll: true,
  isRefreshable: () => true,
  answer: ({ scope: _scope, ...answer }: TokenAnswer, { scopes, accountId }) => ({
    ...answer,
    token_type: "bearer",
    hub_id: Number(numberOf("hale-partners", 8)),
    user_id: Number(numberOf(accountId, 8)),
    scopes,
    token_use: "access_token",
    expires_in: 1_800,
  }),
  refusal: (error, { grantType }) => {
    if (error.error !== "invalid_grant") return { ...plain(error), status: "BAD_REQUEST" };
    const [status, said] =
      grantType === "refresh_token"
        ? ["BAD_REFRESH_TOKEN", "refresh token is invalid, expired or revoked"]
        : ["BAD_AUTH_CODE", "missing or unknown auth code"];
    return { error: "invalid_grant", error_description: said, status, message: said };
  },
  people,
};

const salesforce: Flavour = {
  name: "salesforce",
  title: "Salesforce",
  paths: {
    authorize: "/services/oauth2/authorize",
    token: "/services/oauth2/token",
    revoke: "/services/oauth2/revoke",
  },
  scopes: ["api", "refresh_token", "offline_access", "openid", "id", "web"],
  bodyOnly: false,
  // How long a session lasts the organisation decides, and nobody is told.
  tokenSeconds: 7_200,
  rotation: "replaced",
  revocationNeedsClient: false,
  revokesAll: false,
  isRefreshable: ({ scope }) => /(?:^| )(?:refresh_token|offline_access)(?: |$)/.test(scope ?? ""),
  answer: ({ expires_in: _seconds, ...answer }: TokenAnswer, { accountId, origin, apiOrigin, at, scopes }) => {
    const id = `${origin}/id/00D${numberOf("hale-partners", 12)}EAM/005${numberOf(accountId, 12)}AAM`;
    const issuedAt = String(at.getTime());
    const signature = createHmac("sha256", "the app's secret")
      .update(id + issuedAt)
      .digest("base64");
    return { ...answer, scope: scopes.join(" "), instance_url: apiOrigin, id, issued_at: issuedAt, signature };
  },
  refusal: (error) =>
    error.error === "invalid_grant"
      ? { error: "invalid_grant", error_description: "expired access/refresh token" }
      : plain(error),
  people,
};

function plain({ error, error_description }: OAuthError): OAuthError {
  return { error, error_description };
}

export const flavours: Readonly<Record<FlavourName, Flavour>> = { google, microsoft, hubspot, salesforce };
