/** Tokens for a day, which an app of the shop's owner gets for itself: shopify.dev, "Client credentials grant". */
import { randomBytes } from "node:crypto";
import { type Asked, type Reply } from "../frame/stand-in";

export interface Client {
  id: string;
  secret: string;
}

export interface Apps {
  client: Client;
  /** In this shop. */
  isInstalled: boolean;
}

const DAY_SECONDS = 86_399;

export class Tokens {
  private readonly issued = new Set<string>();

  constructor(private readonly apps: Apps) {}

  has(token: string): boolean {
    return this.issued.has(token);
  }

  /** Null: nobody asks for one. */
  reply({ path, method, body, headers }: Asked, scopes: readonly string[]): Reply | null {
    if (path !== "/admin/oauth/access_token" || method !== "POST") return null;
    const asked = askedIn(body, headers["content-type"] ?? "");
    const { client, isInstalled } = this.apps;
    if (asked.grant_type !== "client_credentials") return refused("unsupported_grant_type", "Not supported");
    if (asked.client_id !== client.id || asked.client_secret !== client.secret) {
      return refused("invalid_client", "Client authentication failed");
    }
    if (!isInstalled) return refused("app_not_installed", "The app is not installed on the shop");
    const token = `shpua_${randomBytes(16).toString("hex")}`;
    this.issued.add(token);
    return { status: 200, body: { access_token: token, scope: scopes.join(","), expires_in: DAY_SECONDS } };
  }
}

function refused(error: string, error_description: string): Reply {
  return { status: 400, body: { error, error_description } };
}

/** A form or JSON. */
function askedIn(body: string, type: string): Record<string, unknown> {
  if (!type.includes("json")) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
