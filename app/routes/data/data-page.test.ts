/** The page of an account's data: its figures, and what of its sources reaches whom. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import "~/features/connectors/tables";
import { connected, synced } from "~/testing/given-syncs";
import { smallSystem } from "~/testing/small-system";
import { ask, dataOf, type House, openHouse } from "~/testing/walk/house";

vi.hoisted(() => {
  process.env.NODE_ENV = "production";
});

let house: House;
beforeAll(async () => {
  house = await openHouse("sqlite");
  const system = smallSystem();
  system.put("people", "p1", { given: "Ngozi", family: "Lindqvist", email: "ngozi@lindqvist.example" });
  system.put("people", "p2", { given: "Bridget", email: "bridget at home" });
  const id = await connected(house.ours);
  await synced(house.ours, id, system);
  await house.ours.db
    .updateTable("connectors")
    .set({ whose: "olu@brandt-ledger.example" })
    .where("account_id", "=", house.ours.account.id)
    .where("id", "=", id)
    .execute();
});
afterAll(() => house.site.close());

/** The cells of the rows of the table of sources. */
function rowsIn(html: string): string[][] {
  const table = /<caption[^>]*>Sources<\/caption>([\s\S]*?)<\/table>/.exec(html)?.[1] ?? "";
  return table
    .split("<tr")
    .slice(2)
    .map((row) => [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = ""]) => plain(cell)));
}

const plain = (html: string) =>
  html
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

describe("the page of the data", () => {
  test("has a row for each source, and every column adds up to its total and to the figure above", async () => {
    const { text: html } = await ask(house.site, house.people.admin, `/${house.example.slug}/data`);
    const rows = rowsIn(html);
    const total = rows.at(-1) ?? [];
    expect(rows.map(([name]) => name)).toContain("Small Ledger of Brandt");
    expect(rows.map(([name]) => name)).toContain("Files");
    expect(total[0]).toBe("Together");
    for (const column of [2, 3]) {
      const sum = rows.slice(0, -1).reduce((all, row) => all + Number(row[column]), 0);
      expect(sum).toBe(Number(total[column]));
      expect(sum).toBeGreaterThan(0);
    }
    const refused = (cells: readonly string[]) => Number(/(\d+) refused/.exec(cells.at(-1) ?? "")?.[1] ?? 0);
    expect(rows.slice(0, -1).reduce((all, row) => all + refused(row), 0)).toBe(refused(total));
    const figures = plain(/<dl class="figures">[\s\S]*?<\/dl>/.exec(html)?.[0] ?? "");
    expect(figures).toContain(`raw: records as they were received ${total[2]} `);
    expect(figures).toContain(`canonical: mapped, checked and in one spelling ${total[3]} `);
    expect(plain(html)).toContain(`Refused ${refused(total)} Held for an answer`);
  });

  test("tells a viewer of sources no more than it shows", async () => {
    const path = `/${house.example.slug}/data`;
    for (const address of [path, dataOf(path)]) {
      const { text } = await ask(house.site, house.people.viewer, address);
      expect(text).toContain("Small Ledger of Brandt");
      expect(text).not.toContain("olu@brandt-ledger.example");
      expect(text).not.toContain("whose");
    }
  });

  test("calls raw records by the names that they say themselves, beside where they stand", async () => {
    const { text: html } = await ask(house.site, house.people.admin, `/${house.example.slug}/data/raw`);
    const text = plain(html);
    expect(text).toContain("Xanthippe Quillfeather-Import line 2");
    expect(text).toContain("Nobody Reachable line 3");
    const href = /href="([^"]+\/data\/raw\/[^"]+)"[^>]*>[^<]*Xanthippe/.exec(html)?.[1] ?? "";
    const { text: one } = await ask(house.site, house.people.admin, href);
    expect(plain(/<h1[\s\S]*?<\/h1>/.exec(one)?.[0] ?? "")).toBe("Xanthippe Quillfeather-Import");
  });

  test("finds canonical records by their contact, and says so where there is none", async () => {
    const search = async (words: string) =>
      plain(
        (await ask(house.site, house.people.viewer, `/${house.example.slug}/data/canonical?q=${encodeURI(words)}`)).text,
      );
    const found = await search("lindqvist");
    expect(found).toContain("Ngozi Lindqvist");
    expect(found).not.toContain("Quillfeather");
    expect(await search("zymurgist")).toContain("No record here is of a contact that “zymurgist” finds.");
  });

  test("calls what raw records are by one name, in rows, filter and record, and leaves out what their source does not say", async () => {
    const { db, account } = house.ours;
    const names = ["main-suppliers", "couriers"];
    const streams = ["people", "companies"].map((id, index) => ({
      ...{ id, noun: { one: `record of ${names[index]}`, many: `records of ${names[index]}` }, subject: "contacts" },
    }));
    const { id } = await db
      .updateTable("connectors")
      .set({ provider: "hubspot", streams: JSON.stringify(streams) })
      .where("account_id", "=", account.id)
      .where("whose", "=", "olu@brandt-ledger.example")
      .returning("id")
      .executeTakeFirstOrThrow();
    const address = `/${house.example.slug}/data/raw?connector=${id}`;
    const { text: html } = await ask(house.site, house.people.admin, address);
    expect(plain(html)).toContain("record of main-suppliers");
    expect(plain(html)).toContain("records of main-suppliers records of couriers");
    const href = /href="([^"]+\/data\/raw\/[^"]+)"/.exec(html)?.[1] ?? "";
    const record = async () => plain((await ask(house.site, house.people.admin, href)).text);
    expect(await record()).toMatch(/What it is record of main-suppliers Changed there \d/);
    const its = db.updateTable("source_records").set({ remote_changed_at: null }).where("account_id", "=", account.id);
    await its.where("connector_id", "=", id).execute();
    expect(await record()).toContain("What it is record of main-suppliers How it stands");
    // Nobody is asked for it any more: what it brought is still what it was.
    const connector = db.updateTable("connectors").set({ deleted_at: house.ours.clock.now() });
    await connector.where("account_id", "=", account.id).where("id", "=", id).execute();
    const raw = db.selectFrom("raw_records").select("run_id").where("account_id", "=", account.id);
    const { run_id: runId } = await raw.where("id", "=", href.split("/").at(-1) ?? "").executeTakeFirstOrThrow();
    const ofRun = `/${house.example.slug}/data/raw?run=${runId}`;
    expect(plain((await ask(house.site, house.people.admin, ofRun)).text)).toContain("record of main-suppliers");
    expect(await record()).toContain("What it is record of main-suppliers How it stands");
  });
});
