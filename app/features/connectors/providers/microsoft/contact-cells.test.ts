import { describe, expect, test } from "vitest";
import { samplePerson } from "../../../../../sandbox/frame/people";
import { toContact } from "../../../../../sandbox/microsoft/contact";
import { type JsonObject } from "~/features/connectors/connector";
import { microsoft } from "~/features/connectors/providers/microsoft/microsoft";
import { connectTo, contactOf } from "~/testing/connect-to";

const fields = await microsoft.discover(connectTo({ bases: {} }), "contacts");
const read = (payload: JsonObject) => contactOf(microsoft, payload, { fields });

describe("a contact of Microsoft as a contact of ours", () => {
  test("with everything that it can say arrives whole", () => {
    const payload: JsonObject = {
      ...{ displayName: "Anneliese Größl", givenName: "Anneliese", middleName: "Maria", surname: "Größl" },
      ...{ title: "Dr.", generation: "PhD", nickName: "Anni", birthday: "1604-03-14T11:59:00Z" },
      emailAddresses: [
        { name: "Größl, Anneliese", address: "a.groessl@kanzlei.example" },
        { name: "In the directory", address: "/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=f1a" },
        { name: "anni@post.example", address: "anni@post.example" },
      ],
      mobilePhone: "+49 171 3920 011",
      businessPhones: ["+49 30 23125 001", "+49 30 23125 002"],
      homePhones: ["+49 30 23125 003"],
      businessAddress: {
        street: "Königstraße 4\r\n2. Stock",
        city: "Nürnberg",
        postalCode: "90402",
        countryOrRegion: "Deutschland",
      },
      homeAddress: { street: "Strandweg 1", city: "Wyk auf Föhr", state: "Schleswig-Holstein" },
      otherAddress: { city: "Lyon", countryOrRegion: "France" },
      ...{ companyName: "Kanzlei Weiß", jobTitle: "Notarin", department: "Erbrecht" },
      categories: ["Clients", "Suppliers, old"],
      personalNotes: "Möchte Post nur an die Kanzlei.\r\nSpricht auch Plattdeutsch.",
      ...{ businessHomePage: "https://weiss.example", spouseName: "Jörg Größl", children: ["Käthe", "Max"] },
    };
    expect(read(payload)).toEqual({
      unknown: [],
      data: {
        typedName: "Dr. Anneliese Maria Größl PhD",
        givenName: "Anneliese Maria",
        familyName: "Größl",
        company: "Kanzlei Weiß",
        jobTitle: "Notarin",
        birthday: "--03-14",
        emails: [
          { value: "a.groessl@kanzlei.example", label: null },
          { value: "anni@post.example", label: null },
        ],
        phones: [
          { value: "+491713920011", label: "mobile" },
          { value: "+493023125001", label: "work" },
          { value: "+493023125002", label: "work" },
          { value: "+493023125003", label: "home" },
        ],
        addresses: [
          {
            ...{ label: "work", street: "Königstraße 4\n2. Stock", city: "Nürnberg" },
            ...{ region: null, postalCode: "90402", country: "DE" },
          },
          {
            ...{ label: "home", street: "Strandweg 1", city: "Wyk auf Föhr" },
            ...{ region: "Schleswig-Holstein", postalCode: null, country: null },
          },
          { label: "other", street: null, city: "Lyon", region: null, postalCode: null, country: "FR" },
        ],
        tags: ["Clients", "Suppliers, old"],
        notes: [
          "Website: https://weiss.example",
          "Möchte Post nur an die Kanzlei.\nSpricht auch Plattdeutsch.",
          "Spouse: Jörg Größl",
          "Children: Käthe, Max",
        ].join("\n\n"),
      },
      ifNew: {},
    });
  });

  test.each<[string, JsonObject, object]>([
    ["a year of birth", { surname: "Brandt", birthday: "1958-12-01T00:00:00Z" }, { data: { birthday: "1958-12-01" } }],
    ["a name without parts", { displayName: "Guadalupe Nakamura" }, { data: { givenName: "Guadalupe" } }],
    [
      "nothing but a company",
      { displayName: "Brandt Holzbau", companyName: "Brandt Holzbau", businessPhones: ["+49 30 23125 001"] },
      { data: { company: "Brandt Holzbau" }, ifNew: { kind: "business" } },
    ],
    ["one category with a comma", { surname: "Brandt", categories: ["Old, gone"] }, { data: { tags: ["Old, gone"] } }],
  ])("%s", (_what, payload, contact) => {
    expect(read(payload)).toMatchObject(contact);
  });

  test.each(["4501-01-01T00:00:00Z", "0001-01-01T00:00:00Z"])("%s is no birthday", (birthday) => {
    expect(read({ surname: "Brandt", birthday })).toEqual({ data: { familyName: "Brandt" }, ifNew: {}, unknown: [] });
  });

  test("every sample person is read, and none is refused", () => {
    for (let key = 1; key <= 500; key++) {
      const item = { ...samplePerson(key), folder: "" };
      const contact = toContact({ key, item, createdAt: 0, changedAt: 0, renames: 0, absorbed: [] }, true);
      const found = read(contact as unknown as JsonObject) as { data?: { emails?: unknown[]; phones?: unknown[] } };
      expect([key, found]).toMatchObject([key, { unknown: [] }]);
      expect(found.data?.emails ?? []).toHaveLength(item.emails.length);
      expect(found.data?.phones ?? []).toHaveLength(item.phones.length);
    }
  });
});
