/** A connector’s settings, and its key: changed, lost, entered again. */
import { describe, expect, test } from "vitest";
import { openSecrets } from "~/features/connectors/access/secrets.server";
import { GrantEnded } from "~/features/connectors/connector";
import { findConnector } from "~/features/connectors/find-connector.server";
import { findSetUp } from "~/features/connectors/set-up/find-set-up.server";
import { connectorPagesInEach, idIn, messageIn, textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { connected, offers, synced } from "~/testing/given-syncs";

describe.each(databases)("a connector's settings on %s", (engine) => {
  const pages = connectorPagesInEach(engine);
  const { get, post } = pages;

  describe("its settings", () => {
    const typed = { name: "Ledger", "setting-address": "https://ledger.hale.example", "setting-key": "right-key-4711" };

    test("are changed with the key left as it is", async () => {
      const id = idIn(await post(`${pages.base}/new/small`, typed));
      const form = await get(`${pages.base}/${id}/settings`);
      expect(form.text).toContain("One is kept, encrypted. Leave it empty to keep it.");
      await offers(pages.scope, id, { people: [] });
      const change = { ...typed, name: "Ledger of the office", "setting-key": "", "setting-version": "1" };
      const saved = await post(`${pages.base}/${id}/settings`, { ...change, version: "1" });
      expect(messageIn(saved).text).toBe("Saved. Small Ledger can be read. The next run reads everything.");
      const connector = await findConnector(pages.scope, id);
      expect(connector).toMatchObject({ name: "Ledger of the office", settings: { version: "1" } });
      expect(connector && openSecrets(pages.scope, connector)).toEqual({ key: "right-key-4711" });
      expect((await findSetUp(pages.scope, id))?.offers).toBeNull();
    });

    test("with another address want the key again, which goes nowhere else; another page there is no other address", async () => {
      const id = idIn(await post(`${pages.base}/new/small`, typed));
      const change = { name: "Ledger", "setting-address": "https://new.hale.example", "setting-key": "", version: "1" };
      pages.house.tried.length = 0;
      const refused = await post(`${pages.base}/${id}/settings`, change);
      expect([refused.status, pages.house.tried]).toEqual([422, []]);
      expect(textOf(refused)).toContain("Type the key again: the address is another one.");
      expect(refused.text).toContain('value="https://new.hale.example"');
      expect((await findConnector(pages.scope, id))?.settings.address).toBe("https://ledger.hale.example");

      const page = { ...change, "setting-address": "https://ledger.hale.example/login" };
      expect((await post(`${pages.base}/${id}/settings`, page)).status).toBe(303);
      const again = { ...change, "setting-key": "right-key-4711", version: "2" };
      expect(messageIn(await post(`${pages.base}/${id}/settings`, again)).text).toBe(
        "Saved. Small Ledger can be read. The next run reads everything.",
      );
      expect(pages.house.tried).toEqual(["https://ledger.hale.example/login", "https://new.hale.example"]);
    });

    test("lead to no other system once records were read: their ids would stand for others there", async () => {
      const id = await connected(pages.scope);
      const first = { ...typed, version: "1" };
      expect((await post(`${pages.base}/${id}/settings`, first)).status).toBe(303);
      await synced(pages.scope, id, pages.system);
      const other = {
        ...first,
        "setting-address": "https://okafor.example",
        "setting-database": "okafor",
        version: "2",
      };
      const refused = await post(`${pages.base}/${id}/settings`, other);
      expect(refused.status).toBe(422);
      for (const what of ["address", "database"]) {
        expect(textOf(refused)).toContain(`This connector has read from another ${what}. Make a new connector for it.`);
      }
      expect((await findConnector(pages.scope, id))?.settings.address).toBe("https://ledger.hale.example");
      const sameServer = { ...other, "setting-address": "https://ledger.hale.example/web", "setting-database": "" };
      expect((await post(`${pages.base}/${id}/settings`, sameServer)).status).toBe(303);
    });

    test("that somebody else has changed meanwhile are not lost: theirs is told, mine still stands there", async () => {
      const id = idIn(await post(`${pages.base}/new/small`, typed));
      const mine = { ...typed, "setting-key": "", version: "1" };
      await post(`${pages.base}/${id}/settings`, { ...mine, name: "Ledger of Grace" });
      const refused = await post(`${pages.base}/${id}/settings`, { ...mine, name: "Ledger of Tom" });
      expect(refused.status).toBe(422);
      expect(textOf(refused)).toContain(
        "Somebody else has changed this meanwhile. It says now: Name: Ledger of Grace;",
      );
      expect(refused.text).toContain('value="Ledger of Tom"');
      expect((await findConnector(pages.scope, id))?.name).toBe("Ledger of Grace");
      await post(`${pages.base}/${id}/settings`, { ...mine, name: "Ledger of Tom", version: "2" });
      expect((await findConnector(pages.scope, id))?.name).toBe("Ledger of Tom");
    });

    test("with a new key one that lost its access goes on where it stood", async () => {
      const id = idIn(await post(`${pages.base}/new/small`, typed));
      await post(`${pages.base}/${id}/connection/disconnection`);
      expect((await findConnector(pages.scope, id))?.state).toBe("needs-reconnecting");
      const views = [
        await get(pages.base),
        await get(`${pages.base}/${id}`),
        await get(`${pages.base}/${id}/connection`),
      ].map(textOf);
      for (const page of views) expect(page).toContain("Disconnected");
      for (const page of views.slice(1)) expect(page).toContain(`${pages.scope.user?.name} disconnected it. Since`);
      expect(views.join()).not.toMatch(/has to be connected again|needs its key again|did not take its key/i);
      expect(textOf(await get(`${pages.base}/${id}/settings`))).toContain("Kept encrypted, and never shown again.");
      const empty = await post(`${pages.base}/${id}/settings`, { ...typed, "setting-key": "", version: "1" });
      expect([empty.status, textOf(empty).includes("Fill in: Key.")]).toEqual([422, true]);
      await post(`${pages.base}/${id}/settings`, { ...typed, version: "1" });
      expect((await findConnector(pages.scope, id))?.state).toBe("setting-up");
    });
  });

  describe("one that is let in no more", () => {
    const typed = { name: "Ledger", "setting-address": "https://ledger.hale.example", "setting-key": "right-key-4711" };

    /** It has its key and has read. */
    async function reading(): Promise<string> {
      const id = await connected(pages.scope);
      await post(`${pages.base}/${id}/settings`, { ...typed, version: "1" });
      await synced(pages.scope, id, pages.system);
      return id;
    }
    const refuse = async (id: string) => {
      pages.system.trouble = () => {
        throw new GrantEnded("Small Ledger does not take this key any more.");
      };
      await synced(pages.scope, id, pages.system);
      pages.system.trouble = () => undefined;
    };
    const stands = async (id: string) => (await findConnector(pages.scope, id))?.state;

    test("goes on with the key it had, once that is taken again; not before", async () => {
      const id = await reading();
      await refuse(id);
      expect(await stands(id)).toBe("needs-reconnecting");
      const page = textOf(await get(`${pages.base}/${id}/connection`));
      expect(page).toContain("Small Ledger did not take its key. Enter it again in its settings.");
      expect(page).toContain("Test the connection");
      await post(`${pages.base}/${id}/settings`, { ...typed, "setting-key": "wrong-key-0815", version: "2" });
      expect(await stands(id)).toBe("needs-reconnecting");
      await post(`${pages.base}/${id}/settings`, { ...typed, version: "3" });
      expect(await stands(id)).toBe("on");
      await refuse(id);
      await post(`${pages.base}/${id}/settings`, { ...typed, "setting-key": "", version: "4" });
      expect(await stands(id)).toBe("on");
    });
  });

  describe("one that is paused", () => {
    const typed = { name: "Ledger", "setting-address": "https://ledger.hale.example", "setting-key": "right-key-4711" };

    test.each(["disconnected", "refused"])("and was %s stays paused when it is given its key again", async (how) => {
      const id = await connected(pages.scope);
      await post(`${pages.base}/${id}/settings`, { ...typed, version: "1" });
      await synced(pages.scope, id, pages.system);
      await post(`${pages.base}/${id}/pausing`);
      if (how === "disconnected") await post(`${pages.base}/${id}/connection/disconnection`, { records: "stay" });
      else {
        pages.system.trouble = () => {
          throw new GrantEnded("Small Ledger does not take this key any more.");
        };
        await synced(pages.scope, id, pages.system);
        pages.system.trouble = () => undefined;
      }
      expect((await findConnector(pages.scope, id))?.state).toBe("needs-reconnecting");
      await post(`${pages.base}/${id}/settings`, { ...typed, version: "2" });
      expect((await findConnector(pages.scope, id))?.state).toBe("paused");
    });
  });
});
