import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeConnectLink } from "~/features/connectors/access/connect-links.server";
import { beginConnecting } from "~/features/connectors/access/connect.server";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { connectProblemWords } from "~/features/connectors/access/connect-problem";
import { connectionFor } from "~/features/connectors/access/connection.server";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { removeExpiredRequests } from "~/features/connectors/access/oauth-requests.server";
import { verifyChain } from "~/features/audit/audit.server";
import { findConnector } from "~/features/connectors/find-connector.server";
import { findSetUp } from "~/features/connectors/set-up/find-set-up.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { agree } from "~/testing/agree";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { installationOf, openProvider, type ProviderHouse } from "~/testing/given-connectors";
import { offers } from "~/testing/given-syncs";
import { tableRows } from "~/testing/table-rows";

const flavours = ["google", "microsoft", "hubspot", "salesforce"] as const;
const { signal } = new AbortController();

describe.each(databases)("connecting on %s", (engine) => {
  let scope: Scope;
  let clock: TestClock;
  let houses: Record<(typeof flavours)[number], ProviderHouse>;
  beforeAll(async () => {
    clock = testClock();
    scope = await given.scope(engine, "admin", { clock });
    const opened = await Promise.all(flavours.map(async (flavour) => [flavour, await openProvider(flavour)] as const));
    houses = Object.fromEntries(opened) as typeof houses;
  });
  afterAll(() => Promise.all(Object.values(houses).map((house) => house.close())));

  describe.each(flavours)("to %s", (flavour) => {
    test("asks for the least, with PKCE, and keeps what was agreed to, sealed", async () => {
      const house = houses[flavour];
      const connector = await house.connector(scope);
      const { address, holder } = await house.begin(scope, connector);
      const asked = new URL(address);
      expect(asked.origin).toBe(house.sandbox.origin);
      const parameters = Object.fromEntries(asked.searchParams);
      expect(parameters).toMatchObject({
        response_type: "code",
        code_challenge_method: "S256",
        client_id: house.sandbox.clientId,
        redirect_uri: `http://localhost:4800/connect/${flavour}/callback`,
        scope: house.provider.access.scopes.join(" "),
      });
      expect(parameters.state).toMatch(/^[\w-]{43}$/);

      const callback = await agree(address, { login: "ann.hale@hale-partners.example" });
      const connected = await house.finish(scope, connector, callback, holder);
      expect(connected).toEqual({ ok: true, whose: "ann.hale@hale-partners.example", anotherAccount: false });
      expect(await findConnector(scope, connector.id)).toMatchObject({
        state: "setting-up",
        whose: "ann.hale@hale-partners.example",
      });

      const grant = await readGrant(scope, connector.id);
      const tokens = [grant?.accessToken ?? "", grant?.refreshToken ?? ""];
      for (const token of tokens) expect(token.length).toBeGreaterThan(20);
      const kept = JSON.stringify(await tableRows(scope.database, scope.account.id));
      for (const secret of [...tokens, parameters.state ?? ""]) expect(kept.includes(secret)).toBe(false);
      expect(await verifyChain(scope)).toMatchObject({ ok: true });
    });

    test("its token opens its records", async () => {
      const house = houses[flavour];
      const connector = await house.connected(scope);
      const connection = await connectionFor(scope, { connector, provider: house.provider, env: house.env, signal });
      expect(await house.provider.whose(connection)).toBe("office@hale-partners.example");
      expect(house.records.asked.at(-1)).toEqual({ path: "/me", token: await connection.token() });
    });

    test("by whoever takes it back, nothing was agreed to and nothing is kept", async () => {
      const house = houses[flavour];
      const connector = await house.connector(scope);
      const connected = await house.connect(scope, connector, { cancels: true });
      expect(connected).toEqual({ ok: false, problem: { kind: "sent-back", code: "access_denied" } });
      expect(await readGrant(scope, connector.id)).toBeNull();
    });
  });

  test("says who it is in the way that each wants, and keeps what each says beside the tokens", async () => {
    const ways = Object.values(houses).map(({ sandbox }) => [sandbox.name, sandbox.tokenRequests[0]]);
    expect(ways).toEqual([
      ["google", { grantType: "authorization_code", credentialsIn: "body" }],
      ["microsoft", { grantType: "authorization_code", credentialsIn: "header" }],
      ["hubspot", { grantType: "authorization_code", credentialsIn: "body" }],
      ["salesforce", { grantType: "authorization_code", credentialsIn: "body" }],
    ]);
    const grantOf = async (house: ProviderHouse) => readGrant(scope, (await house.connected(scope)).id);
    const { hubspot, salesforce, google } = houses;
    expect((await grantOf(hubspot))?.extras).toEqual({ hub_id: expect.any(Number) });
    const { extras, expiresAt } = (await grantOf(salesforce)) ?? {};
    expect(extras).toMatchObject({ instance_url: salesforce.sandbox.origin });
    expect(expiresAt).toBeNull();
    expect(await grantOf(google)).toMatchObject({ extras: {}, expiresAt: "2026-05-04T09:59:59.000Z" });
  });

  describe("what comes back", () => {
    const begun = async () => {
      const { google } = houses;
      const connector = await google.connector(scope);
      const { address, holder } = await google.begin(scope, connector);
      return { google, connector, holder, callback: await agree(address) };
    };

    test("belongs to the session that began, at that provider, and is good once", async () => {
      const { google, holder, callback } = await begun();
      const stranger = { sessionId: newId() };
      expect(await google.spend(scope, callback, stranger)).toBeNull();
      expect(await google.spend(scope, callback, { linkToken: callback.searchParams.get("state") ?? "" })).toBeNull();
      expect(await houses.hubspot.spend(scope, callback, holder)).toBeNull();
      const twice = [await google.spend(scope, callback, holder), await google.spend(scope, callback, holder)];
      expect(twice.map((found) => found !== null)).toEqual([true, false]);
    });

    test("of twenty that come at once only one is taken", async () => {
      const { google, holder, callback } = await begun();
      const all = await Promise.all(Array.from({ length: 20 }, () => google.spend(scope, callback, holder)));
      expect(all.filter(Boolean)).toHaveLength(1);
    });

    test("without a state, or with one that nobody made, is nothing", async () => {
      const { google, holder } = await begun();
      for (const search of ["", "?error=access_denied", "?code=4711&state=made-up"]) {
        expect(
          await google.spend(scope, new URL(search, "http://localhost/connect/google/callback"), holder),
        ).toBeNull();
      }
    });

    test("too late is nothing, and what was begun is not kept any longer", async () => {
      const { google, connector, holder, callback } = await begun();
      const kept = () =>
        scope.db
          .selectFrom("oauth_requests")
          .select("id")
          .where("account_id", "=", scope.account.id)
          .where("connector_id", "=", connector.id)
          .execute();
      const start = clock.now();
      clock.advance(15 * MINUTE_MS);
      expect(await google.spend(scope, callback, holder)).toBeNull();
      expect(await kept()).toHaveLength(1);
      await removeExpiredRequests(installationOf(scope));
      expect(await kept()).toEqual([]);
      clock.set(start);
    });

    test("of an earlier beginning in the same session counts no more", async () => {
      const { google, connector, holder, callback } = await begun();
      await google.begin(scope, connector, holder);
      expect(await google.spend(scope, callback, holder)).toBeNull();
    });

    test("from another issuer is not used", async () => {
      const { google, connector, holder, callback } = await begun();
      expect(callback.searchParams.get("iss")).toBe(google.sandbox.origin);
      callback.searchParams.set("iss", "https://accounts.google.com.evil.example");
      const requests = google.sandbox.tokenRequests.length;
      const finished = await google.finish(scope, connector, callback, holder);
      expect(finished).toEqual({ ok: false, problem: { kind: "other-issuer" } });
      expect(google.sandbox.tokenRequests).toHaveLength(requests);
    });

    test("with a code of somebody else's is refused: the verifier is not its", async () => {
      const [one, other] = [await begun(), await begun()];
      const swapped = new URL(one.callback);
      swapped.searchParams.set("code", other.callback.searchParams.get("code") ?? "");
      const finished = await one.google.finish(scope, one.connector, swapped, one.holder);
      expect(finished).toMatchObject({ ok: false, problem: { kind: "not-exchanged", refusal: { kind: "ended" } } });
      expect(await readGrant(scope, one.connector.id)).toBeNull();
    });

    test("with neither code nor error is a refusal", async () => {
      const { google, connector, holder, callback } = await begun();
      callback.searchParams.delete("code");
      const finished = await google.finish(scope, connector, callback, holder);
      expect(finished).toEqual({ ok: false, problem: { kind: "sent-back", code: "" } });
    });

    test("is of no use with a verifier that stands in another row", async () => {
      const [one, other] = [await begun(), await begun()];
      const { unguarded } = scope.database;
      const rows = () => unguarded.selectFrom("oauth_requests").select(["id", "verifier", "connector_id"]).execute();
      const verifier = (await rows()).find((row) => row.connector_id === other.connector.id)?.verifier ?? "";
      await unguarded
        .updateTable("oauth_requests")
        .set({ verifier })
        .where("connector_id", "=", one.connector.id)
        .execute();
      await expect(one.google.spend(scope, one.callback, one.holder)).rejects.toThrow("does not open here");
    });
  });

  test("less than was asked for is told, and not kept", async () => {
    const { google } = houses;
    const { access } = google.provider;
    const contacts = "https://www.googleapis.com/auth/contacts.readonly";
    const more = "https://www.googleapis.com/auth/analytics.readonly";
    const wider = google.with({ provider: { ...google.provider, access: { ...access, scopes: [contacts, more] } } });
    const connector = await google.connector(scope);
    const connected = await wider.connect(scope, connector, { leaveOut: [contacts] });
    expect(connected).toEqual({ ok: false, problem: { kind: "less-than-asked", missing: [contacts] } });
    expect(await readGrant(scope, connector.id)).toBeNull();
  });

  describe("what was agreed to and is not kept", () => {
    const login = "ann.hale@hale-partners.example";
    // In an installation where nobody else lives by an agreement of the same person.
    let alone: Awaited<ReturnType<typeof given.ownDatabase>>;
    let scope: Scope;
    beforeEach(async () => {
      alone = await given.ownDatabase(engine);
      ({ scope } = alone);
    });
    afterEach(() => alone.close());

    /** By a link that somebody else has used before the person comes back. */
    const tooLate = async (house: ProviderHouse) => {
      const connector = await house.connector(scope);
      const linkToken = (await makeConnectLink(installationOf(scope), scope, connector.id)) ?? "";
      const { address, holder } = await house.begin(scope, connector, { linkToken });
      const callback = await agree(address, { login });
      await makeConnectLink(installationOf(scope), scope, connector.id);
      const finished = await house.finish(scope, connector, callback, holder);
      expect(finished).toEqual({ ok: false, problem: { kind: "link-spent" } });
      // It was asked whose it is with that token.
      return house.records.asked.at(-1)?.token ?? "";
    };

    test.each(["google", "hubspot", "salesforce"] as const)("is taken back at %s", async (flavour) => {
      const house = await openProvider(flavour);
      const token = await tooLate(house);
      expect(token).not.toBe("");
      expect(await house.sandbox.holderOf(token)).toBeNull();
      await house.close();
    });

    test("stays where another connector would lose its access with it, the same one too, or where nobody says whose it is", async () => {
      const house = await openProvider("google");
      const connector = await house.connected(scope, { login });
      const standing = async () => (await readGrant(scope, connector.id))?.accessToken ?? "";
      expect(await house.sandbox.holderOf(await tooLate(house))).not.toBeNull();
      expect(await house.sandbox.holderOf(await standing())).not.toBeNull();
      const silent = house.with({ provider: { ...house.provider, whose: () => Promise.resolve(null) } });
      await tooLate(silent);
      expect(await house.sandbox.holderOf(await standing())).not.toBeNull();
      await house.close();
    });

    test("is taken back where less than all was agreed to", async () => {
      const house = await openProvider("google");
      const { access } = house.provider;
      const more = "https://www.googleapis.com/auth/analytics.readonly";
      const wider = house.with({
        provider: { ...house.provider, access: { ...access, scopes: [...access.scopes, more] } },
      });
      const connected = await wider.connect(scope, await house.connector(scope), { login, leaveOut: [more] });
      expect(connected).toMatchObject({ ok: false, problem: { kind: "less-than-asked" } });
      expect(await house.sandbox.holderOf(house.records.asked.at(-1)?.token ?? "")).toBeNull();
      await house.close();
    });
  });

  test("without a refresh token is told: it would end within the hour", async () => {
    const { google } = houses;
    const extraParameters = { access_type: "offline" };
    const access = { ...google.provider.access, extraParameters };
    const careless = google.with({ provider: { ...google.provider, access } });
    const connector = await google.connector(scope);
    const how = { login: "ann.hale@hale-partners.example", jar: new Map<string, string>() };
    await careless.connect(scope, connector, how);
    // Google gives one out at the first agreement only, unless it is asked for consent each time.
    expect(await careless.connect(scope, connector, how)).toEqual({ ok: false, problem: { kind: "not-lasting" } });
    expect(await google.connect(scope, connector, how)).toMatchObject({ ok: true });
  });

  test.each([
    ["too-many", { kind: "later", waitMs: 7_000 }],
    ["broken", { kind: "out-of-order" }],
    ["page", { kind: "out-of-order" }],
    ["elsewhere", { kind: "out-of-order" }],
    ["forbidden", { kind: "refused", code: "access_restricted" }],
  ] as const)("with a token endpoint that is %s keeps nothing and says what it was", async (trouble, refusal) => {
    const { hubspot } = houses;
    const connector = await hubspot.connector(scope);
    const { address, holder } = await hubspot.begin(scope, connector);
    const callback = await agree(address);
    hubspot.sandbox.trouble = trouble;
    const finished = await hubspot.finish(scope, connector, callback, holder);
    hubspot.sandbox.trouble = null;
    expect(finished).toEqual({ ok: false, problem: { kind: "not-exchanged", refusal } });
    expect(await readGrant(scope, connector.id)).toBeNull();
  });

  test("with a wrong secret is the operator's to mend, and says so without the secret", async () => {
    const { salesforce } = houses;
    const client = { id: salesforce.sandbox.clientId, secret: "an older secret" };
    const providers = { ...salesforce.env.providers, clients: new Map([["SALESFORCE", client]]) };
    const outdated = salesforce.with({ env: { ...salesforce.env, providers } });
    const connected = await outdated.connect(scope, await salesforce.connector(scope));
    if (connected.ok) throw new Error("It must not be connected");
    expect(connected.problem).toEqual({ kind: "not-exchanged", refusal: { kind: "client", code: "invalid_client" } });
    expect(connectProblemWords("Salesforce", connected.problem)).toBe(
      "Salesforce does not know this installation, or not by this secret. Tell whoever runs Tallybook: invalid_client.",
    );
  });

  test("where the operator has set no client, the two variables are named", async () => {
    const { provider, env, connector } = houses.google;
    const unknown = { ...env, providers: { ...env.providers, clients: new Map<string, never>() } };
    const begun = { connector: await connector(scope), provider, env: unknown, holder: { sessionId: newId() } };
    expect(await beginConnecting(scope, begun)).toEqual({
      ok: false,
      reason: "no-client",
      variables: ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
    });
  });

  describe("anew", () => {
    const stateOf = async (id: string) => (await findConnector(scope, id))?.state;
    const setState = (id: string, state: "on" | "needs-reconnecting") =>
      scope.db
        .updateTable("connectors")
        .set({ state, cursors: '{"contacts":"token-7"}' })
        .where("account_id", "=", scope.account.id)
        .where("id", "=", id)
        .execute();

    test("puts a connector back to where it stood", async () => {
      const { google } = houses;
      const connector = await google.connected(scope);
      await setState(connector.id, "on");
      await endAccess(scope, { connectorId: connector.id, why: "It was taken back.", action: "connector.grant-ended" });
      expect(await stateOf(connector.id)).toBe("needs-reconnecting");
      expect(await google.connect(scope, connector)).toMatchObject({ ok: true, anotherAccount: false });
      expect(await stateOf(connector.id)).toBe("on");
    });

    test("reads on from where it stood in the same account, and everything where nobody tells whose it is", async () => {
      const { google } = houses;
      const standing = (id: string) =>
        scope.db
          .selectFrom("connectors")
          .select(["state", "cursors", "whole_next"])
          .where("account_id", "=", scope.account.id)
          .where("id", "=", id)
          .executeTakeFirst();
      const connector = await google.connected(scope);
      await setState(connector.id, "on");
      await google.connect(scope, connector);
      const readOn = { state: "on", cursors: '{"contacts":"token-7"}' };
      expect(await standing(connector.id)).toEqual({ ...readOn, whole_next: null });
      const silent = google.with({ provider: { ...google.provider, whose: () => Promise.resolve(null) } });
      expect(await silent.connect(scope, connector)).toEqual({ ok: true, whose: null, anotherAccount: false });
      expect(await standing(connector.id)).toEqual({ ...readOn, whole_next: clock.now() });
    });

    test("to another account of the provider pauses it, and what was read so far counts for nothing", async () => {
      const { google } = houses;
      const connector = await google.connected(scope);
      await setState(connector.id, "on");
      await offers(scope, connector.id, { contacts: [] });
      const connected = await google.connect(scope, connector, { login: "ann.hale@hale-partners.example" });
      expect(connected).toMatchObject({ ok: true, anotherAccount: true });
      const row = await scope.db
        .selectFrom("connectors")
        .innerJoin("connector_grants", (join) =>
          join
            .onRef("connector_grants.account_id", "=", "connectors.account_id")
            .onRef("connector_grants.connector_id", "=", "connectors.id"),
        )
        .select(["state", "cursors", "whole_next", "whose", "whose_before"])
        .where("connectors.account_id", "=", scope.account.id)
        .where("connectors.id", "=", connector.id)
        .executeTakeFirst();
      expect(row).toEqual({
        state: "paused",
        cursors: "{}",
        whole_next: clock.now(),
        whose: "ann.hale@hale-partners.example",
        whose_before: "office@hale-partners.example",
      });
      expect((await findSetUp(scope, connector.id))?.offers).toBeNull();
    });
  });

  describe("by a link", () => {
    const linked = async () => {
      const { microsoft } = houses;
      const connector = await microsoft.connector(scope);
      const linkToken = (await makeConnectLink(installationOf(scope), scope, connector.id)) ?? "";
      const system = given.asRole(scope, "system");
      const { address, holder } = await microsoft.begin(system, connector, { linkToken });
      return { microsoft, connector, linkToken, system, holder, callback: await agree(address) };
    };

    test("works for who has no place here, once, and is nobody's doing here", async () => {
      const { microsoft, connector, system, holder, callback } = await linked();
      expect(await microsoft.finish(system, connector, callback, holder)).toMatchObject({ ok: true });
      const row = await scope.db
        .selectFrom("connector_grants")
        .select("granted_by")
        .where("account_id", "=", scope.account.id)
        .where("connector_id", "=", connector.id)
        .executeTakeFirst();
      expect(row).toEqual({ granted_by: null });
      const again = await microsoft.begin(system, connector, holder);
      const finished = await microsoft.finish(system, connector, await agree(again.address), holder);
      expect(finished).toEqual({ ok: false, problem: { kind: "link-spent" } });
    });

    test("is void when a newer one was made, or an administrator has connected meanwhile", async () => {
      const one = await linked();
      await makeConnectLink(installationOf(scope), scope, one.connector.id);
      const finished = await one.microsoft.finish(one.system, one.connector, one.callback, one.holder);
      expect(finished).toEqual({ ok: false, problem: { kind: "link-spent" } });
      const other = await linked();
      await other.microsoft.connect(scope, other.connector);
      const late = await other.microsoft.finish(other.system, other.connector, other.callback, other.holder);
      expect(late).toEqual({ ok: false, problem: { kind: "link-spent" } });
    });

    test("counts only in a browser that holds it", async () => {
      const { microsoft, callback } = await linked();
      expect(await microsoft.spend(scope, callback, { linkToken: "another" })).toBeNull();
      expect(await microsoft.spend(scope, callback, { sessionId: newId() })).toBeNull();
    });
  });
});

test("every refusal has words that say what to do, and repeats nothing that anybody can write into an address", () => {
  const words = connectProblemWords("Google", { kind: "sent-back", code: "<b>Send your password to evil.example</b>" });
  expect(words).toBe(
    "Google refused, and nothing was connected. Try again; if it stays so, ask whoever looks after Google at your firm.",
  );
  expect(connectProblemWords("Google", { kind: "sent-back", code: "invalid_scope" })).toContain("invalid_scope");
});
