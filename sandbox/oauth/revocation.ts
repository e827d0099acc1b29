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
  const given = (flavour.bodyOnly ? null : inHeader(request)) ?? [fields.get("client_id"), fields.get("client_secret")];
  const isClient = given[0] === client.id && given[1] === client.secret;
  if (flavour.revocationNeedsClient && !isClient) return sendJson(response, { error: "invalid_client" }, 401);
  const token = fields.get("token") ?? "";
  const found = (await provider.RefreshToken.find(token)) ?? (await provider.AccessToken.find(token));
  if (!found) return sendJson(response, { error: "invalid_token", error_description: "Token expired or revoked" }, 400);
  if (flavour.revokesAll) storage.forget(["Grant", "RefreshToken", "AccessToken"], found.accountId);
  else storage.forgetGrant(found.grantId ?? "");
  sendJson(response, {});
}

/** RFC 6749, 2.3.1; null: nobody says who it is there. */
function inHeader({ headers }: IncomingMessage): (string | undefined)[] | null {
  const [, encoded] = /^Basic (.+)$/i.exec(headers.authorization ?? "") ?? [];
  if (encoded === undefined) return null;
  return Buffer.from(encoded, "base64").toString("utf8").split(":").map(decodeURIComponent);
}
