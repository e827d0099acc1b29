import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { verifyChain } from "~/features/audit/audit.server";
import { connectionFor } from "~/features/connectors/access/connection.server";
import { findConnection } from "~/features/connectors/access/find-connection.server";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { freshToken } from "~/features/connectors/access/renew-grant.server";
import { GrantEnded, OutOfOrder, Throttled } from "~/features/connectors/connector";
import { type Connector, findConnector } from "~/features/connectors/find-connector.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { HOUR_MS, later, SECOND_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { openProvider, type ProviderHouse } from "~/testing/given-connectors";
import { tableRows } from "~/testing/table-rows";

const flavours = ["google", "microsoft", "hubspot", "salesforce"] as const;
const { signal } = new AbortController();

describe.each(databases)("renewing on %s", (engine) => {
  let scope: Scope;
  let clock: TestClock;
  let houses: Record<(typeof flavours)[number], ProviderHouse>;
  beforeAll(async () => {
    clock = testClock();
    scope = await given.scope(engine, "admin", { clock });
    const opened = await Promise.all(flavours.map(async (flavour) => [flavour, await openProvider(flavour)] as const));
    houses = Object.fromEntries(opened) as typeof houses;
  });
  afterEach(() => {
    for (const { sandbox, records } of Object.values(houses)) {
      sandbox.trouble = null;
      records.status = null;
    }
  });
  afterAll(() => Promise.all(Object.values(houses).map((house) => house.close())));

  const tokenOf = ({ provider, env }: ProviderHouse, connector: Connector, refused?: string) =>
    freshToken(scope, { connector, provider, env, signal, refused });
  const grantOf = async (connector: Connector) => {
    const grant = await readGrant(scope, connector.id);
    if (!grant?.accessToken) throw new Error("There is no agreement");
    return { ...grant, accessToken: grant.accessToken };
  };
  /** How often a token was renewed at the provider during this. */
  async function renewals({ sandbox }: ProviderHouse, work: () => Promise<unknown>): Promise<number> {
    const before = sandbox.tokenRequests.length;
    await work();
    return sandbox.tokenRequests.slice(before).filter(({ grantType }) => grantType === "refresh_token").length;
  }
  const setGrant = (connector: Connector, columns: { claim?: string | null; claimed_until?: string | null }) =>
    scope.db
      .updateTable("connector_grants")
      .set(columns)
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", connector.id)
      .execute();

  describe.each(flavours)("at %s", (flavour) => {
    test("happens when the token is refused, by one however many ask at once, and what is new is kept", async () => {
      const house = houses[flavour];
      const connector = await house.connected(scope);
      const { accessToken, refreshToken } = await grantOf(connector);
      let tokens: string[] = [];
      const asked = await renewals(house, async () => {
        tokens = await Promise.all(Array.from({ length: 8 }, () => tokenOf(house, connector, accessToken)));
      });
      expect(asked).toBe(1);
      const now = await grantOf(connector);
      expect(new Set(tokens)).toEqual(new Set([now.accessToken]));
      expect(now.accessToken).not.toBe(accessToken);
      const isReplaced = flavour === "microsoft" || flavour === "salesforce";
      expect(now.refreshToken === refreshToken).toBe(!isReplaced);
      const kept = JSON.stringify(await tableRows(scope.database, scope.account.id));
      for (const secret of [now.accessToken, now.refreshToken ?? ""]) expect(kept.includes(secret)).toBe(false);
    });

    test("goes on, one after the other", async () => {
      const house = houses[flavour];
      const connector = await house.connected(scope);
      for (let time = 0; time < 3; time += 1) await tokenOf(house, connector, (await grantOf(connector)).accessToken);
      const { accessToken } = await grantOf(connector);
      expect(await house.sandbox.holderOf(accessToken)).toMatchObject({ login: "office@hale-partners.example" });
    });

    test("finds that the access was taken back: tokens go, the connector waits, and nobody asks again", async () => {
      const house = houses[flavour];
      const connector = await house.connected(scope);
      house.sandbox.revoke();
      const connection = await connectionFor(scope, { connector, provider: house.provider, env: house.env, signal });
      await expect(house.provider.test(connection)).rejects.toThrow(GrantEnded);
      expect(await findConnector(scope, connector.id)).toMatchObject({ state: "needs-reconnecting" });
      expect(await readGrant(scope, connector.id)).toMatchObject({
        ...{ accessToken: null, refreshToken: null, expiresAt: null, endedAt: clock.now(), extras: {} },
      });
      const { grant } = (await findConnection(scope, connector.id)) ?? {};
      expect(grant?.endedWhy).toContain(`${house.provider.name} no longer accepts what was agreed to`);
      const asked = await renewals(house, async () => {
        const again = connectionFor(scope, { connector, provider: house.provider, env: house.env, signal });
        await expect(again).rejects.toThrow(GrantEnded);
        await expect(tokenOf(house, connector)).rejects.toThrow(GrantEnded);
      });
      expect(asked).toBe(0);
      expect(await verifyChain(scope)).toMatchObject({ ok: true });
      expect(await house.connect(scope, connector)).toMatchObject({ ok: true });
    });
  });

  test("happens a minute before the end, where an end is known", async () => {
    const { hubspot, salesforce } = houses;
    const [connector, endless] = [await hubspot.connected(scope), await salesforce.connected(scope)];
    const start = clock.now();
    clock.advance(1_800 * SECOND_MS - 61 * SECOND_MS);
    expect(await renewals(hubspot, () => tokenOf(hubspot, connector))).toBe(0);
    clock.advance(SECOND_MS);
    expect(await renewals(hubspot, () => tokenOf(hubspot, connector))).toBe(1);
    clock.advance(9 * HOUR_MS);
    expect(await renewals(salesforce, () => tokenOf(salesforce, endless))).toBe(0);
    clock.set(start);
  });

  test("is tried once for a refused request, and not for each when it does not help", async () => {
    const { salesforce: house } = houses;
    const connector = await house.connected(scope);
    const connection = await connectionFor(scope, { connector, provider: house.provider, env: house.env, signal });
    house.sandbox.endAccessTokens();
    expect(await renewals(house, () => house.provider.test(connection))).toBe(1);
    house.records.status = 401;
    const asked = await renewals(house, async () => {
      for (let time = 0; time < 4; time += 1) {
        const answer = await connection.fetch(`${connection.base("records")}/me`);
        expect(answer.status).toBe(401);
      }
    });
    expect(asked).toBe(1);
  });

  test("keeps nobody waiting where this installation is nobody at the provider any more", async () => {
    const connector = await houses.hubspot.connected(scope);
    const start = clock.now();
    clock.advance(HOUR_MS);
    const { env } = houses.hubspot;
    const nobody = houses.hubspot.with({ env: { ...env, providers: { ...env.providers, clients: new Map() } } });
    await expect(tokenOf(nobody, connector)).rejects.toThrow("HUBSPOT_CLIENT_ID");
    // Within the half minute that somebody at work would be waited for.
    expect(await renewals(houses.hubspot, () => tokenOf(houses.hubspot, connector))).toBe(1);
    clock.set(start);
  });

  test("is not tried for a refusal that is about something else", async () => {
    const { salesforce: house } = houses;
    const connector = await house.connected(scope);
    const access = { ...house.provider.access, isOfTheToken: (body: string) => body === "" };
    const provider = { ...house.provider, access };
    const connection = await connectionFor(scope, { connector, provider, env: house.env, signal });
    house.records.status = 401;
    const asked = await renewals(house, async () => {
      const answer = await connection.fetch(`${connection.base("records")}/me`);
      expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining("{")]);
    });
    expect(asked).toBe(0);
  });

  describe("killed", () => {
    /** What a worker leaves that dies after it took its turn. */
    const died = (connector: Connector) =>
      setGrant(connector, { claim: newId(), claimed_until: later(clock.now(), 30 * SECOND_MS) });

    /** A worker asks the provider, whose answer takes its time. */
    async function asking(house: ProviderHouse, { within = scope, until = signal } = {}) {
      const connector = await house.connected(within);
      const { accessToken, refreshToken } = (await readGrant(within, connector.id)) ?? {};
      const late = delayed(house);
      const renewing = freshToken(within, { connector, ...late.parts, signal: until, refused: accessToken ?? "" });
      await late.asked;
      return { connector, accessToken, refreshToken, renewing, answer: late.answer };
    }

    test("before it asked: the next one waits until the claim has run out, and renews", async () => {
      const { salesforce: house } = houses;
      const connector = await house.connected(scope);
      const { accessToken } = await grantOf(connector);
      await died(connector);
      let isDone = false;
      const waiting = tokenOf(house, connector, accessToken).then((token) => {
        isDone = true;
        return token;
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(isDone).toBe(false);
      clock.advance(31 * SECOND_MS);
      expect(await waiting).toBe((await grantOf(connector)).accessToken);
    });

    test("after the provider has answered: nothing is lost where an old refresh token stays good", async () => {
      for (const house of [houses.google, houses.microsoft, houses.hubspot]) {
        const connector = await house.connected(scope);
        const { accessToken } = await grantOf(connector);
        house.sandbox.trouble = "lost";
        await expect(tokenOf(house, connector, accessToken)).rejects.toThrow(OutOfOrder);
        house.sandbox.trouble = null;
        const token = await tokenOf(house, connector, accessToken);
        expect(await house.sandbox.holderOf(token)).not.toBeNull();
      }
    });

    test("after Salesforce has answered: the agreement is lost, and that is said instead of tried for ever", async () => {
      const { salesforce: house } = houses;
      const connector = await house.connected(scope);
      const { accessToken } = await grantOf(connector);
      house.sandbox.trouble = "lost";
      await expect(tokenOf(house, connector, accessToken)).rejects.toThrow(OutOfOrder);
      house.sandbox.trouble = null;
      await expect(tokenOf(house, connector, accessToken)).rejects.toThrow(GrantEnded);
      expect(await findConnector(scope, connector.id)).toMatchObject({ state: "needs-reconnecting" });
    });

    test("by whoever cancels its run, once the provider is asked: the refresh token that takes the old one's place is kept", async () => {
      const { salesforce: house } = houses;
      const run = new AbortController();
      const { connector, refreshToken, renewing, answer } = await asking(house, { until: run.signal });
      run.abort(new Error("The run was cancelled."));
      answer();
      const token = await renewing;
      const kept = await grantOf(connector);
      expect(kept).toMatchObject({ accessToken: token, claim: null });
      expect(kept.refreshToken).not.toBe(refreshToken);
      expect(await house.sandbox.holderOf(await tokenOf(house, connector, token))).not.toBeNull();
    });

    test("by nobody: where the database is away for a moment, the refresh token that takes the old one's place is kept", async () => {
      const { salesforce: house } = houses;
      const { scope: own, close } = await given.ownDatabase(engine);
      const { connector, refreshToken, renewing, answer } = await asking(house, { within: own });
      const rename = (from: string, to: string) =>
        sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(own.database.unguarded);
      await rename("connector_grants", "grants_away");
      answer();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await rename("grants_away", "connector_grants");
      const token = await renewing;
      const kept = await readGrant(own, connector.id);
      expect(kept).toMatchObject({ accessToken: token, claim: null });
      expect(kept?.refreshToken).not.toBe(refreshToken);
      expect(await house.sandbox.holderOf(token)).not.toBeNull();
      await close();
    });

    test("and given up, yet alive: what it brings late does not take the place of what stands", async () => {
      const { google: house } = houses;
      const { connector, renewing, answer } = await asking(house);
      // Somebody connects anew while the old answer is on its way.
      await house.connect(scope, connector);
      const standing = await grantOf(connector);
      answer();
      expect(await renewing).toBe(standing.accessToken);
      expect(await grantOf(connector)).toEqual(standing);
    });

    test("and given up, yet alive: while another renews, that is no end of the agreement", async () => {
      const { google: house } = houses;
      const { connector, accessToken, renewing, answer } = await asking(house);
      await died(connector);
      const start = clock.now();
      clock.advance(2 * HOUR_MS);
      answer();
      await expect(renewing).rejects.toThrow(OutOfOrder);
      expect(await grantOf(connector)).toMatchObject({ accessToken, endedAt: null });
      clock.set(start);
    });

    test("and given up, yet alive: that the old agreement has ended does not end the new one", async () => {
      const { google: house } = houses;
      const { connector, renewing, answer } = await asking(house);
      house.sandbox.revoke();
      await house.connect(scope, connector);
      const standing = await grantOf(connector);
      answer();
      expect(await renewing).toBe(standing.accessToken);
      expect(await grantOf(connector)).toEqual(standing);
    });
  });

  test.each([
    ["too-many", Throttled],
    ["broken", OutOfOrder],
    ["page", OutOfOrder],
    ["elsewhere", OutOfOrder],
  ] as const)(
    "of a token endpoint that is %s leaves the agreement as it is, for another time",
    async (trouble, kind) => {
      const { hubspot: house } = houses;
      const connector = await house.connected(scope);
      const { accessToken } = await grantOf(connector);
      house.sandbox.trouble = trouble;
      await expect(tokenOf(house, connector, accessToken)).rejects.toThrow(kind);
      expect(await findConnector(scope, connector.id)).toMatchObject({ state: "setting-up" });
      expect(await grantOf(connector)).toMatchObject({ accessToken, claim: null, claimedUntil: null });
      house.sandbox.trouble = null;
      expect(await tokenOf(house, connector, accessToken)).not.toBe(accessToken);
    },
  );

  test("is no use with a token that stands in another connector's row, or in another account's", async () => {
    const { google: house } = houses;
    const [one, other] = [await house.connected(scope), await house.connected(scope)];
    const { unguarded } = scope.database;
    const row = await unguarded
      .selectFrom("connector_grants")
      .select(["access_token", "refresh_token"])
      .where("connector_id", "=", other.id)
      .executeTakeFirstOrThrow();
    await unguarded.updateTable("connector_grants").set(row).where("connector_id", "=", one.id).execute();
    await expect(readGrant(scope, one.id)).rejects.toThrow("does not open here");
    const swapped = { access_token: row.refresh_token, refresh_token: row.access_token };
    await unguarded.updateTable("connector_grants").set(swapped).where("connector_id", "=", other.id).execute();
    await expect(readGrant(scope, other.id)).rejects.toThrow("does not open here");
  });

  test("sends the token to the provider's own addresses alone, wherever an answer leads", async () => {
    const { google: house } = houses;
    const connector = await house.connected(scope);
    const connection = await connectionFor(scope, { connector, provider: house.provider, env: house.env, signal });
    const asked = houses.hubspot.records.asked.length;
    for (const address of [`${houses.hubspot.records.origin}/me`, "https://evil.example/me", "/me", "not an address"]) {
      await expect(connection.fetch(address)).rejects.toThrow("not its own");
    }
    expect(houses.hubspot.records.asked).toHaveLength(asked);
  });
});

/** Something that has not happened yet. */
function gate(): { passed: Promise<void>; open: () => void } {
  let open = () => undefined as void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** The token endpoint with a door that is closed once it has been asked. */
function delayed({ provider, env, sandbox }: ProviderHouse) {
  const [question, answer] = [gate(), gate()];
  sandbox.beforeToken = async () => {
    sandbox.beforeToken = null;
    question.open();
    await answer.passed;
  };
  return { parts: { provider, env }, asked: question.passed, answer: answer.open };
}
