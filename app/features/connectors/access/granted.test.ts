import { describe, expect, test } from "vitest";
import { isLasting, missingScopes, readGranted } from "~/features/connectors/access/granted";
import { baseOf, endpointsOf } from "~/features/connectors/access/provider-addresses";
import { type OAuthAccess } from "~/features/connectors/connector";
import { noProviders, type ProviderSettings } from "~/platform/provider-settings.server";

const access: OAuthAccess = {
  kind: "oauth",
  endpoints: ({ domain = "login.salesforce.com" }) => ({
    authorize: `https://${domain}/services/oauth2/authorize?display=page`,
    token: `https://${domain}/services/oauth2/token`,
    revoke: null,
  }),
  scopes: ["api"],
  clientAuthentication: "body",
  extras: ["instance_url", "constructor", "hub_id"],
  clientPrefix: "SALESFORCE",
};

describe("a token answer", () => {
  test("is read as each writes it", () => {
    const granted = readGranted(
      { access_token: "a", refresh_token: "r", token_type: "Bearer", expires_in: "3599", scope: "api refresh_token" },
      access,
    );
    expect(granted).toEqual({
      ...{ accessToken: "a", refreshToken: "r", lastsSeconds: 3_599, scopes: ["api", "refresh_token"], extras: {} },
    });
    const hubspot = {
      access_token: "a",
      token_type: "bearer",
      scopes: ["oauth", "crm.objects.contacts.read"],
      hub_id: 7,
    };
    expect(readGranted(hubspot, access)).toEqual({
      ...{ accessToken: "a", refreshToken: null, lastsSeconds: null, extras: { hub_id: 7 } },
      scopes: ["oauth", "crm.objects.contacts.read"],
    });
  });

  test.each([
    null,
    [],
    "a",
    {},
    { access_token: "" },
    { access_token: 7 },
    { access_token: "a".repeat(20_001) },
    { access_token: "a", token_type: "mac" },
  ])("%j is none", (body) => expect(readGranted(body, access)).toBeNull());

  test("keeps nothing beside that was not asked for, is inherited, or is too large", () => {
    const answer = { access_token: "a", id_token: "eyJ", instance_url: "x".repeat(3_000), hub_id: 7 };
    expect(readGranted(answer, access)?.extras).toEqual({ hub_id: 7 });
  });
});

describe("what was granted", () => {
  test.each([
    [["https://www.googleapis.com/auth/contacts.readonly"], ["https://www.googleapis.com/auth/contacts.readonly"], []],
    [["Contacts.Read", "User.Read", "offline_access"], ["https://graph.microsoft.com/contacts.read", "User.Read"], []],
    [["openid", "email", "contacts"], ["contacts", "https://www.googleapis.com/auth/userinfo.email"], []],
    [["oauth", "crm.objects.contacts.read"], ["oauth"], ["crm.objects.contacts.read"]],
    [["contacts.readonly"], [], ["contacts.readonly"]],
    [["contacts.readonly"], null, []],
  ])("of %j as %j lacks %j", (asked, granted, missing) => {
    expect(missingScopes(asked, granted)).toEqual(missing);
  });

  test("lasts with a refresh token, or where a token has no end", () => {
    const granted = { accessToken: "a", refreshToken: null, lastsSeconds: null, scopes: null, extras: {} };
    expect(isLasting(granted, access)).toBe(true);
    expect(isLasting({ ...granted, lastsSeconds: 3_600 }, access)).toBe(false);
    expect(isLasting(granted, { ...access, tokenSeconds: 7_200 })).toBe(false);
    expect(isLasting(granted, { ...access, scopes: ["api", "refresh_token"] })).toBe(false);
    expect(isLasting({ ...granted, refreshToken: "r", lastsSeconds: 3_600 }, access)).toBe(true);
  });
});

describe("a provider's addresses", () => {
  const provider = { id: "salesforce", addresses: { api: "https://login.salesforce.com/" }, access };
  const elsewhere = (pairs: [string, string][]): ProviderSettings => ({ ...noProviders, addresses: new Map(pairs) });

  test("are official ones unless the operator says otherwise", () => {
    expect(baseOf(noProviders, provider, "api")).toBe("https://login.salesforce.com");
    expect(baseOf(elsewhere([["salesforce.api", "http://127.0.0.1:1"]]), provider, "api")).toBe("http://127.0.0.1:1");
    expect(baseOf(elsewhere([["salesforce", "http://127.0.0.1:2"]]), provider, "api")).toBe("http://127.0.0.1:2");
    expect(() => baseOf(noProviders, provider, "records")).toThrow("no address called records");
  });

  test("of its authorization server keep their paths wherever that is", () => {
    const settings = { domain: "hale.my.salesforce.com" };
    expect(endpointsOf(noProviders, provider, settings).token).toBe(
      "https://hale.my.salesforce.com/services/oauth2/token",
    );
    expect(endpointsOf(elsewhere([["salesforce.oauth", "http://127.0.0.1:3"]]), provider, settings)).toEqual({
      authorize: "http://127.0.0.1:3/services/oauth2/authorize?display=page",
      token: "http://127.0.0.1:3/services/oauth2/token",
      revoke: null,
    });
  });
});
