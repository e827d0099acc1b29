/** Taking a token back (RFC 7009), as loosely or strictly as the provider does. */
import { type IncomingMessage, type ServerResponse } from "node:http";
import { type Provider } from "oidc-provider";
import { readFields, sendJson } from "./fields";
import { type Flavour } from "./flavour";
import { type Storage } from "./storage";

interface Revoking {
  flavour: Flavour;
  provider: Provider;
  storage: Storage;
  client: { id: string; secret: string };
}

export async function revoke(
  { flavour, provider, storage, client }: Revoking,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fields = await readFields(request);
  const [id, secret] = clientIn(request, fields, flavour);
  const isClient = id === client.id && secret === client.secret;
  if (flavour.revocationNeedsClient && !isClient) return sendJson(response, { error: "invalid_client" }, 401);
  const token = fields.get("token") ?? "";
  const found = (await provider.RefreshToken.find(token)) ?? (await provider.AccessToken.find(token));
  if (!found) return sendJson(response, { error: "invalid_token", error_description: "Token expired or revoked" }, 400);
  if (flavour.revokesAll) storage.forget(["Grant", "RefreshToken", "AccessToken"], found.accountId);
  else storage.forgetGrant(found.grantId ?? "");
  sendJson(response, {});
}

/** Who asks, by the header (RFC 6749, 2.3.1) or by the body. */
function clientIn({ headers }: IncomingMessage, fields: URLSearchParams, { bodyOnly }: Flavour): (string | null)[] {
  const [, encoded] = /^Basic (.+)$/i.exec(headers.authorization ?? "") ?? [];
  if (encoded === undefined || bodyOnly) return [fields.get("client_id"), fields.get("client_secret")];
  return Buffer.from(encoded, "base64").toString("utf8").split(":").map(decodeURIComponent);
}
