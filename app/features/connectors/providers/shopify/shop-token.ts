/** What a shop lets us in by: a token that lasts, or one that an app of the shop's owner gets for a day. */
import { type Connection, GrantEnded, type Json, type Trouble } from "~/features/connectors/connector";
import {
  brokenOff,
  isObject,
  objectOf,
  quoted,
  type Refusal,
  type Speaker,
} from "~/features/connectors/reading/answers";
import { shopOf } from "~/features/connectors/providers/shopify/shop-settings";

const speaker: Speaker = { name: "Shopify", troubleOf };

/** A token lasts for a day; a connection for a run or a page. */
const asked = new WeakMap<Connection, Promise<string>>();

/** Null: the connection has one by itself. @throws Trouble */
export function tokenFor(connection: Connection): Promise<string | null> {
  const { clientSecret, token } = connection.secrets;
  const { clientId } = connection.settings;
  if (!clientId || !clientSecret) return Promise.resolve(token ?? null);
  const found = asked.get(connection) ?? tokenOf(connection, { clientId, clientSecret });
  asked.set(connection, found);
  return found;
}

/** OAuth 2.0 client credentials (RFC 6749, 4.4): the app acts for itself. */
async function tokenOf(
  connection: Connection,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<string> {
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const { access_token: token } = await objectOf(
    connection,
    speaker,
    `${shopOf(connection.settings)}/admin/oauth/access_token`,
    {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
    },
  );
  if (typeof token !== "string" || token === "") throw brokenOff(speaker);
  return token;
}

const reasons: Readonly<Record<string, string>> = {
  app_not_installed: "The app is not installed in the shop. Whoever runs the shop has to install it.",
  shop_not_permitted:
    "The app belongs to another firm than the shop, so that Shopify gives it no token. It has to be made by the firm that owns the shop.",
};

/** Of one kind, whatever the status: with this id and secret, nothing comes of asking again. */
function troubleOf({ status, body }: Refusal): Trouble | null {
  if (status < 400 || status >= 500 || status === 408 || status === 429) return null;
  if (status === 404) return new GrantEnded("There is no such shop at Shopify. Look at its address.");
  const code = isObject(body) ? textOf(body.error) : "";
  const said = isObject(body) ? textOf(body.error_description) || code : null;
  return new GrantEnded(reasons[code] ?? notAccepted(said));
}

/** Its own words may end in no full stop. */
function notAccepted(said: string | null): string {
  const what = `Shopify does not accept the app’s client ID and secret${quoted(said)}`;
  const end = what.endsWith(".") ? "" : ".";
  return `${what}${end} Copy both anew from the app’s page at Shopify, and enter them here.`;
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
