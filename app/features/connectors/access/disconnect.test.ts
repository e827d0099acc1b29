import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findConnectLink, makeConnectLink } from "~/features/connectors/access/connect-links.server";
import { disconnect } from "~/features/connectors/access/disconnect.server";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { type Revocation } from "~/features/connectors/access/take-back.server";
import { findConnection } from "~/features/connectors/access/find-connection.server";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { openSecrets, sealSecrets } from "~/features/connectors/access/secrets.server";
import { type Connector, findConnector } from "~/features/connectors/find-connector.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { installationOf, openProvider, type ProviderHouse } from "~/testing/given-connectors";

const granted = { accessToken: "a", refreshToken: "r", lastsSeconds: 60, scopes: ["contacts"], extras: {} };
const flavours = ["google", "microsoft", "hubspot", "salesforce"] as const;

describe.each(databases)("disconnecting on %s", (engine) => {
  let scope: Scope;
  let other: Scope;
  let clock: TestClock;
  let houses: Record<(typeof flavours)[number], ProviderHouse>;
  beforeAll(async () => {
    clock = testClock();
    ({ scope, other } = await given.twoAccounts(engine, { clock }));
    const opened = await Promise.all(flavours.map(async (flavour) => [flavour, await openProvider(flavour)] as const));
    houses = Object.fromEntries(opened) as typeof houses;
  });
  afterAll(() => Promise.all(Object.values(houses).map((house) => house.close())));

  const endIt = (house: ProviderHouse, connector: Connector, by = scope): Promise<Revocation> =>
    disconnect(installationOf(by), by, { connector, provider: house.provider, env: house.env });
  const isGoodThere = async ({ sandbox }: ProviderHouse, token: string) => (await sandbox.holderOf(token)) !== null;
  const tokenOf = async (connector: Connector, of = scope) => (await readGrant(of, connector.id))?.accessToken ?? "";

  test.each([
    ["google", "revoked", false],
    ["hubspot", "revoked", false],
    ["salesforce", "revoked", false],
    // It has nothing to ask: people take it back there.
    ["microsoft", "not-offered", true],
  ] as const)(
    "from %s: the agreement there is %s, and nothing of it is kept here",
    async (flavour, revocation, good) => {
      const house = houses[flavour];
      const connector = await house.connected(scope);
      const token = await tokenOf(connector);
      expect(await endIt(house, connector)).toBe(revocation);
      expect(await isGoodThere(house, token)).toBe(good);
      expect(await readGrant(scope, connector.id)).toMatchObject({ accessToken: null, refreshToken: null, extras: {} });
      const { grant } = (await findConnection(scope, connector.id)) ?? {};
      expect(grant?.endedWhy).toBe(`${scope.user?.name} disconnected it.`);
      const after = await findConnector(scope, connector.id);
      expect(after).toMatchObject({ state: "needs-reconnecting", disconnectedAt: clock.now() });
      expect(await endIt(house, connector)).toBe("none");
      // Connected again it is as any other.
      await storeGrant(scope, {
        connectorId: connector.id,
        provider: house.provider,
        granted,
        whose: null,
        by: "link",
      });
      expect(await findConnector(scope, connector.id)).toMatchObject({ disconnectedAt: null });
    },
  );

  test.each(["google", "hubspot"] as const)(
    "leaves the agreement at %s while another connector lives by it, in whichever account of ours",
    async (flavour) => {
      const house = houses[flavour];
      const [first, second] = [await house.connected(scope), await house.connected(scope)];
      const elsewhere = await house.connected(other);
      const someoneElses = await house.connected(scope, { login: "ann.hale@hale-partners.example" });
      expect(await endIt(house, first)).toBe("shared");
      expect(await isGoodThere(house, await tokenOf(second))).toBe(true);
      expect(await endIt(house, second)).toBe("shared");
      expect(await isGoodThere(house, await tokenOf(elsewhere, other))).toBe(true);
      expect(await endIt(house, elsewhere, other)).toBe("revoked");
      expect(await isGoodThere(house, await tokenOf(someoneElses))).toBe(true);
    },
  );

  test("that the provider does not answer keeps nobody from it", async () => {
    const gone = await openProvider("google");
    const connector = await gone.connected(scope);
    await gone.close();
    expect(await endIt(gone, connector)).toBe("failed");
    expect(await readGrant(scope, connector.id)).toMatchObject({ accessToken: null, refreshToken: null });
  });

  test("is noted where the access has ended by itself before, and of what was never connected it is not", async () => {
    const house = houses.google;
    const [ended, never] = [await house.connected(scope), await house.connector(scope)];
    const why = "Google says that it was taken back.";
    await endAccess(scope, { connectorId: ended.id, why, action: "connector.grant-ended" });
    expect(await findConnector(scope, ended.id)).toMatchObject({ state: "needs-reconnecting", disconnectedAt: null });
    for (const { id } of [ended, never]) {
      const now = await findConnector(scope, id);
      if (!now) throw new Error("It is there");
      expect(await endIt(house, now)).toBe("none");
    }
    const disconnected = { state: "needs-reconnecting", disconnectedAt: clock.now() };
    expect(await findConnector(scope, ended.id)).toMatchObject(disconnected);
    expect(await findConnector(scope, never.id)).toMatchObject({ state: "setting-up", disconnectedAt: null });
    // How it ended is still what is told.
    expect((await findConnection(scope, ended.id))?.grant?.endedWhy).toBe(why);
    clock.advance(DAY_MS);
    const again = { connectorId: ended.id, why: "Ann disconnected it.", action: "connector.disconnected" } as const;
    expect(await endAccess(scope, again)).toBe(false);
    expect(await findConnector(scope, ended.id)).toMatchObject(disconnected);
  });

  test("makes links void that were made to connect", async () => {
    const house = houses.microsoft;
    const connector = await house.connected(scope);
    const token = (await makeConnectLink(installationOf(scope), scope, connector.id)) ?? "";
    expect(await findConnectLink(installationOf(scope), token)).toMatchObject({ state: "open" });
    await endIt(house, connector);
    expect(await findConnectLink(installationOf(scope), token)).toMatchObject({ state: "spent" });
  });

  test("erases the secrets of a provider that is reached by a key", async () => {
    const house = houses.google;
    const { id } = await house.connector(scope);
    await scope.db
      .updateTable("connectors")
      .set({ secrets: sealSecrets(scope, id, { key: "0123456789abcdef" }), state: "on" })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    const connector = await findConnector(scope, id);
    if (!connector) throw new Error("It is there");
    expect(openSecrets(scope, connector)).toEqual({ key: "0123456789abcdef" });
    expect(connector.sealedSecrets).not.toContain("0123456789abcdef");
    expect(() => openSecrets(other, connector)).toThrow("does not open here");
    const provider = { ...house.provider, access: { kind: "key" as const } };
    await disconnect(installationOf(scope), scope, { connector, provider, env: house.env });
    const after = await findConnector(scope, id);
    expect(after).toMatchObject({ sealedSecrets: null, state: "needs-reconnecting", disconnectedAt: clock.now() });
  });

  describe("a link", () => {
    test("holds for seven days, and for the connector alone that it was made for", async () => {
      const connector = await houses.google.connector(scope);
      const start = clock.now();
      const token = (await makeConnectLink(installationOf(scope), scope, connector.id)) ?? "";
      const found = () => findConnectLink(installationOf(scope), token);
      expect(await found()).toEqual({ state: "open", accountId: scope.account.id, connectorId: connector.id });
      clock.advance(7 * DAY_MS);
      expect(await found()).toMatchObject({ state: "expired" });
      clock.set(start);
      expect(await findConnectLink(installationOf(scope), `${token}x`)).toBeNull();
    });

    test("is made for no connector of another account, and voids none there", async () => {
      const connector = await houses.google.connector(scope);
      const token = (await makeConnectLink(installationOf(scope), scope, connector.id)) ?? "";
      expect(await makeConnectLink(installationOf(other), other, connector.id)).toBeNull();
      expect(await findConnectLink(installationOf(scope), token)).toMatchObject({ state: "open" });
    });
  });
});
