import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OdooStandIn, type OdooVersion, startOdoo } from "../../../../../sandbox/odoo/odoo";
import {
  CursorExpired,
  GrantEnded,
  OutOfOrder,
  type Reading,
  Throttled,
  Trouble,
} from "~/features/connectors/connector";
import { odoo } from "~/features/connectors/providers/odoo/odoo";
import { connectTo, isThere, readAll, readInPieces } from "~/testing/connect-to";
import { testWrongAnswers } from "~/testing/wrong-answers";

const fields = ["name", "email", "parent_id", "category_id", "mobile", "child_ids.addresses"];
const CONTACTS = 620;
const KEY = "9f3c".repeat(10);

type Asked = Parameters<typeof readAll>[2];
type Whole = Awaited<ReturnType<typeof readAll>>;

const open: OdooStandIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

async function start(version: OdooVersion, contacts = CONTACTS): Promise<OdooStandIn> {
  const standIn = await startOdoo({ version, contacts, companies: 30, addresses: 10, access: { key: KEY } });
  open.push(standIn);
  return standIn;
}

type Means = Parameters<typeof connectTo>[0];

function connected({ url, access }: OdooStandIn, more: Partial<Means> = {}) {
  const { database, user, key } = access;
  return connectTo({ bases: {}, settings: { address: url, database, user }, secrets: { key }, ...more });
}

const since = (changesFrom: Whole["changesFrom"]) => ({ kind: "changes", since: changesFrom ?? null }) as const;
const idsOf = ({ records }: Whole) => records.map(({ id }) => id);

/** Some of the names at a time, in the order that the database has them in: that of texts. */
function knowing(names: readonly string[]): Reading["known"] {
  const sorted = [...names].sort();
  return (behind) => Promise.resolve(sorted.filter((name) => behind === null || name > behind).slice(0, 400));
}

/** Long after what was there at first changed, so that it is not read again. */
const later = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 9, minutes)).toISOString();

describe.each([16, 17, 18, 19] as const)("Odoo %i", (version) => {
  let standIn: OdooStandIn;
  beforeEach(async () => {
    standIn = await start(version);
  });
  const read = (more: Partial<Asked> = {}) => readAll(odoo, connected(standIn), { fields, ...more });

  test("is read whole, counted, each person once with their company; their further addresses are nobody", async () => {
    const { pages, records } = await read();
    expect(pages[0]?.count).toBe(CONTACTS);
    expect(pages.map((page) => page.records.length)).toEqual([500, 120]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(CONTACTS);
    const [first, , , fourth] = records.filter(isThere);
    expect(odoo.linksOf?.("contacts", first?.payload ?? {})).toEqual([
      { type: "works-for", streamId: "companies", id: standIn.companyId(1) },
    ]);
    expect(odoo.linksOf?.("contacts", fourth?.payload ?? {})).toEqual([]);
    expect(records.some((record) => isThere(record) && "mobile" in record.payload)).toBe(version < 19);
    expect(records.flatMap((record) => (isThere(record) ? Object.values(record.payload) : []))).not.toContain(false);
    const companies = await read({ streamId: "companies", fields: ["name", "child_ids.addresses"] });
    expect(companies.records).toHaveLength(30);
    expect(companies.records[1]).toMatchObject({
      payload: { "child_ids.addresses": [{ type: "delivery", name: "Warehouse" }] },
    });
  });

  test("is spoken to in its own way, and detected", async () => {
    await odoo.test(connected(standIn));
    const paths = new Set(standIn.asked.map(({ path }) => path));
    expect(paths.has("/json/2/res.partner/search_count")).toBe(version >= 19);
    standIn.hasNoRpc = version >= 19;
    await odoo.test(connected(standIn));
    expect(await odoo.whose(connected(standIn))).toBe("Hale & Partners (hale-partners)");
    expect((await odoo.discover(connected(standIn), "contacts")).some(({ id }) => id === "mobile")).toBe(version < 19);
  });

  test("a key that is refused ends the agreement, in words without it", async () => {
    const refused = connected(standIn, { secrets: { key: "0".repeat(40) } });
    const error = await odoo.test(refused).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(GrantEnded);
    expect((error as Error).message).not.toContain("0000");
    const elsewhere = { address: standIn.url, database: "nobodys", user: standIn.access.user };
    await expect(odoo.test(connected(standIn, { settings: elsewhere }))).rejects.toThrow(/no database of that name/);
  });
});

describe.each([17, 19] as const)("Odoo %i", (version) => {
  let standIn: OdooStandIn;
  beforeEach(async () => {
    standIn = await start(version);
  });
  const read = () => readAll(odoo, connected(standIn), { fields: ["name"] });

  testWrongAnswers({
    provider: odoo,
    streamId: "contacts",
    fields,
    connect: (more) => connected(standIn, more),
    trouble: () => standIn.trouble,
    when: () => (version < 19 ? { after: 5, path: /^\/jsonrpc$/ } : { after: 2, path: /search_read$/ }),
    isOnePage: true,
    own: [
      ["throttled", Throttled, /left in peace/],
      ["forbidden", Trouble, /may not read contacts/],
      ["revoked", GrantEnded, /Enter a new one/],
    ],
    also: (message) => {
      expect(message).not.toMatch(/Traceback|res\.partner\) records\.\n|http\.py/);
      expect(message).not.toContain(KEY);
    },
    afterwards: () => odoo.test(connected(standIn)),
  });

  test("ends where the same page comes again and again, and takes a page that holds its records twice", async () => {
    standIn.trouble.on("duplicate-page", { times: 1, after: 1 });
    expect(new Set(idsOf(await read())).size).toBe(CONTACTS);
    standIn.trouble.on("repeated-page", { after: 1 });
    await expect(read()).rejects.toThrow(/again and again/);
  });
});

