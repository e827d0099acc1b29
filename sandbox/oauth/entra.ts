/**
 * Microsoft Entra as an OpenID Connect issuer, as far as its documents say (v2.0): one server for all tenants, whose
 * discovery for `common` names the issuer by a template; tokens name the tenant of whoever signs in (`tid`) and them
 * (`oid`), signed with a key from the tenant's list. What people are called there may change, so nobody is known by it.
 */
import { createHash, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { type Flavour } from "./flavour";
import { flavours } from "./flavours";
import { type OAuthSandbox, type SandboxOptions, startOAuthSandbox } from "./server";

/** The tenant of everybody who can sign in here. */
export const TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";

export interface EntraStandIn extends OAuthSandbox {
  tenantId: string;
  /** Signs with another key from now on, as Entra does without a word. */
  rollKeys(): void;
  /** What identity tokens say otherwise: for those that must not be believed. */
  claims: Record<string, unknown>;
}

/** For those of many tenants; `consumers` is another kind of people, who are not here. */
const shared: ReadonlySet<string> = new Set(["common", "organizations"]);

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  /** As it stands in the list. */
  jwk: object;
}

function makeKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n, e } = publicKey.export({ format: "jwk" });
  const kid = createHash("sha256")
    .update(n ?? "")
    .digest("base64url")
    .slice(0, 27);
  return { kid, privateKey, jwk: { kty: "RSA", use: "sig", kid, x5t: kid, n, e } };
}

interface Signing {
  keys: SigningKey[];
  claims: Record<string, unknown>;
}

export async function startEntra(options: SandboxOptions = {}): Promise<EntraStandIn> {
  const signing: Signing = { keys: [makeKey()], claims: {} };
  const sandbox = await startOAuthSandbox(entra(signing), options);
  return Object.assign(sandbox, {
    tenantId: TENANT,
    claims: signing.claims,
    // The one before stays in the list: tokens that it signed are still about.
    rollKeys: () => void signing.keys.splice(0, signing.keys.length, makeKey(), ...signing.keys.slice(0, 1)),
  });
}

function entra(signing: Signing): Flavour {
  const { microsoft } = flavours;
  return {
    ...microsoft,
    name: "entra",
    title: "Microsoft Entra",
    scopes: ["openid", "profile", "email", "offline_access", "User.Read"],
    callbacks: ["/sign-in/entra/callback"],
    documents: (path, origin) => documentAt(path, origin, signing),
    answer: ({ id_token: own, ...answer }, facts) => {
      const said = microsoft.answer(answer, facts);
      return typeof own === "string" ? { ...said, id_token: identityToken(own, facts, signing) } : said;
    },
  };
}

function documentAt(path: string, origin: string, { keys }: Signing): { status: number; body: object } | null {
  const [, tenant = "", what = ""] =
    /^\/([\w.-]+)\/(v2\.0\/\.well-known\/openid-configuration|discovery\/v2\.0\/keys)$/.exec(path) ?? [];
  if (what === "") return null;
  if (!shared.has(tenant) && tenant !== TENANT) return { status: 400, body: noTenant(tenant) };
  if (what.startsWith("discovery")) return { status: 200, body: { keys: keys.map(({ jwk }) => jwk) } };
  return { status: 200, body: discovery(origin, tenant) };
}

function noTenant(tenant: string): object {
  return {
    error: "invalid_tenant",
    error_description: `AADSTS90002: Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    error_codes: [90_002],
  };
}

function discovery(origin: string, tenant: string): object {
  const base = `${origin}/${tenant}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    // Not the tenant's: a client has to put the token's `tid` in.
    issuer: `${origin}/${shared.has(tenant) ? "{tenantid}" : tenant}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      ...["sub", "iss", "cloud_instance_name", "aud", "exp", "iat", "auth_time", "acr", "nonce", "preferred_username"],
      ...["name", "tid", "ver", "at_hash", "c_hash", "email"],
    ],
  };
}

interface Whose {
  accountId: string;
  origin: string;
  scopes: readonly string[];
  at: Date;
}

const LIVES_SECONDS = 3_600;

/** With audience and nonce of the one that it takes the place of. */
function identityToken(own: string, { accountId, origin, scopes, at }: Whose, { keys, claims }: Signing): string {
  const [key] = keys;
  if (!key) throw new Error("There is no key to sign with");
  const { aud, nonce } = JSON.parse(Buffer.from(own.split(".")[1] ?? "", "base64url").toString()) as {
    aud: string;
    nonce?: string;
  };
  const now = Math.floor(at.getTime() / 1_000);
  const [name = ""] = accountId.split("@");
  const payload = {
    ...{ aud, iss: `${origin}/${TENANT}/v2.0`, iat: now, nbf: now, exp: now + LIVES_SECONDS },
    ...(scopes.includes("email") ? { email: accountId } : {}),
    ...(scopes.includes("profile") ? { name, preferred_username: accountId } : {}),
    ...(nonce === undefined ? {} : { nonce }),
    // For this client only; `oid` is the same for all of a tenant's.
    sub: createHash("sha256").update(`${aud} ${accountId}`).digest("base64url"),
    ...{ oid: objectId(accountId), tid: TENANT, ver: "2.0" },
    ...claims,
  };
  const parts = [{ typ: "JWT", alg: "RS256", kid: key.kid }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const signed = parts.join(".");
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key.privateKey, "base64url")}`;
}

/** A GUID that somebody always has. */
function objectId(accountId: string): string {
  const hex = createHash("sha256").update(accountId).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
