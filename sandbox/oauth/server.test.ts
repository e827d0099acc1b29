import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FlavourName } from "./flavour";
import { flavours } from "./flavours";
import { type OAuthSandbox, startOAuthSandbox } from "./server";
import { agree, type Agreeing } from "~/testing/agree";

const names = Object.keys(flavours) as FlavourName[];
const verifier = randomBytes(32).toString("base64url");
const challenge = createHash("sha256").update(verifier).digest("base64url");

describe.each(names)("the stand-in for the authorization server of %s", (name) => {
  let sandbox: OAuthSandbox;
  const { paths, scopes, bodyOnly } = flavours[name];
  const callback = `http://localhost:4800/connect/${name}/callback`;
  beforeAll(async () => {
    sandbox = await startOAuthSandbox(name);
  });
  afterAll(() => sandbox.close());

  function authorize(changes: Record<string, string | undefined> = {}): string {
    const address = new URL(paths.authorize, sandbox.origin);
    const parameters = {
      ...{
        response_type: "code",
        client_id: sandbox.clientId,
        redirect_uri: callback,
        state: randomBytes(9).toString("hex"),
      },
      ...{ scope: scopes.join(" "), code_challenge: challenge, code_challenge_method: "S256" },
      ...{ access_type: "offline", prompt: "consent" },
      ...changes,
    };
    for (const [name, value] of Object.entries(parameters)) if (value) address.searchParams.set(name, value);
    return address.href;
  }
  async function token(fields: Record<string, string>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret, ...fields });
    const answer = await fetch(sandbox.origin + paths.token, { method: "POST", body, headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  async function code(how?: Agreeing, changes?: Record<string, string>): Promise<string> {
    return (await agree(authorize(changes), how)).searchParams.get("code") ?? "";
  }
  const exchange = async (given: string, more: Record<string, string> = {}) =>
    token({ grant_type: "authorization_code", code: given, redirect_uri: callback, code_verifier: verifier, ...more });
  const renew = (refreshToken: unknown) => token({ grant_type: "refresh_token", refresh_token: String(refreshToken) });

  test("wants PKCE with S256, and the verifier that belongs to it", async () => {
    for (const changes of [{ code_challenge: undefined }, { code_challenge_method: "plain" }]) {
      expect((await agree(authorize(changes))).searchParams.get("error")).toBe("invalid_request");
    }
    const wrong = await exchange(await code(), { code_verifier: randomBytes(32).toString("base64url") });
    expect([wrong.status, wrong.body.error]).toEqual([400, "invalid_grant"]);
  });

  test("takes a code once, and sends people nowhere but to the callback that is its own", async () => {
    const given = await code();
    expect((await exchange(given)).status).toBe(200);
    expect((await exchange(given)).body.error).toBe("invalid_grant");
    const elsewhere = await fetch(authorize({ redirect_uri: "https://evil.example/connect/google/callback" }), {
      redirect: "manual",
    });
    expect([elsewhere.status, elsewhere.headers.get("location")]).toEqual([400, null]);
  });

  test("asks each time for all that is wanted, and gives what is ticked this time", async () => {
    const jar = new Map<string, string>();
    const [kept = "", ...others] = [...scopes].filter((scope) => scope !== "openid");
    const [left = kept] = others.slice(-1);
    const given = async (how: Agreeing) => {
      const { body } = await exchange(await code({ jar, ...how }, { prompt: "" }));
      return (await sandbox.holderOf(String(body.access_token)))?.scopes;
    };
    expect(others.length).toBeGreaterThan(0);
    expect(await given({ leaveOut: [left] })).not.toContain(left);
    expect(await given({})).toContain(left);
    expect(await given({})).toContain(kept);
  });

  test("knows the client", async () => {
    const stranger = await token({ grant_type: "refresh_token", refresh_token: "r", client_secret: "a guess" });
    expect(stranger.status).toBeGreaterThanOrEqual(400);
    expect(stranger.body.error).toBe("invalid_client");
    const basic = Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString("base64");
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: "r" });
    const headers = { authorization: `Basic ${basic}` };
    const answer = await fetch(sandbox.origin + paths.token, { method: "POST", body, headers });
    const { error } = (await answer.json()) as { error: string };
    expect(error).toBe(bodyOnly ? "invalid_client" : "invalid_grant");
  });

  test("ends everything when somebody takes the access back on its page", async () => {
    const { body } = await exchange(await code());
    expect(await (await fetch(sandbox.origin)).text()).toContain("office@hale-partners.example gave Tallybook access");
    const form = new URLSearchParams({ login: "office@hale-partners.example" });
    await fetch(`${sandbox.origin}/access/removal`, { method: "POST", body: form });
    expect(await sandbox.holderOf(String(body.access_token))).toBeNull();
    expect((await renew(body.refresh_token)).body.error).toBe("invalid_grant");
  });

  test("renews as the facts say", async () => {
    const first = (await exchange(await code())).body;
    const second = (await renew(first.refresh_token)).body;
    expect(second.access_token).not.toBe(first.access_token);
    const again = await renew(first.refresh_token);
    const told = {
      refreshTokenIn: "refresh_token" in second,
      isNew: second.refresh_token !== first.refresh_token,
      oldIsGood: again.status === 200,
    };
    expect(told).toEqual(
      {
        google: { refreshTokenIn: false, isNew: true, oldIsGood: true },
        microsoft: { refreshTokenIn: true, isNew: true, oldIsGood: true },
        hubspot: { refreshTokenIn: true, isNew: false, oldIsGood: true },
        salesforce: { refreshTokenIn: true, isNew: true, oldIsGood: false },
      }[name],
    );
    // Salesforce ends all when an old one is used.
    const newest = await renew(second.refresh_token ?? first.refresh_token);
    expect(newest.status === 200).toBe(name !== "salesforce");
  });

  test("answers in the provider's own words", async () => {
    const { body } = await exchange(await code());
    const refused = (await renew("of nobody")).body;
    const words = {
      google: [
        { expires_in: 3_599, token_type: "Bearer" },
        { error_description: "Token has been expired or revoked." },
      ],
      microsoft: [
        {
          expires_in: 3_599,
          ext_expires_in: 3_599,
          scope: expect.stringContaining("https://graph.microsoft.com/Contacts.Read"),
        },
        { error_codes: [70_000], error_description: expect.stringMatching(/^AADSTS70000: /) },
      ],
      hubspot: [
        { expires_in: 1_800, token_type: "bearer", hub_id: expect.any(Number), scopes: [...scopes] },
        { status: "BAD_REFRESH_TOKEN", error_description: "refresh token is invalid, expired or revoked" },
      ],
      salesforce: [
        { instance_url: sandbox.origin, issued_at: expect.stringMatching(/^\d{13}$/), signature: expect.any(String) },
        { error_description: "expired access/refresh token" },
      ],
    }[name];
    expect(body).toMatchObject(words[0] ?? {});
    expect("expires_in" in body).toBe(name !== "salesforce");
    expect(refused).toMatchObject({ error: "invalid_grant", ...words[1] });
  });
});
