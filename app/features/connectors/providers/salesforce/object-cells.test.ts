import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SalesforceStandIn, startSalesforce } from "../../../../../sandbox/salesforce/salesforce";
import { type JsonObject, type SourceField } from "~/features/connectors/connector";
import { salesforce } from "~/features/connectors/providers/salesforce/salesforce";
import { connectTo, contactOf, isThere, readAll } from "~/testing/connect-to";
import { specification } from "~/testing/check-schema";

let standIn: SalesforceStandIn;
const fields: Record<string, SourceField[]> = {};
const connected = () => connectTo({ bases: {}, extras: { instance_url: standIn.url } });

beforeAll(async () => {
  standIn = await startSalesforce({ contacts: 200, leads: 100, accounts: 60 });
  for (const { id } of salesforce.streams) fields[id] = await salesforce.discover(connected(), id);
});
afterAll(() => standIn.close());

const read = (payload: JsonObject, streamId = "contacts") =>
  contactOf(salesforce, payload, { fields: fields[streamId] ?? [], streamId });

describe("what Salesforce has to offer", () => {
  test("is grouped, without what repeats other fields, files and its bookkeeping", () => {
    const ids = fields.contacts?.map(({ id }) => id) ?? [];
    expect(ids).toEqual(expect.arrayContaining(["FirstName", "MailingStreet", "text_field__c", "AccountId"]));
    for (const left of ["Name", "MailingAddress", "OtherAddress", "Portrait__c", "Id", "SystemModstamp", "IsDeleted"]) {
      expect(ids).not.toContain(left);
    }
    expect([...new Set(fields.contacts?.map(({ group }) => group))].sort()).toEqual([
      ...["About the record", "Accounts", "Contact", "Fields of the firm", "Mailing Address", "Other Address"],
    ]);
    expect(fields.accounts?.find(({ id }) => id === "Name")).toMatchObject({ always: true, usual: true });
    const usual = fields.contacts?.filter((field) => field.usual).map(({ id }) => id);
    expect(usual).toContain("Account.Name");
    expect(usual).not.toContain("text_field__c");
  });
});

describe("a record of Salesforce as a contact of ours", () => {
  test("with everything that a contact can say arrives whole", () => {
    const payload = {
      ...{ Salutation: "Dr.", FirstName: "Käthe", LastName: "Größl", Title: "Notarin", "Account.Name": "Kanzlei Weiß" },
      ...{ AccountId: standIn.accountId(3), Email: "k.groessl@kanzlei.example", Phone: "+49 30 23125 001" },
      ...{ MobilePhone: "+49 171 3920 011", Fax: "+49 30 23125 099", MailingStreet: "Königstraße 4\r\n2. Stock" },
      ...{ MailingCity: "Nürnberg", MailingState: "Bayern", MailingPostalCode: "90402", MailingCountry: "Germany" },
      ...{ OtherStreet: "Via Po 3", OtherCity: "Torino", OtherPostalCode: "10123", OtherCountry: "Italy" },
      ...{ Birthdate: "1958-03-14", HasOptedOutOfEmail: true, DoNotCall: false, Department: "Notariat" },
      ...{ Description: "Bitte nur vormittags anrufen.\r\nDanke!" },
    };
    const { data, unknown } = read(payload) as { data: Record<string, unknown>; unknown: string[] };
    expect(unknown).toEqual([]);
    expect(data).toMatchObject({
      ...{ givenName: "Käthe", familyName: "Größl", company: "Kanzlei Weiß", jobTitle: "Notarin" },
      ...{ birthday: "1958-03-14", emails: [{ value: "k.groessl@kanzlei.example" }] },
    });
    expect(data.notes).toContain("Bitte nur vormittags anrufen.\nDanke!");
    expect(data.notes).toContain("Department: Notariat");
    expect(data.addresses).toMatchObject([
      { city: "Nürnberg", postalCode: "90402" },
      { city: "Torino", postalCode: "10123" },
    ]);
    expect(JSON.stringify(data.forbidden ?? data)).toMatch(/email/i);
    expect(salesforce.linksOf?.("contacts", payload)).toEqual([
      { type: "works-for", streamId: "accounts", id: standIn.accountId(3) },
    ]);
  });

  test.each([
    ["contacts", { LastName: "Smith" }, { familyName: "Smith" }],
    ["leads", { LastName: "Smith", Company: "SmithCorp" }, { familyName: "Smith", company: "SmithCorp" }],
    ["accounts", { Name: "Kanzlei Weiß" }, { company: "Kanzlei Weiß", kind: "business" }],
  ])("of %s that says little arrives, too", (streamId, payload, said) => {
    expect(read(payload, streamId)).toMatchObject({ data: said });
  });

  test("of whatever the stand-in has is never refused, and each of its cells has a column", async () => {
    for (const { id } of salesforce.streams) {
      const chosen = (fields[id] ?? []).filter(({ usual, always }) => usual || always).map(({ id }) => id);
      const { records } = await readAll(salesforce, connected(), { streamId: id, fields: chosen });
      const read = records.flatMap((record) =>
        isThere(record) ? [contactOf(salesforce, record.payload, { fields: fields[id] ?? [], streamId: id })] : [],
      );
      expect(read.length).toBeGreaterThan(50);
      for (const one of read) expect(one).not.toHaveProperty("refusals");
      expect(read.flatMap(({ unknown }) => unknown)).toEqual([]);
    }
  });

  const recorded = specification("salesforce/examples/lead_get_200_recorded.json");
  test.skipIf(!recorded)("that was recorded arrives", () => {
    const { response } = JSON.parse(recorded ?? "{}") as { response: Record<string, JsonObject[string]> };
    const chosen = Object.entries(response).filter(
      ([name, value]) => value !== null && fields.leads?.some(({ id }) => id === name),
    );
    expect(read(Object.fromEntries(chosen), "leads")).toMatchObject({
      data: { familyName: "Smith", company: "SmithCorp", emails: [{ value: "leadbrian@demo.com" }] },
    });
  });
});
