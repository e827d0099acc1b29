/** A connector’s settings, and its key: changed, lost, entered again. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openSecrets } from "~/features/connectors/access/secrets.server";
import { GrantEnded } from "~/features/connectors/connector";
import { findConnector } from "~/features/connectors/find-connector.server";
import { findSetUp } from "~/features/connectors/set-up/find-set-up.server";
import { type Scope } from "~/platform/scope.server";
import { type ConnectorHouse, idIn, messageIn, openConnectorPages, textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { connected, offers, synced } from "~/testing/given-syncs";

describe.each(databases)("a connector's settings on %s", (engine) => {
  let house: ConnectorHouse;
  let system: ConnectorHouse["system"];
  let tried: string[];
  let scope: Scope;
  let base: string;

  beforeAll(async () => {
    house = await openConnectorPages(engine);
    ({ system, tried } = house);
  });
  beforeEach(async () => {
    ({ scope, base } = await house.newFirm());
  });
  afterAll(() => house.site.close());

  const get = (path: string) => house.get(path);
  const post = (path: string, fields?: Record<string, string> | [string, string][]) => house.post(path, fields);

  describe("its settings", () => {
    const typed = { name: "Ledger", "setting-address": "https://ledger.hale.example", "setting-key": "right-key-4711" };

    test("are changed with the key left as it is", async () => {
      const id = idIn(await post(`${base}/new/small`, typed));
      const form = await get(`${base}/${id}/settings`);
      expect(form.text).toContain("One is kept, encrypted. Leave it empty to keep it.");
      await offers(scope, id, { people: [] });
      const change = { ...typed, name: "Ledger of the office", "setting-key": "", "setting-version": "1" };
      const saved = await post(`${base}/${id}/settings`, { ...change, version: "1" });
      expect(messageIn(saved).text).toBe("Saved. Small Ledger can be read. The next run reads everything.");
      const connector = await findConnector(scope, id);
      expect(connector).toMatchObject({ name: "Ledger of the office", settings: { version: "1" } });
      expect(connector && openSecrets(scope, connector)).toEqual({ key: "right-key-4711" });
      expect((await findSetUp(scope, id))?.offers).toBeNull();
    });

    test("with another address want the key again, which goes nowhere else; another page there is no other address", async () => {
      const id = idIn(await post(`${base}/new/small`, typed));
      const change = { name: "Ledger", "setting-address": "https://new.hale.example", "setting-key": "", version: "1" };
      tried.length = 0;
      const refused = await post(`${base}/${id}/settings`, change);
      expect([refused.status, tried]).toEqual([422, []]);
      expect(textOf(refused)).toContain("Type the key again: the address is another one.");
      expect(refused.text).toContain('value="https://new.hale.example"');
      expect((await findConnector(scope, id))?.settings.address).toBe("https://ledger.hale.example");

      const page = { ...change, "setting-address": "https://ledger.hale.example/login" };
      expect((await post(`${base}/${id}/settings`, page)).status).toBe(303);
      const again = { ...change, "setting-key": "right-key-4711", version: "2" };
      expect(messageIn(await post(`${base}/${id}/settings`, again)).text).toBe(
        "Saved. Small Ledger can be read. The next run reads everything.",
      );
      expect(tried).toEqual(["https://ledger.hale.example/login", "https://new.hale.example"]);
    });

    test("lead to no other system once records were read: their ids would stand for others there", async () => {
      const id = await connected(scope);
      const first = { ...typed, version: "1" };
      expect((await post(`${base}/${id}/settings`, first)).status).toBe(303);
      await synced(scope, id, system);
      const other = {
        ...first,
        "setting-address": "https://okafor.example",
        "setting-database": "okafor",
        version: "2",
      };
      const refused = await post(`${base}/${id}/settings`, other);
      expect(refused.status).toBe(422);
      for (const what of ["address", "database"]) {
        expect(textOf(refused)).toContain(`This connector has read from another ${what}. Make a new connector for it.`);
      }
      expect((await findConnector(scope, id))?.settings.address).toBe("https://ledger.hale.example");
      const sameServer = { ...other, "setting-address": "https://ledger.hale.example/web", "setting-database": "" };
      expect((await post(`${base}/${id}/settings`, sameServer)).status).toBe(303);
    });

    test("that somebody else has changed meanwhile are not lost: theirs is told, mine still stands there", async () => {
      const id = idIn(await post(`${base}/new/small`, typed));
      const mine = { ...typed, "setting-key": "", version: "1" };
      await post(`${base}/${id}/settings`, { ...mine, name: "Ledger of Grace" });
      const refused = await post(`${base}/${id}/settings`, { ...mine, name: "Ledger of Tom" });
      expect(refused.status).toBe(422);
      expect(textOf(refused)).toContain(
        "Somebody else has changed this meanwhile. It says now: Name: Ledger of Grace;",
      );
      expect(refused.text).toContain('value="Ledger of Tom"');
      expect((await findConnector(scope, id))?.name).toBe("Ledger of Grace");
      await post(`${base}/${id}/settings`, { ...mine, name: "Ledger of Tom", version: "2" });
      expect((await findConnector(scope, id))?.name).toBe("Ledger of Tom");
    });

    test("with a new key one that lost its access goes on where it stood", async () => {
      const id = idIn(await post(`${base}/new/small`, typed));
      await post(`${base}/${id}/connection/disconnection`);
      expect((await findConnector(scope, id))?.state).toBe("needs-reconnecting");
      const pages = [await get(base), await get(`${base}/${id}`), await get(`${base}/${id}/connection`)].map(textOf);
      for (const page of pages) expect(page).toContain("Disconnected");
      for (const page of pages.slice(1)) expect(page).toContain(`${scope.user?.name} disconnected it. Since`);
      expect(pages.join()).not.toMatch(/has to be connected again|needs its key again|did not take its key/i);
      expect(textOf(await get(`${base}/${id}/settings`))).toContain("Kept encrypted, and never shown again.");
      const empty = await post(`${base}/${id}/settings`, { ...typed, "setting-key": "", version: "1" });
      expect([empty.status, textOf(empty).includes("Fill in: Key.")]).toEqual([422, true]);
      await post(`${base}/${id}/settings`, { ...typed, version: "1" });
      expect((await findConnector(scope, id))?.state).toBe("setting-up");
    });
  });

  describe("one that is let in no more", () => {
    const typed = { name: "Ledger", "setting-address": "https://ledger.hale.example", "setting-key": "right-key-4711" };

    /** It has its key and has read. */
    async function reading(): Promise<string> {
      const id = await connected(scope);
      await post(`${base}/${id}/settings`, { ...typed, version: "1" });
      await synced(scope, id, system);
      return id;
    }
    const refuse = async (id: string) => {
      system.trouble = () => {
        throw new GrantEnded("Small Ledger does not take this key any more.");
      };
      await synced(scope, id, system);
      system.trouble = () => undefined;
    };
    const stands = async (id: string) => (await findConnector(scope, id))?.state;

    test("goes on with the key it had, once that is taken again; not before", async () => {
      const id = await reading();
      await refuse(id);
      expect(await stands(id)).toBe("needs-reconnecting");
      const page = textOf(await get(`${base}/${id}/connection`));
      expect(page).toContain("Small Ledger did not take its key. Enter it again in its settings.");
      expect(page).toContain("Test the connection");
      await post(`${base}/${id}/settings`, { ...typed, "setting-key": "wrong-key-0815", version: "2" });
      expect(await stands(id)).toBe("needs-reconnecting");
      await post(`${base}/${id}/settings`, { ...typed, version: "3" });
      expect(await stands(id)).toBe("on");
      await refuse(id);
      await post(`${base}/${id}/settings`, { ...typed, "setting-key": "", version: "4" });
      expect(await stands(id)).toBe("on");
    });
  });

  describe("one that is paused", () => {
    const typed = { name: "Ledger", "setting-address": "https://ledger.hale.example", "setting-key": "right-key-4711" };

    test.each(["disconnected", "refused"])("and was %s stays paused when it is given its key again", async (how) => {
      const id = await connected(scope);
      await post(`${base}/${id}/settings`, { ...typed, version: "1" });
      await synced(scope, id, system);
      await post(`${base}/${id}/pausing`);
      if (how === "disconnected") await post(`${base}/${id}/connection/disconnection`, { records: "stay" });
      else {
        system.trouble = () => {
          throw new GrantEnded("Small Ledger does not take this key any more.");
        };
        await synced(scope, id, system);
        system.trouble = () => undefined;
      }
      expect((await findConnector(scope, id))?.state).toBe("needs-reconnecting");
      await post(`${base}/${id}/settings`, { ...typed, version: "2" });
      expect((await findConnector(scope, id))?.state).toBe("paused");
    });
  });
});
