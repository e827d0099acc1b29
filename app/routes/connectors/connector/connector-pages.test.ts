/** A connector’s own page: looked at, run, asked, paused. */
import { describe, expect, test } from "vitest";
import { findConnector } from "~/features/connectors/find-connector.server";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import "~/features/connectors/tables";
import { newId } from "~/platform/ids.server";
import { connectorPagesInEach, idIn, messageIn, runIn, textOf } from "~/testing/connector-pages";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { connected, contactsOf, runOf, synced } from "~/testing/given-syncs";

describe.each(databases)("a connector's own page on %s", (engine) => {
  const pages = connectorPagesInEach(engine);
  const { get, post, worked } = pages;

  describe("its own page", () => {
    test("of one that is being set up leads to the next step", async () => {
      const typed = {
        name: "Ledger",
        "setting-address": "https://ledger.hale.example",
        "setting-key": "right-key-4711",
      };
      const id = idIn(await post(`${pages.base}/new/small`, typed));
      const page = await get(`${pages.base}/${id}`);
      expect(textOf(page)).toContain("Being set up");
      expect(page.text).toContain(`href="${pages.base}/${id}/fields"`);
      expect(page.text).not.toContain("Run now");
      expect(messageIn(await post(`${pages.base}/${id}/start`)).text).toBe("It is still being set up.");
    });

    test("shows what is read, where it goes and what it did; reads everything anew, or only the refused", async () => {
      const id = await connected(pages.scope);
      await synced(pages.scope, id, pages.system);
      const page = await get(`${pages.base}/${id}`);
      const text = textOf(page);
      expect(text).toContain("people , 7 fields");
      expect(text).toContain("Given name Given name");
      expect(text).toContain("Try only the refused again, 1");
      expect(text).toContain("4 read: 3 new, 1 refused");
      expect(text).toContain("It stops and asks where more than 20 % of the records, and at least 3, would go");
      for (const edit of ["fields", "mapping", "rules", "schedule", "connection", "settings", "deletion"]) {
        expect(page.text).toContain(`href="${pages.base}/${id}/${edit}"`);
      }
      for (const mode of ["whole", "refused"]) {
        const started = await post(`${pages.base}/${id}/start`, { mode });
        const { mode: was } =
          (await pages.scope.db
            .selectFrom("runs")
            .select("mode")
            .where("account_id", "=", pages.scope.account.id)
            .where("id", "=", runIn(started))
            .executeTakeFirst()) ?? {};
        expect(was).toBe(mode);
        await worked(runIn(started));
      }
      expect((await post(`${pages.base}/${id}/start`, { mode: "nonsense" })).status).toBe(400);
    });

    test("has each run started again as what it was", async () => {
      const id = await connected(pages.scope);
      await synced(pages.scope, id, pages.system);
      const refused = runIn(await post(`${pages.base}/${id}/start`, { mode: "refused" }));
      const again = () => post(`${pages.base.replace("connectors", "imports")}/${refused}/repetition`);
      expect(messageIn(await again()).text).toBe("It is being read already.");
      await cancelAnyRun(pages.scope, refused);
      const begun = await again();
      expect(messageIn(begun).text).toBe("What was refused is tried again.");
      expect((await runOf(pages.scope, runIn(begun))).connector?.mode).toBe("refused");
    });

    test("is paused and switched on again", async () => {
      const id = await connected(pages.scope);
      expect(messageIn(await post(`${pages.base}/${id}/pausing`)).text).toBe("Paused: Small Ledger of Brandt.");
      expect(textOf(await get(`${pages.base}/${id}`))).toContain(
        "Nothing new comes in by itself until it is switched on again.",
      );
      expect(messageIn(await post(`${pages.base}/${id}/resumption`)).text).toBe("Switched on: Small Ledger of Brandt.");
    });

    test.each([
      ["follow", ["archived", "archived", "archived"]],
      ["leave", ["here", "here", "here"]],
    ])("of one that asks shows the numbers, and the answer “%s” is done by a run", async (answer, stand) => {
      const id = await connected(pages.scope);
      await synced(pages.scope, id, pages.system);
      pages.system.empty("people");
      const { id: askedBy } = await synced(pages.scope, id, pages.system, { mode: "whole" });
      expect(textOf(await get(`${pages.base}/${id}`))).toContain(
        "The source shows no records at all, where there were 3.",
      );
      const asked = await get(`${pages.base}/${id}/answer`);
      expect(asked.text).toContain(`name="askedBy" value="${askedBy}"`);
      const page = textOf(asked);
      expect(page).toContain("Gone there 4");
      expect(page).toContain("4 gone: 3 contacts would be archived, since nothing else stands for them.");
      expect(page).toContain("Would be archived, 3 Ngozi Lindqvist Emeka Okafor Grace Llewellyn");
      expect(page).toContain("Follow it here, 4 records");
      expect((await post(`${pages.base}/${id}/answer`, { answer: "maybe" })).status).toBe(400);
      const earlier = await post(`${pages.base}/${id}/answer`, { answer, askedBy: newId() });
      expect([messageIn(earlier).text, earlier.headers.location]).toEqual([
        "That was answered already, and this is asked since. Nothing was done: look at the numbers first.",
        `${pages.base}/${id}/answer`,
      ]);
      const given = await post(`${pages.base}/${id}/answer`, { answer, askedBy });
      await worked(runIn(given));
      // In words: there was nothing to read for a no.
      expect(textOf(await get(`${pages.base}/${id}`)).includes("left as it is here")).toBe(answer === "leave");
      expect((await contactsOf(pages.scope)).map(({ isArchived }) => (isArchived ? "archived" : "here"))).toEqual(
        stand,
      );
      expect((await get(`${pages.base}/${id}/answer`)).headers.location).toBe(`${pages.base}/${id}`);
      expect(messageIn(await post(`${pages.base}/${id}/answer`, { answer, askedBy })).text).toBe(
        "That is not asked any more.",
      );
    });
  });

  test("another firm's connector is not there", async () => {
    const theirs = await given.member(
      pages.house.installation,
      await given.account(pages.house.installation, { name: "Okafor Solicitors" }),
    );
    const id = await connected(theirs);
    for (const rest of ["", "/settings", "/answer", "/deletion"])
      expect((await get(`${pages.base}/${id}${rest}`)).status).toBe(404);
    for (const rest of ["/start", "/pausing", "/resumption", "/deletion"]) {
      expect((await post(`${pages.base}/${id}${rest}`)).status).toBe(404);
    }
    await post(`${pages.base}/pausing`, { id });
    expect((await findConnector(theirs, id))?.state).toBe("on");
  });
});