describe("reading what has changed in Odoo", () => {
  let standIn: OdooStandIn;
  let before: Whole;
  /** Read once, an hour before anything happens. */
  beforeEach(async () => {
    standIn = await start(17);
    standIn.partners.stoppedAt = later(0);
    before = await readAll(odoo, connected(standIn), { fields });
    standIn.partners.stoppedAt = later(60);
  });
  const changes = (more: Partial<Asked> = {}) => {
    const known = knowing(idsOf(before));
    return readAll(odoo, connected(standIn), { fields, how: since(before.changesFrom), known, ...more });
  };
  const key = (number: number) => standIn.contactKey(number);

  test("brings nothing where nothing has happened, and who was added and changed", async () => {
    expect((await changes()).records).toEqual([]);
    const base = standIn.partners.get(key(6))?.item;
    const added = standIn.partners.add({ ...base!, name: "Jürgen Größl", parent: 4 });
    standIn.partners.change(key(3), { name: "Folasade Adebayo-Carver" });
    const { records } = await changes();
    expect(records).toMatchObject([
      { id: standIn.contactId(3), payload: { name: "Folasade Adebayo-Carver" }, changedAt: later(60) },
      { id: String(40 + added), payload: { name: "Jürgen Größl", parent_id: [44, expect.any(String) as string] } },
    ]);
  });

  test("finds who was deleted, archived, merged, and who is a company now, by asking for whom it knows", async () => {
    standIn.partners.remove(key(8), key(619));
    standIn.partners.change(key(9), { active: false });
    standIn.partners.merge({ keep: key(20), absorb: key(21) });
    standIn.partners.change(key(30), { isCompany: true });
    const gone = (await changes()).records.filter((record) => !isThere(record));
    const expected = [8, 9, 21, 30, 619].map((number) => ({ id: standIn.contactId(number), gone: "deleted" }));
    expect(gone).toHaveLength(5);
    expect(gone).toEqual(expect.arrayContaining(expected));
    const inPieces = await readInPieces(odoo, connected(standIn), {
      ...{ fields, how: since(before.changesFrom), known: knowing(idsOf(before)) },
    });
    expect(inPieces.records).toEqual((await changes()).records);
    const known = knowing([standIn.contactId(8)]);
    expect((await changes({ known })).records.filter((record) => !isThere(record))).toHaveLength(1);
    const searches = standIn.asked.filter(({ body }) => body.includes('"search"'));
    expect(searches.length).toBeGreaterThanOrEqual(3);
  });

  test("asks for no more records than changed, however many there are", async () => {
    const asked = standIn.asked.length;
    standIn.partners.change(key(3), { name: "Folasade Adebayo-Carver" });
    await changes();
    const reads = standIn.asked.slice(asked).filter(({ body }) => body.includes('"res.partner","search_read"'));
    expect(reads).toHaveLength(2);
  });

  test("follows a further address that was changed to whom it belongs to", async () => {
    const address = {
      ...standIn.partners.get(key(6))!.item,
      type: "delivery",
      parent: key(7),
      city: "Nürnberg",
    } as const;
    standIn.partners.add(address);
    const { records } = await changes();
    expect(records).toMatchObject([
      { id: standIn.contactId(7), payload: { "child_ids.addresses": [{ type: "delivery", city: "Nürnberg" }] } },
    ]);
  });

  test("reads many that changed in one instant, each once, also in pieces", async () => {
    const all = Array.from({ length: CONTACTS }, (_, index) => key(index + 1));
    standIn.partners.changeMany(all, () => ({ jobTitle: "Notarin" }));
    const found = await changes();
    expect(new Set(idsOf(found)).size).toBe(CONTACTS);
    expect(found.records).toHaveLength(CONTACTS);
    const pieces = await readInPieces(odoo, connected(standIn), {
      ...{ fields, how: since(before.changesFrom), known: knowing(idsOf(before)) },
    });
    expect(pieces.records).toEqual(found.records);
  });

  test("goes by Odoo’s clock, and wants everything once more where that was set back, or another database is read", async () => {
    standIn.partners.skewMs = -5 * 60 * 60 * 1000;
    await expect(changes()).rejects.toThrow(CursorExpired);
    const slow = await readAll(odoo, connected(standIn), { fields });
    standIn.partners.change(key(5), { name: "Käthe Weiß" });
    const known = knowing(idsOf(slow));
    const { records } = await changes({ how: since(slow.changesFrom), known });
    expect(records).toMatchObject([{ id: standIn.contactId(5), payload: { name: "Käthe Weiß" } }]);
    await expect(changes({ fields: ["name"] })).rejects.toThrow(CursorExpired);
    standIn.access.database = "hale-partners-test";
    await expect(changes({ how: since(slow.changesFrom) })).rejects.toThrow(CursorExpired);
  });

  test("from a day on leaves out what has not changed since", async () => {
    standIn.partners.change(key(12), { jobTitle: "Notarin" });
    const how = { kind: "whole", start: "2026-11-22" } as const;
    const { records } = await readAll(odoo, connected(standIn), { fields: ["name"], how });
    expect(idsOf({ ...before, records })).toEqual([standIn.contactId(12)]);
  });
});

