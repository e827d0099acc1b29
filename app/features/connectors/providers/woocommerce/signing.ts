/**
 * How a request says who asks: over https by the key itself (Basic), over http by a signature, since WooCommerce takes no key
 * that others could have read on the way. OAuth 1.0a with one leg: RFC 5849, with HMAC-SHA256.
 */
import { createHmac, randomBytes } from "node:crypto";

interface Key {
  key: string;
  secret: string;
}

interface Signed {
  address: string;
  headers: Record<string, string>;
}

export function signed(method: string, address: string, { key, secret }: Key, now: string): Signed {
  if (new URL(address).protocol === "https:") {
    return { address, headers: { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}` } };
  }
  const url = new URL(address);
  const own = {
    oauth_consumer_key: key,
    oauth_nonce: randomBytes(16).toString("hex"),
    oauth_signature_method: "HMAC-SHA256",
    oauth_timestamp: String(Math.floor(Date.parse(now) / 1000)),
  };
  const pairs: [string, string][] = [...url.searchParams, ...Object.entries(own)];
  const signature = signatureOf(method, url.origin + url.pathname, pairs, secret);
  // Written out by hand: a space that is sent as "+" would be signed as "%20".
  const query = [...pairs, ["oauth_signature", signature] as const].map(([name, value]) => encodedPair(name, value));
  return { address: `${url.origin}${url.pathname}?${query.join("&")}`, headers: {} };
}

/** RFC 5849 3.4.1: the parameters sorted by their bytes, encoded twice. There is no token, so the secret of one is empty. */
export function signatureOf(
  method: string,
  place: string,
  pairs: readonly (readonly [string, string])[],
  secret: string,
): string {
  const sorted = pairs.map(([name, value]) => [encoded(name), encoded(value)] as const).sort(byBytes);
  const parameters = sorted.map(([name, value]) => `${name}=${value}`).join("&");
  const base = [method.toUpperCase(), encoded(place), encoded(parameters)].join("&");
  return createHmac("sha256", `${encoded(secret)}&`)
    .update(base)
    .digest("base64");
}

type Pair = readonly [string, string];

function byBytes([name, value]: Pair, [otherName, otherValue]: Pair): number {
  if (name !== otherName) return name < otherName ? -1 : 1;
  return value < otherValue ? -1 : Number(value > otherValue);
}

function encodedPair(name: string, value: string): string {
  return `${encoded(name)}=${encoded(value)}`;
}

/** RFC 3986: all but letters, digits and four marks. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
