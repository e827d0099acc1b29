import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { isSignedByShopify } from "~/features/connectors/providers/shopify/signed-return";

/** From Shopify's documents, with the secret "hush". */
const written =
  "code=0907a61c0c8d55e99db179b68161bc00&hmac=700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf&shop=some-shop.myshopify.com&state=0.6784241404160823&timestamp=1337178173";

const isSigned = (query: string, secret = "hush") => isSignedByShopify(new URLSearchParams(query), { secret });

test("what Shopify signed is taken, in whichever order it says it", () => {
  expect(isSigned(written)).toBe(true);
  expect(isSigned(written.split("&").reverse().join("&"))).toBe(true);
});

test.each([
  ["another code", written.replace("code=09", "code=19")],
  ["another shop", written.replace("some-shop", "evil-shop")],
  ["something added", `${written}&host=evil`],
  ["a second code", `${written}&code=1`],
  ["a part of the signature", written.replace("700e2d", "")],
  ["another signature", written.replace("700e2d", "700e2e")],
  ["no signature", written.replace(/&hmac=[^&]+/, "")],
  ["nothing", ""],
])("%s is not", (_what, query) => {
  expect(isSigned(query)).toBe(false);
});

test("the secret has to be the app's", () => {
  expect(isSigned(written, "shush")).toBe(false);
  expect(isSigned(written, "")).toBe(false);
});

test("what has to be written otherwise in an address is signed as it stands there", () => {
  const said = "code=0a1b&host=YWRtaW4uc2hvcA%3D%3D&shop=some-shop.myshopify.com";
  const hmac = createHmac("sha256", "hush").update(said).digest("hex");
  expect(isSigned(`${said}&hmac=${hmac}`)).toBe(true);
});
