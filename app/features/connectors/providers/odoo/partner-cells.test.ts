import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OdooStandIn, startOdoo } from "../../../../../sandbox/odoo/odoo";
import { type JsonObject, type SourceField } from "~/features/connectors/connector";
import { odoo } from "~/features/connectors/providers/odoo/odoo";
import { connectTo, contactOf, isThere, readAll } from "~/testing/connect-to";

let standIn: OdooStandIn;
const fields: Record<string, SourceField[]> = {};

function connected() {
  const { url, access } = standIn;
  const { database, user, key } = access;
  return connectTo({ bases: {}, settings: { address: url, database, user }, secrets: { key } });
}

beforeAll(async () => {
  standIn = await startOdoo({ version: 17, contacts: 200, companies: 60, addresses: 90 });
  for (const { id } of odoo.streams) fields[id] = await odoo.discover(connected(), id);
});
afterAll(() => standIn.close());

const read = (payload: JsonObject, streamId = "contacts") =>
  contactOf(odoo, payload, { fields: fields[streamId] ?? [], streamId });

describe("what an Odoo has to offer", () => {
  test("is what this version has, without pictures and its bookkeeping", () => {
    const ids = fields.contacts?.map(({ id }) => id) ?? [];
    expect(ids).toEqual(expect.arrayContaining(["name", "mobile", "title", "category_id", "x_membership_no"]));
    for (const left of ["image_1920", "contact_address", "child_ids", "write_date", "active", "is_company", "type"]) {
      expect(ids).not.toContain(left);
    }
    expect([...new Set(fields.contacts?.map(({ group }) => group))].sort()).toEqual([
      ...["Address", "Contact", "Fields of the firm", "More"],
    ]);
  });
});

describe("a partner of Odoo as a contact of ours", () => {
  test("with everything that it can say arrives whole", () => {
    const payload = {
      ...{ name: "Käthe Größl", title: [3, "Dr."], function: "Notarin", parent_id: [44, "Kanzlei Weiß"] },
      ...{ email: "k.groessl@kanzlei.example, kaethe@post.example", phone: "+49 30 23125 001" },
      ...{ mobile: "+49 171 3920 011", street: "Königstraße 4", street2: "2. Stock", city: "Nürnberg", zip: "90402" },
      ...{ state_id: [100, "Bayern (DE)"], country_id: [57, "Germany"], category_id: ["Choir", "Suppliers, old"] },
      comment: "<p>Bitte nur <b>vormittags</b> anrufen.<br>Danke &amp; Gruß!</p><script>alert(1)</script>",
      website: "https://weiss.example",
      "child_ids.addresses": [
        {
          type: "delivery",
          name: "Lager",
          street: "Via Po 3",
          city: "Torino",
          zip: "10123",
          country_id: [110, "Italy"],
        },
      ],
    };
    const { data, unknown } = read(payload) as { data: Record<string, unknown>; unknown: string[] };
    expect(unknown).toEqual([]);
    expect(data).toMatchObject({
      ...{ givenName: "Käthe", familyName: "Größl", company: "Kanzlei Weiß", jobTitle: "Notarin" },
      emails: [{ value: "k.groessl@kanzlei.example" }, { value: "kaethe@post.example" }],
      addresses: [
        { city: "Nürnberg", postalCode: "90402", region: "Bayern" },
        { city: "Torino", postalCode: "10123", label: expect.stringMatching(/deliveries/i) as string },
      ],
    });
    expect(data.notes).toContain("Bitte nur vormittags anrufen.\nDanke & Gruß!");
    expect(data.notes).toContain("Website: https://weiss.example");
    expect(data.notes).not.toContain("alert");
    expect(JSON.stringify(data)).toContain("Suppliers, old");
    expect(odoo.linksOf?.("contacts", payload)).toEqual([{ type: "works-for", streamId: "companies", id: "44" }]);
    expect(odoo.linksOf?.("companies", payload)).toEqual([]);
  });

  test.each([
    ["contacts", { name: "Smith" }, {}],
    ["contacts", { name: "Folasade Adebayo" }, { givenName: "Folasade", familyName: "Adebayo" }],
    ["companies", { name: "Kanzlei Weiß" }, { company: "Kanzlei Weiß", kind: "business" }],
  ])("of %s that says little arrives, too: %j", (streamId, payload, said) => {
    expect(read(payload, streamId)).toMatchObject({ data: said });
  });

  test("of whatever the stand-in has is never refused, and each of its cells has a column", async () => {
    for (const { id } of odoo.streams) {
      const all = (fields[id] ?? []).map(({ id }) => id);
      const { records } = await readAll(odoo, connected(), { streamId: id, fields: all });
      const arrived = records.flatMap((record) => (isThere(record) ? [read(record.payload, id)] : []));
      expect(arrived.length).toBeGreaterThanOrEqual(60);
      for (const one of arrived) expect(one).not.toHaveProperty("refusals");
      expect(arrived.flatMap(({ unknown }) => unknown)).toEqual([]);
    }
  });
});
