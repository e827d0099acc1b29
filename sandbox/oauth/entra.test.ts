import { createHash, createPublicKey, createVerify, type JsonWebKey, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EntraStandIn, startEntra, TENANT } from "./entra";
import { agree } from "~/testing/agree";

const verifier = randomBytes(32).toString("base64url");
const challenge = createHash("sha256").update(verifier).digest("base64url");
const callback = "http://localhost:4800/sign-in/entra/callback";

let entra: EntraStandIn;
beforeAll(async () => {
  entra = await startEntra();
});
afterAll(() => entra.close());

interface Discovery {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
}
async function json<Body>(address: string): Promise<{ status: number; body: Body }> {
  const answer = await fetch(address);
  return { status: answer.status, body: (await answer.json()) as Body };
}
const discovery = (tenant: string) =>
  json<Discovery>(`${entra.origin}/${tenant}/v2.0/.well-known/openid-configuration`);

async function signIn(tenant = "common", nonce = randomBytes(9).toString("hex"), redirect = callback) {
  const { body: found } = await discovery(tenant);
  const address = new URL(found.authorization_endpoint);
  const parameters = {
    ...{
      response_type: "code",
      client_id: entra.clientId,
      redirect_uri: redirect,
      state: randomBytes(9).toString("hex"),
    },
    ...{ scope: "openid profile email", nonce, code_challenge: challenge, code_challenge_method: "S256" },
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  const code = (await agree(address.href)).searchParams.get("code") ?? "";
  const body = new URLSearchParams({
    ...{ grant_type: "authorization_code", code, redirect_uri: callback, code_verifier: verifier },
    ...{ client_id: entra.clientId, client_secret: entra.clientSecret },
  });
  const answer = await fetch(found.token_endpoint, { method: "POST", body });
  return { nonce, found, token: (await answer.json()) as { id_token: string; ext_expires_in: number } };
}

function opened(token: string) {
  const [head = "", payload = "", signature = ""] = token.split(".");
  const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
  return { head: read(head), claims: read(payload), signed: `${head}.${payload}`, signature };
}

async function isSigned(token: string, jwks: string): Promise<boolean> {
  const { head, signed, signature } = opened(token);
  const { keys } = (await json<{ keys: (JsonWebKey & { kid: string })[] }>(jwks)).body;
  const key = keys.find(({ kid }) => kid === head.kid);
  if (!key) return false;
  return createVerify("RSA-SHA256")
    .update(signed)
    .verify(createPublicKey({ key, format: "jwk" }), signature, "base64url");
}

describe("what stands in for Microsoft Entra", () => {
  test("names its issuer by a template for many tenants, and plainly for one", async () => {
    for (const tenant of ["common", "organizations"]) {
      expect((await discovery(tenant)).body.issuer).toBe(`${entra.origin}/{tenantid}/v2.0`);
    }
    expect((await discovery(TENANT)).body.issuer).toBe(`${entra.origin}/${TENANT}/v2.0`);
    expect(await discovery("brandt.example")).toMatchObject({
      status: 400,
      body: { error: "invalid_tenant", error_description: expect.stringMatching(/^AADSTS90002: /) as string },
    });
  });

  test("tells by a signed token who it is, by tenant and object, whichever address they came by", async () => {
    const { token, found, nonce } = await signIn();
    expect(await isSigned(token.id_token, found.jwks_uri)).toBe(true);
    const { head, claims } = opened(token.id_token);
    expect(head).toMatchObject({ alg: "RS256", typ: "JWT" });
    expect(claims).toMatchObject({
      ...{ iss: `${entra.origin}/${TENANT}/v2.0`, aud: entra.clientId, nonce, tid: TENANT, ver: "2.0" },
      ...{
        oid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        preferred_username: "office@hale-partners.example",
      },
    });
    expect(claims.exp).toBe(Number(claims.iat) + 3_600);
    expect(claims.iss).toBe(found.issuer.replace("{tenantid}", String(claims.tid)));
    expect(opened((await signIn(TENANT)).token.id_token).claims).toMatchObject({ oid: claims.oid, sub: claims.sub });
  });

  test("signs with another key without a word, and keeps the one before in its list", async () => {
    const before = await signIn();
    entra.rollKeys();
    const after = await signIn();
    expect(opened(after.token.id_token).head.kid).not.toBe(opened(before.token.id_token).head.kid);
    for (const { token, found } of [before, after]) expect(await isSigned(token.id_token, found.jwks_uri)).toBe(true);
    entra.rollKeys();
    expect(await isSigned(before.token.id_token, before.found.jwks_uri)).toBe(false);
  });

  test("says what must not be believed when it is told to, signed all the same", async () => {
    entra.claims.tid = "11111111-2222-4333-8444-555555555555";
    const { token, found } = await signIn();
    delete entra.claims.tid;
    const { claims } = opened(token.id_token);
    expect(await isSigned(token.id_token, found.jwks_uri)).toBe(true);
    expect(claims.iss).not.toBe(found.issuer.replace("{tenantid}", String(claims.tid)));
  });

  test("sends people back to signing in, and to no connector", async () => {
    const address = new URL((await discovery("common")).body.authorization_endpoint);
    address.searchParams.set("client_id", entra.clientId);
    address.searchParams.set("response_type", "code");
    address.searchParams.set("redirect_uri", "http://localhost:4800/connect/microsoft/callback");
    const refused = await fetch(address, { redirect: "manual" });
    expect([refused.status, refused.headers.get("location")]).toEqual([400, null]);
  });
});
