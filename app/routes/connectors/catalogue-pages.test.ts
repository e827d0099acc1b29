/** Connectors are found in the catalogue and made. */
import { describe, expect, test } from "vitest";
import { openSecrets } from "~/features/connectors/access/secrets.server";
import { findConnector } from "~/features/connectors/find-connector.server";
import { listConnectors } from "~/features/connectors/list-connectors.server";
import { connectorPagesInEach, idIn, messageIn, textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";

describe.each(databases)("finding and making a connector on %s", (engine) => {
  const pages = connectorPagesInEach(engine);
  const { get, post } = pages;

  describe("the catalogue", () => {
    test("tells of each system what is read and what is needed, and what whoever runs Tallybook has to do first", async () => {
      const page = await get(`${pages.base}/catalogue`);
      const text = textOf(page);
      expect(text).toContain("Google Contacts Contacts Is read The contacts of a Google account");
      expect(text).toContain("Is needed Somebody who can sign in to the Google account");
      expect(text).toContain("Not set up in this installation");
      for (const word of [
        "GOOGLE_CLIENT_ID",
        "GOOGLE_CLIENT_SECRET",
        `${pages.house.site.origin}/connect/google/callback`,
      ]) {
        expect(text).toContain(word);
      }
      expect(text).toContain("https://www.googleapis.com/auth/contacts.readonly");
      expect(page.text).toContain(`href="${pages.base}/new/small"`);
      expect(page.text).not.toContain(`href="${pages.base}/new/google"`);
    });

    test.each([
      ["q=BOOKKEEPING", ["small"]],
      ["q=gmail", ["google"]],
      ["q=google+labels", ["google"]],
      ["q=google+companies", []],
      ["category=contacts", ["google", "small"]],
      ["category=shops", []],
      ["category=nonsense&q=companies", ["small"]],
    ])("is searched by words and kind in its address: %s", async (search, wanted) => {
      const { text } = await get(`${pages.base}/catalogue?${search}`);
      expect([...text.matchAll(/<li id="(\w+)">/g)].map(([, id]) => id)).toEqual(wanted);
      if (wanted.length === 0) expect(text).toContain("No system is like this.");
    });

    test("shows pictures in which nothing is run", async () => {
      const { headers, text, status } = await get(`${pages.base}/logos/google`);
      expect([status, headers["content-type"]]).toEqual([200, "image/svg+xml"]);
      expect(headers["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
      expect(text).toContain("<svg");
      expect((await get(`${pages.base}/logos/small`)).status).toBe(404);
    });
  });

  describe("a new connector", () => {
    const typed = {
      name: "Ledger of the office",
      "setting-address": "https://ledger.hale.example",
      "setting-key": "right-key-4711",
    };

    test("is asked for what its system needs; what most leave as it is, is folded away", async () => {
      const { text } = await get(`${pages.base}/new/small`);
      expect(text).toContain('value="Small Ledger"');
      expect(text).toMatch(/name="setting-key"[^>]*type="password"/);
      expect(text).toMatch(/<details><summary>More options<\/summary>.*name="setting-version"/s);
      expect(text).toContain('aria-label="Step 1 of 6"');
      expect((await get(`${pages.base}/new/nowhere`)).status).toBe(404);
    });

    test("with a key that is taken goes on to what is read; the key is sealed and never shown again", async () => {
      const made = await post(`${pages.base}/new/small`, typed);
      const id = idIn(made);
      expect([made.status, made.headers.location]).toEqual([303, `${pages.base}/${id}/fields`]);
      expect(messageIn(made).text).toBe("Small Ledger can be read.");
      const connector = await findConnector(pages.scope, id);
      if (!connector) throw new Error("It was not made");
      expect(connector).toMatchObject({
        ...{ name: "Ledger of the office", state: "setting-up", provider: "small" },
        settings: { address: "https://ledger.hale.example", version: "2" },
      });
      expect(connector.sealedSecrets).not.toContain("right-key");
      expect(openSecrets(pages.scope, connector)).toEqual({ key: "right-key-4711" });
      for (const path of ["", "/settings", "/connection", "/deletion"]) {
        expect((await get(`${pages.base}/${id}${path}`)).text).not.toContain("right-key");
      }
      expect((await get(`${pages.base}/new/small`)).text).toContain('value="Small Ledger"');
      await post(`${pages.base}/new/small`, { ...typed, name: "Small Ledger" });
      expect((await get(`${pages.base}/new/small`)).text).toContain('value="Small Ledger 2"');
      const twice = await post(`${pages.base}/new/small`, { ...typed, name: "small ledger" });
      expect(twice.status).toBe(422);
      expect(textOf(twice)).toContain("Give it a name of its own, such as “small ledger 2”.");
      const renamed = await post(`${pages.base}/${id}/settings`, { ...typed, name: "Small Ledger", version: "1" });
      expect(renamed.status).toBe(422);
    });

    test("with a key that is not taken is kept, and says what failed and what to do", async () => {
      const made = await post(`${pages.base}/new/small`, { ...typed, "setting-key": "wrong" });
      expect(made.headers.location).toBe(`${pages.base}/${idIn(made)}/connection`);
      const { text, tone } = messageIn(made);
      expect(tone).toBe("warn");
      expect(text).toBe("What was entered is kept, but it cannot be read.");
      const page = await get(`${pages.base}/${idIn(made)}/connection`);
      expect(textOf(page).split("Small Ledger does not take this key."), "said once").toHaveLength(2);
      expect(textOf(page)).toContain("State Not connected");
      expect(page.text).not.toContain(">Connected<");
      expect(page.text).toContain(`href="${pages.base}/${idIn(made)}/settings"`);
      const own = textOf(await get(`${pages.base}/${idIn(made)}`));
      expect(own).toContain("It could not be read with what was entered. Small Ledger does not take this key.");
      expect(own).not.toContain("not connected to an account yet");
      await post(`${pages.base}/${idIn(made)}/settings`, { ...typed, version: "1" });
      expect(textOf(await get(`${pages.base}/${idIn(made)}/connection`))).toContain("Go on to what is read");
      expect(page.text).toContain('aria-label="Step 1 of 6"');
    });

    test("that lacks something says so in words, and nothing typed is lost but the key", async () => {
      const refused = await post(`${pages.base}/new/small`, {
        ...{ name: " ", "setting-address": "ledger.hale.example", "setting-key": "", "setting-version": "1" },
      });
      expect(refused.status).toBe(422);
      const text = textOf(refused);
      expect(text).toContain("Give it a name, so that people know it again.");
      expect(text).toContain("Write the address with https:// at its beginning.");
      expect(text).toContain("Fill in: Key.");
      expect(refused.text).toContain('value="ledger.hale.example"');
      expect(refused.text).toMatch(/<option value="1" selected="">/);
      expect(await listConnectors(pages.scope)).toEqual([]);
    });

    test("of a system that nobody has registered is not begun, and says what is missing", async () => {
      const page = textOf(await get(`${pages.base}/new/google`));
      expect(page).toContain("Google Contacts is not set up in this installation");
      const refused = await post(`${pages.base}/new/google`, { name: "Google of the office" });
      expect(refused.status).toBe(422);
      expect(textOf(refused)).toContain("GOOGLE_CLIENT_ID");
      expect(await listConnectors(pages.scope)).toEqual([]);
    });
  });
});
