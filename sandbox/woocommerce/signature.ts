/** Who asks: as class-wc-rest-authentication.php finds it out. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { type Asked, type Reply } from "../frame/stand-in";
import { AUTHENTICATION, cannotView, refused } from "./errors";

export interface ShopKey {
  key: string;
  secret: string;
}

interface Doorman {
  key: ShopKey;
  isSecure: boolean;
  now: number;
  /** Nonces that were there already. */
  nonces: Set<string>;
}

const WINDOW_S = 15 * 60;
const needed = ["oauth_consumer_key", "oauth_timestamp", "oauth_nonce", "oauth_signature", "oauth_signature_method"];

const wrong = (message: string) => refused(401, AUTHENTICATION, message);

/** Null: whoever asks may read. */
export function turnedAway(asked: Asked, doorman: Doorman): Reply | null {
  return doorman.isSecure ? byKey(asked, doorman) : bySignature(asked, doorman);
}

function byKey({ headers, query }: Asked, { key }: Doorman): Reply | null {
  const [, coded] = /^basic (.+)$/i.exec(headers.authorization ?? "") ?? [];
  const [given, secret] = coded
    ? Buffer.from(coded, "base64").toString("utf8").split(":")
    : [query.get("consumer_key"), query.get("consumer_secret")];
  if (!given || !secret) return cannotView();
  if (given !== key.key) return wrong("Consumer key is invalid.");
  return secret === key.secret ? null : wrong("Consumer secret is invalid.");
}

function bySignature(asked: Asked, { key, now, nonces }: Doorman): Reply | null {
  const { query } = asked;
  const missing = needed.filter((name) => !query.get(name));
  if (missing.length === needed.length) return cannotView();
  if (missing.length > 0) {
    const words = `Missing OAuth parameters ${missing.join(", ")}`;
    return refused(401, "woocommerce_rest_authentication_missing_parameter", words);
  }
  if (query.get("oauth_consumer_key") !== key.key) return wrong("Consumer key is invalid.");
  if (!isSigned(asked, key)) return wrong("Invalid signature - provided signature does not match.");
  if (Math.abs(Number(query.get("oauth_timestamp")) - now / 1000) > WINDOW_S) return wrong("Invalid timestamp.");
  const nonce = query.get("oauth_nonce")!;
  if (nonces.has(nonce)) return wrong("Invalid nonce - nonce has already been used.");
  nonces.add(nonce);
  return null;
}

function isSigned({ method, origin, path, query }: Asked, { secret }: ShopKey): boolean {
  const algorithm = { "HMAC-SHA1": "sha1", "HMAC-SHA256": "sha256" }[query.get("oauth_signature_method") ?? ""];
  if (!algorithm) return false;
  const pairs = [...query]
    .filter(([name]) => name !== "oauth_signature")
    .map(([name, value]) => [rawurlencode(name).replaceAll("%", "%25"), rawurlencode(value).replaceAll("%", "%25")])
    .sort(([one = ""], [other = ""]) => (one < other ? -1 : Number(one > other)))
    .map((pair) => pair.join("%3D"));
  const text = `${method}&${rawurlencode(origin + path)}&${pairs.join("%26")}`;
  const own = createHmac(algorithm, `${secret}&`).update(text).digest();
  const given = Buffer.from(query.get("oauth_signature") ?? "", "base64");
  return own.length === given.length && timingSafeEqual(own, given);
}

/** PHP's: RFC 3986. */
function rawurlencode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
