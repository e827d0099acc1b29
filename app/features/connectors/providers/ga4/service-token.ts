/** A token for a service account: what its key has signed is handed in for it (RFC 7523). */
import { sign } from "node:crypto";
import { type Connection, GrantEnded, type Json, type JsonObject, Trouble } from "~/features/connectors/connector";
import { isObject, objectOf, quoted, type Refusal, type Speaker } from "~/features/connectors/reading/answers";
import { type ServiceAccount, serviceAccountIn } from "~/features/connectors/providers/ga4/property-settings";

export const SCOPE = "https://www.googleapis.com/auth/analytics.readonly";

const google: Speaker = { name: "Google", troubleOf, wordsOf };
const HOUR_S = 3_600;
/** Before it runs out. */
const EARLY_MS = 60_000;

/** Gives the one it has as long as that is good. */
export function serviceToken(connection: Connection): () => Promise<string> {
  let known: { token: string; until: number } | null = null;
  return async () => {
    const now = Date.parse(connection.now());
    if (known && now < known.until) return known.token;
    const { access_token: token, expires_in: seconds } = await exchanged(connection);
    if (typeof token !== "string" || token === "")
      throw new Trouble("Google gave no token for the key of the service account.");
    known = { token, until: now + (typeof seconds === "number" ? seconds : HOUR_S) * 1000 - EARLY_MS };
    return token;
  };
}

function exchanged(connection: Connection): Promise<JsonObject> {
  const account = serviceAccountIn(connection.secrets.serviceAccount ?? "");
  if (!account) throw new GrantEnded("The key of the service account cannot be read any more. Enter it again.");
  const address = `${connection.base("token")}/token`;
  const grant = {
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion: assertionOf(account, address, connection.now()),
  };
  return objectOf(connection, google, address, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(grant).toString(),
  });
}

function assertionOf({ email, keyId, privateKey }: ServiceAccount, audience: string, now: string): string {
  const iat = Math.floor(Date.parse(now) / 1000);
  const header = { alg: "RS256", typ: "JWT", ...(keyId === null ? {} : { kid: keyId }) };
  const claims = { iss: email, scope: SCOPE, aud: audience, iat, exp: iat + HOUR_S };
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
}

/** A key that was taken back, and a clock that is wrong, have the same code. */
function troubleOf({ status, body }: Refusal): Trouble | null {
  if (status !== 400 && status !== 401) return null;
  const words = wordsOf(body);
  if (words !== null && /\biat\b|short-lived/i.test(words)) {
    return new Trouble(`Google does not accept the time of this machine’s clock${quoted(words)}`);
  }
  return new GrantEnded(
    `Enter a new key of the service account: Google does not accept this one, as it was deleted, or the account was${quoted(words)}`,
  );
}

function wordsOf(body: Json): string | null {
  const said = isObject(body) ? (body.error_description ?? body.error) : null;
  return typeof said === "string" ? said : null;
}
