/**
 * Shopify signs the address that it sends people back to: HMAC-SHA256 with the app's secret over all that it says but the
 * signature, in order of the names (shopify.dev/docs/apps/build/authentication-authorization, "Verify the request";
 * npm @shopify/shopify-api, lib/utils/hmac-validator.ts).
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export function isSignedByShopify(said: URLSearchParams, { secret }: { secret: string }): boolean {
  const signed = new URLSearchParams(said);
  signed.delete("hmac");
  signed.delete("signature");
  signed.sort();
  const right = createHmac("sha256", secret).update(signed.toString()).digest();
  const given = Buffer.from(said.get("hmac") ?? "", "hex");
  return given.length === right.length && timingSafeEqual(given, right);
}