describe("an Odoo whose records are large", () => {
  test("is read in smaller pages, also taken up behind any of them", async () => {
    const standIn = await start(17);
    const small = () => connected(standIn, { mostBytes: 40_000 });
    const { pages, records } = await readAll(odoo, small(), { fields });
    expect(pages[0]?.records).toHaveLength(125);
    expect([new Set(records.map(({ id }) => id)).size, records.length]).toEqual([CONTACTS, CONTACTS]);
    const inPieces = await readInPieces(odoo, small(), { fields });
    expect(inPieces.records).toEqual(records);
    await expect(readAll(odoo, connected(standIn, { mostBytes: 4_000 }), { fields })).rejects.toThrow(
      /larger than any/,
    );
  });
});

describe("an Odoo that cannot be read", () => {
  test("an error of its database has status 200, and is tried again", async () => {
    const standIn = await start(17, 10);
    standIn.isBusy = true;
    await expect(odoo.test(connected(standIn))).rejects.toThrow(OutOfOrder);
  });

  test("an older one wants to know the user, and something else is no Odoo", async () => {
    const standIn = await start(18, 10);
    const settings = { address: standIn.url, database: standIn.access.database, user: "" };
    await expect(odoo.test(connected(standIn, { settings }))).rejects.toThrow(/told the user/);
    standIn.hasNoRpc = true;
    await expect(odoo.test(connected(standIn))).rejects.toThrow(/no Odoo at this address/);
  });
});

describe("what is asked before an Odoo is connected", () => {
  const check = (typed: Record<string, string>) =>
    odoo.settings?.schema.safeParse({ address: "https://hale.odoo.com", database: "hale", key: KEY, ...typed });

  test.each([
    ["https://hale.odoo.com/odoo/contacts?debug=1#x", "https://hale.odoo.com"],
    [" hale.odoo.com ", "https://hale.odoo.com"],
    ["https://erp.hale.example:8069/", "https://erp.hale.example:8069"],
    ["http://127.0.0.1:4801", "http://127.0.0.1:4801"],
  ])("the address “%s” is taken as %s", (address, origin) => {
    expect(check({ address })).toMatchObject({ success: true, data: { address: origin, user: "" } });
  });

  test.each([
    [{ address: "http://erp.hale.example" }, /begins with https/],
    [{ address: "https://me:secret@erp.hale.example" }, /begins with https/],
    [{ address: "" }, /begins with https/],
    [{ database: " " }, /name of the database/],
    [{ key: "" }, /API key/],
  ])("%j is refused in words", (typed, words) => {
    expect(check(typed as Record<string, string>)?.error?.issues[0]?.message).toMatch(words);
  });
});
