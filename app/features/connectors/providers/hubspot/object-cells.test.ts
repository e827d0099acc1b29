import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HubSpotStandIn, startHubSpot } from "../../../../../sandbox/hubspot/hubspot";
import { type JsonObject, type SourceField } from "~/features/connectors/connector";
import { hubspot } from "~/features/connectors/providers/hubspot/hubspot";
import { connectTo, contactOf, isThere, readAll } from "~/testing/connect-to";

let standIn: HubSpotStandIn;
let contactFields: SourceField[];
let companyFields: SourceField[];

beforeAll(async () => {
  standIn = await startHubSpot({ contacts: 300, companies: 100 });
  const connection = connectTo({ bases: { api: standIn.url } });
  contactFields = await hubspot.discover(connection, "contacts");
  companyFields = await hubspot.discover(connection, "companies");
});
afterAll(() => standIn.close());

const read = (payload: JsonObject) => contactOf(hubspot, payload, { fields: contactFields });

describe("what HubSpot has to offer", () => {
  test("stands in HubSpot’s own groups, without its bookkeeping", () => {
    expect([...new Set(contactFields.map(({ group }) => group))].sort()).toEqual([
      "Companies",
      "Contact information",
      "Email information",
      "Fields of the firm",
    ]);
    const ids = contactFields.map(({ id }) => id);
    expect(ids).toContain("hs_additional_emails");
    expect(ids).not.toContain("hs_merged_object_ids");
    const usual = contactFields.filter((field) => field.usual).map(({ id }) => id);
    expect(usual).toContain("firstname");
    expect(usual).not.toContain("membership_no");
  });
});

describe("a contact of HubSpot as a contact of ours", () => {
  test("with everything that it can say arrives whole", () => {
    const payload = {
      ...{ salutation: "Dr", firstname: "Käthe", lastname: "Größl", jobtitle: "Notarin", company: "Kanzlei Weiß" },
      ...{ email: "k.groessl@kanzlei.example", hs_additional_emails: "kaethe@post.example;kg@weiss.example" },
      ...{ work_email: "notariat@kanzlei.example", phone: "+49 30 23125 001", mobilephone: "+49 171 3920 011" },
      ...{ fax: "+49 30 23125 099", address: "Königstraße 4, 2. Stock", city: "Nürnberg", state: "Bayern" },
      ...{ zip: "90402", country: "Germany", date_of_birth: "14 March 1958", hs_email_optout: "true" },
      ...{ website: "https://weiss.example", message: "Bitte nur vormittags anrufen.\nDanke!" },
      "associations.companies": ["7945000004"],
    };
    expect(read(payload)).toEqual({
      unknown: [],
      data: {
        typedName: "Dr Käthe Größl",
        givenName: "Käthe",
        familyName: "Größl",
        company: "Kanzlei Weiß",
        jobTitle: "Notarin",
        birthday: "1958-03-14",
        notes: "Website: https://weiss.example\n\nMessage: Bitte nur vormittags anrufen.\nDanke!",
        emails: [
          { value: "k.groessl@kanzlei.example", label: null },
          { value: "kaethe@post.example", label: null },
          { value: "kg@weiss.example", label: null },
          { value: "notariat@kanzlei.example", label: "work" },
        ],
        phones: [
          { value: "+493023125001", label: null },
          { value: "+491713920011", label: "mobile" },
          { value: "+493023125099", label: "fax" },
        ],
        addresses: [
          {
            ...{ label: null, street: "Königstraße 4, 2. Stock", city: "Nürnberg" },
            ...{ region: "Bayern", postalCode: "90402", country: "DE" },
          },
        ],
        noContact: ["email"],
      },
      ifNew: {},
    });
  });

  test("a birthday in somebody’s own words is refused as in a file, and says why", () => {
    expect(read({ lastname: "Brandt", date_of_birth: "in spring" })).toMatchObject({ refusals: [{ rule: "date" }] });
  });

  test("every sample contact and company is read, companies as businesses, and none is refused", async () => {
    const connection = connectTo({ bases: { api: standIn.url } });
    const fields = contactFields.filter(({ usual }) => usual).map(({ id }) => id);
    for (const record of (await readAll(hubspot, connection, { fields })).records) {
      if (isThere(record))
        expect([record.id, read(record.payload)]).toMatchObject([record.id, { unknown: [], data: {} }]);
    }
    const companies = await readAll(hubspot, connection, { streamId: "companies", fields: ["name", "phone", "city"] });
    expect(companies.records).toHaveLength(100);
    for (const record of companies.records.filter(isThere)) {
      const found = contactOf(hubspot, record.payload, { fields: companyFields, streamId: "companies" });
      expect(found).toMatchObject({ data: { kind: "business", company: record.payload.name }, unknown: [] });
    }
  });
});
