/**
 * The token endpoint (RFC 6749, 3.2; RFC 7009), asked as each provider wants it, and its answers told apart by what is to
 * be done about them. Ten seconds, nothing followed. What was sent and what came back is in no message.
 */
import { type OAuthAccess } from "~/features/connectors/connector";
import { type Granted, readGranted } from "~/features/connectors/access/granted";
import { type GuardedFetch, UnreachableError } from "~/platform/guarded-fetch/guarded-fetch.server";
import { type OAuthClient } from "~/platform/provider-settings.server";
import { SECOND_MS } from "~/platform/time";

const limits = { timeoutMs: 10 * SECOND_MS, mostBytes: 1_000_000 };

/**
 * - `ended`: the code or the refresh token is no good (any more): somebody has to agree again
 * - `client`: who we say we are is not accepted: for the operator to mend
 * - `later`: too much was asked
 * - `out-of-order`: no answer, or none that can be read
 * - `refused`: anything else that it says no to
 */
export type TokenRefusal =
  | { kind: "ended" | "client" | "refused"; code: string }
  | { kind: "later"; waitMs: number | null }
  | { kind: "out-of-order" };

export type TokenOutcome = { ok: true; granted: Granted } | { ok: false; refusal: TokenRefusal };

export interface TokenCall {
  fetch: GuardedFetch;
  endpoint: string;
  client: OAuthClient;
  access: Pick<OAuthAccess, "clientAuthentication" | "extras">;
}

/**
 * Nobody can break it off: a provider that has answered may have replaced the refresh token, and who does not take the new
 * one has none any more.
 */
export async function askForTokens(call: TokenCall, parameters: Record<string, string>): Promise<TokenOutcome> {
  const answer = await post(call, parameters);
  if (!answer) return { ok: false, refusal: { kind: "out-of-order" } };
  const body = await jsonOf(answer);
  const granted = answer.ok ? readGranted(body, call.access) : null;
  return granted ? { ok: true, granted } : { ok: false, refusal: refusalOf(answer, body) };
}

/** Takes a token back at the provider, and with a refresh token the whole agreement. Whether it says to have done so. */
export async function revokeToken(call: TokenCall, token: string, hint: "refresh_token" | "access_token") {
  const answer = await post(call, { token, token_type_hint: hint });
  return answer?.ok ?? false;
}

async function post(call: TokenCall, parameters: Record<string, string>): Promise<Response | null> {
  const { client, access } = call;
  const inBody = access.clientAuthentication === "body";
  const body = new URLSearchParams({
    ...parameters,
    ...(inBody ? { client_id: client.id, client_secret: client.secret } : {}),
  });
  const headers = { accept: "application/json", ...(inBody ? {} : { authorization: basic(client) }) };
  try {
    return await call.fetch(call.endpoint, { method: "POST", body, headers }, limits);
  } catch (error) {
    if (error instanceof UnreachableError) return null;
    throw error;
  }
}

/** Both halves are encoded first (RFC 6749, 2.3.1). */
function basic({ id, secret }: OAuthClient): string {
  const encoded = [id, secret].map((text) => new URLSearchParams([["", text]]).toString().slice(1));
  return `Basic ${Buffer.from(encoded.join(":"), "utf8").toString("base64")}`;
}

async function jsonOf(answer: Response): Promise<Record<string, unknown>> {
  const text = await answer.text();
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch (error) {
    // A page instead of JSON: of a proxy, or in maintenance.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Said by RFC 6749 and OpenID Connect, by HubSpot beside it, and by Entra when a person has to be asked something first. */
const ended: ReadonlySet<string> = new Set([
  ...["invalid_grant", "interaction_required", "consent_required", "login_required"],
  ...["BAD_REFRESH_TOKEN", "BAD_AUTH_CODE", "EXPIRED_AUTH_CODE"],
]);
const ourFault: ReadonlySet<string> = new Set(["invalid_client", "unauthorized_client", "invalid_client_id"]);

const isCode = (value: unknown): value is string => typeof value === "string" && /^[A-Za-z][\w.-]{0,59}$/.test(value);

function refusalOf({ status, headers }: Response, body: Record<string, unknown>): TokenRefusal {
  const codes = [body.error, body.status].filter(isCode);
  const code = codes[0] ?? "";
  if (status === 429) return { kind: "later", waitMs: waitOf(headers.get("retry-after")) };
  if (status >= 500 || codes.includes("temporarily_unavailable")) return { kind: "out-of-order" };
  if (codes.some((code) => ended.has(code))) return { kind: "ended", code };
  if (codes.some((code) => ourFault.has(code))) return { kind: "client", code };
  return status >= 400 ? { kind: "refused", code } : { kind: "out-of-order" };
}

function waitOf(retryAfter: string | null): number | null {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter.trim()) ? Number(retryAfter) * SECOND_MS : null;
}
