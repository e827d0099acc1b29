import { describe, expect, test } from "vitest";
import { samplePerson } from "../../../../../sandbox/frame/people";
import { maskPaths, toPerson } from "../../../../../sandbox/google/person";
import { type JsonObject } from "~/features/connectors/connector";
import { google } from "~/features/connectors/providers/google/google";
import { personFields } from "~/features/connectors/providers/google/person-fields";
import { contactOf } from "~/testing/connect-to";

const fields = personFields(["Membership no"]);
const read = (payload: JsonObject) => contactOf(google, payload, { fields });

describe("a contact of Google as a contact of ours", () => {
  test("with everything that it can say arrives whole, the primary ones first", () => {
    const payload: JsonObject = {
      names: [
        {
          displayName: "Dr. Jörg Matthias Größl, PhD",
          honorificPrefix: "Dr.",
          givenName: "Jörg",
          middleName: "Matthias",
          familyName: "Größl",
          honorificSuffix: "PhD",
        },
      ],
      organizations: [
        { name: "Rotary Club Nürnberg", title: "Treasurer" },
        { metadata: { primary: true }, name: "Größl Holzbau GmbH", title: "Geschäftsführer", department: "Leitung" },
      ],
      birthdays: [{ date: { month: 3, day: 14 } }],
      emailAddresses: [
        { value: "j.groessl@post.example", type: "home" },
        { metadata: { primary: true }, value: "leitung@groessl.example", type: "work" },
        { value: "joerg@choir.example", type: "Singers, tenor" },
        { value: "buero@groessl.example", type: "work" },
      ],
      phoneNumbers: [
        { metadata: { primary: true }, value: "0911 23125 0", canonicalForm: "+49911231250", type: "work" },
        { value: "+49 171 3920 011", type: "mobile" },
        { value: "(0911) 23125 99", canonicalForm: "+499112312599", type: "workFax" },
        { value: "0911 23125 durchwahl 12", canonicalForm: "+4991123125", type: "main" },
        { value: "+49 171 3920 012" },
      ],
      addresses: [
        {
          type: "home",
          streetAddress: "Am Mühlbach 4\nHinterhaus",
          extendedAddress: "2. Stock",
          postalCode: "90402",
          city: "Nürnberg",
          region: "Bayern",
          country: "Deutschland",
          countryCode: "DE",
        },
        { type: "work", poBox: "Postfach 12 34", postalCode: "90403", city: "Nürnberg", country: "Deutschland" },
        { type: "home", streetAddress: "Strandweg 1", city: "Wyk auf Föhr" },
        { type: "The boat", formattedValue: "Pier 7\nHamburg" },
      ],
      biographies: [{ value: "Ruft lieber zurück.\nSpricht auch Plattdeutsch.", contentType: "TEXT_PLAIN" }],
      memberships: [{ name: "Clients" }, { name: "Suppliers, old" }],
      urls: [{ value: "https://groessl.example", type: "homePage" }, { value: "https://singers.example" }],
      events: [{ type: "anniversary", date: { year: 2001, month: 6, day: 9 } }],
      relations: [{ person: "Käthe Größl", type: "spouse" }],
      userDefined: [
        { key: "Membership no", value: "M-204" },
        { key: "Shoe size", value: "44" },
      ],
    };
    const { unknown, ...contact } = read(payload) as Record<string, unknown> & { unknown: string[] };
    expect(unknown).toEqual(["userDefined.Shoe size"]);
    expect(contact).toEqual({
      data: {
        typedName: "Dr. Jörg Matthias Größl PhD",
        givenName: "Jörg Matthias",
        familyName: "Größl",
        company: "Größl Holzbau GmbH",
        jobTitle: "Geschäftsführer",
        birthday: "--03-14",
        emails: [
          { value: "leitung@groessl.example", label: "work" },
          { value: "buero@groessl.example", label: "work" },
          { value: "j.groessl@post.example", label: "home" },
          { value: "joerg@choir.example", label: "Singers, tenor" },
        ],
        phones: [
          { value: "+49911231250", label: "work" },
          { value: "+491713920011", label: "mobile" },
          { value: "+499112312599", label: "fax" },
          { value: "+4991123125 ext. 12", label: "main" },
          { value: "+491713920012", label: null },
        ],
        addresses: [
          {
            ...{ label: "home", street: "Am Mühlbach 4\nHinterhaus\n2. Stock", city: "Nürnberg" },
            ...{ region: "Bayern", postalCode: "90402", country: "DE" },
          },
          {
            ...{ label: "home", street: "Strandweg 1", city: "Wyk auf Föhr" },
            ...{ region: null, postalCode: null, country: null },
          },
          {
            ...{ label: "work", street: "Postfach 12 34", city: "Nürnberg" },
            ...{ region: null, postalCode: "90403", country: "DE" },
          },
          {
            ...{ label: "The boat", street: "Pier 7\nHamburg", city: null },
            ...{ region: null, postalCode: null, country: null },
          },
        ],
        tags: ["Clients", "Suppliers, old"],
        notes: [
          "Rotary Club Nürnberg, Treasurer",
          "Home page: https://groessl.example\nhttps://singers.example",
          "Ruft lieber zurück.\nSpricht auch Plattdeutsch.",
          "Anniversary: 2001-06-09",
          "Spouse: Käthe Größl",
          "Membership no: M-204\nShoe size: 44",
        ].join("\n\n"),
      },
      ifNew: {},
    });
  });

  test.each<[string, JsonObject, object]>([
    [
      "no first name",
      { names: [{ familyName: "d'Arcy", displayName: "d'Arcy" }], phoneNumbers: [{ value: "+33 6 39 98 00 01" }] },
      { familyName: "d'Arcy", phones: [{ value: "+33639980001", label: null }] },
    ],
    [
      "a name that was never parted",
      { names: [{ unstructuredName: "Guadalupe Nakamura" }] },
      { givenName: "Guadalupe", familyName: "Nakamura" },
    ],
    [
      "a year of birth",
      { names: [{ givenName: "Ann" }], birthdays: [{ date: { year: 1958, month: 12, day: 1 } }] },
      { givenName: "Ann", birthday: "1958-12-01" },
    ],
    [
      "year 0, as Google says that it is not known",
      { names: [{ givenName: "Ann" }], birthdays: [{ date: { year: 0, month: 2, day: 29 } }] },
      { givenName: "Ann", birthday: "--02-29" },
    ],
    [
      "a birthday in words",
      { names: [{ givenName: "Ann" }], birthdays: [{ text: "14 March 1958" }] },
      { givenName: "Ann", birthday: "1958-03-14" },
    ],
    [
      "notes as HTML",
      {
        names: [{ givenName: "Ann" }],
        biographies: [{ value: "<p>Tea &amp; cake</p>no&nbsp;milk<br>ever", contentType: "TEXT_HTML" }],
      },
      { givenName: "Ann", notes: "Tea & cake\nno milk\never" },
    ],
    [
      "one label with a comma",
      { names: [{ givenName: "Ann" }], memberships: [{ name: "Suppliers, old" }] },
      { givenName: "Ann", tags: ["Suppliers, old"] },
    ],
  ])("%s", (_what, payload, data) => {
    expect(read(payload)).toMatchObject({ data, unknown: [] });
  });

  test("more of them than there are columns keep their values, if not all their labels", () => {
    const labels = ["home", "work", "Choir", "Boat", "Old", "Older", "Oldest"];
    const emailAddresses = labels.map((type) => ({ type, value: `${type.toLowerCase()}@ann.example` }));
    const { data } = read({ emailAddresses }) as { data: { emails: { value: string; label: string | null }[] } };
    expect(data.emails.map(({ value }) => value)).toEqual(emailAddresses.map(({ value }) => value));
    expect(data.emails.map(({ label }) => label)).toEqual(["home", "work", "Choir", "Boat", null, null, null]);
  });

  test("every sample person is read, and none is refused", () => {
    for (let key = 1; key <= 500; key++) {
      const item = samplePerson(key);
      const known = { key, item, createdAt: 0, changedAt: 0, renames: 0, absorbed: [] };
      const person = toPerson(known, maskPaths) as JsonObject;
      const found = read(person) as { data?: { emails?: unknown[]; phones?: unknown[]; addresses?: unknown[] } };
      expect([key, found]).toMatchObject([key, { unknown: [] }]);
      expect(found.data?.emails ?? []).toHaveLength(item.emails.length);
      expect(found.data?.phones ?? []).toHaveLength(item.phones.length);
      expect(found.data?.addresses ?? []).toHaveLength(item.addresses.length);
    }
  });
});
