/** Real-looking exports of address books, as they come: which they are, and what becomes of their rows. */
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { addressBookLayouts } from "~/features/contacts/subject/address-book-layouts";
import { contactSubjectFields } from "~/features/contacts/subject/contact-subject-fields";
import { contactReader } from "~/features/contacts/subject/contact-subject-reader";
import { mapRow } from "~/features/pipeline/stages/map";

function imported(csv: string, phoneCountry = "GB") {
  const [columns = [], ...rows] = parse(csv) as string[][];
  const layout = addressBookLayouts.find(({ mappingOf }) => mappingOf(columns) !== null);
  const fields = layout?.mappingOf(columns) ?? [];
  const known = new Set(contactSubjectFields.map(({ id }) => id));
  expect(fields.filter((field) => field !== "" && !known.has(field))).toEqual([]);
  const reader = contactReader({ phoneCountry, locale: "en-GB", today: "2026-11-21" });
  return {
    name: layout?.name,
    contacts: rows.map((cells) => {
      const mapped = mapRow(cells, { columns, fields });
      expect(reader.validate(mapped)).toEqual([]);
      return reader.normalise(mapped).data;
    }),
  };
}

/** A heading and one row of only these values. */
function fileOf(heading: string, values: Record<string, string>): string {
  const columns = heading.split(",");
  expect(Object.keys(values).filter((column) => !columns.includes(column))).toEqual([]);
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return `${columns.map(quoted).join(",")}\r\n${columns.map((column) => quoted(values[column] ?? "")).join(",")}\r\n`;
}

const google =
  "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value";

const olderGoogle =
  "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title";

const outlook =
  "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Company Main Phone,Home Phone,Mobile Phone,Pager,Anniversary,Birthday,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,Gender,Notes,Spouse,Web Page";

const germanOutlook =
  "Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Straße geschäftlich,Straße geschäftlich 2,Ort geschäftlich,Region geschäftlich,Postleitzahl geschäftlich,Land/Region geschäftlich,Straße privat,Ort privat,Bundesland/Kanton privat,Postleitzahl privat,Land/Region privat,Fax geschäftlich,Telefon geschäftlich,Telefon privat,Mobiltelefon,Geburtstag,Kategorien,Notizen,E-Mail-Adresse,E-Mail-Typ,E-Mail: Angezeigter Name,E-Mail 2: Adresse";

describe("an export is known by its columns", () => {
  test("of Google Contacts since 2024, with its labels and without its own groups", () => {
    const file = fileOf(google, {
      "First Name": "Folasade",
      "Middle Name": "A.",
      "Last Name": "Adebayo",
      "Name Prefix": "Dr",
      "Organization Name": "Adebayo Ceramics",
      "Organization Title": "Potter",
      Birthday: "1958-03-14",
      Labels: "Clients, old ::: * myContacts",
      "E-mail 1 - Label": "* Work",
      "E-mail 1 - Value": "f@adebayo.example ::: office@adebayo.example",
      "E-mail 2 - Label": "Trustees",
      "E-mail 2 - Value": "trustees@adebayo.example",
      "Phone 1 - Label": "Mobile",
      "Phone 1 - Value": "07700 900123",
      "Phone 2 - Label": "Work Fax",
      "Phone 2 - Value": "020 7946 0183",
      "Address 1 - Label": "Home",
      "Address 1 - Formatted": "14 Kiln Row\nLondon E8 4QN\nGB",
      "Address 1 - Street": "14 Kiln Row ::: 2 Mill Lane",
      "Address 1 - City": "London ::: Leeds",
      "Address 1 - Postal Code": "E8 4QN ::: LS1 1AA",
      "Address 1 - Country": "GB ::: GB",
    });
    expect(imported(file)).toEqual({
      name: "Google Contacts",
      contacts: [
        {
          typedName: "Dr Folasade A. Adebayo",
          givenName: "Folasade A.",
          familyName: "Adebayo",
          company: "Adebayo Ceramics",
          jobTitle: "Potter",
          birthday: "1958-03-14",
          emails: [
            { value: "f@adebayo.example", label: "work" },
            { value: "office@adebayo.example", label: "work" },
            { value: "trustees@adebayo.example", label: "Trustees" },
          ],
          phones: [
            { value: "+447700900123", label: "mobile" },
            { value: "+442079460183", label: "fax" },
          ],
          addresses: [
            { label: "home", street: "14 Kiln Row", city: "London", region: null, postalCode: "E8 4QN", country: "GB" },
            { label: "home", street: "2 Mill Lane", city: "Leeds", region: null, postalCode: "LS1 1AA", country: "GB" },
          ],
          tags: ["Clients, old"],
        },
      ],
    });
  });

  test("of Google Contacts before", () => {
    const file = fileOf(olderGoogle, {
      Name: "Ann Okafor",
      "Given Name": "Ann",
      "Family Name": "Okafor",
      Birthday: " --03-14",
      "Group Membership": "* myContacts ::: Trustees",
      "E-mail 1 - Type": "* ",
      "E-mail 1 - Value": "ann@okafor.example",
      "Phone 1 - Type": "Home",
      "Phone 1 - Value": "020 7946 0999",
      "Organization 1 - Name": "Okafor Trust",
    });
    expect(imported(file)).toEqual({
      name: "Google Contacts",
      contacts: [
        {
          givenName: "Ann",
          familyName: "Okafor",
          company: "Okafor Trust",
          birthday: "--03-14",
          emails: [{ value: "ann@okafor.example", label: null }],
          phones: [{ value: "+442079460999", label: "home" }],
          tags: ["Trustees"],
        },
      ],
    });
  });

  test("of Outlook: a title is no job, nobody is born on the day nought, and another’s phone is another’s", () => {
    const file = fileOf(outlook, {
      Title: "Mr.",
      "First Name": "Jan",
      "Last Name": "Brandt",
      Company: "Brandt Holzbau GmbH",
      "Job Title": "Director",
      "Business Street": "Hauptstraße 5",
      "Business Street 2": "Hinterhaus",
      "Business City": "Berlin",
      "Business Postal Code": "10827",
      "Business Country/Region": "Germany",
      "Home Street": "Akazienstraße 3",
      "Home City": "Berlin",
      "Assistant's Phone": "030 555",
      "Business Phone": "030 23125 801",
      "Mobile Phone": "0151 23456789",
      Birthday: "0/0/00",
      Categories: "Client;Supplier",
      "E-mail Address": "jan@brandt.example",
      "E-mail 2 Address": "office@brandt.example",
      Gender: "Unspecified",
    });
    expect(imported(file, "DE")).toEqual({
      name: "Outlook",
      contacts: [
        {
          givenName: "Jan",
          familyName: "Brandt",
          company: "Brandt Holzbau GmbH",
          jobTitle: "Director",
          emails: [
            { value: "jan@brandt.example", label: null },
            { value: "office@brandt.example", label: null },
          ],
          phones: [
            { value: "+4915123456789", label: "mobile" },
            { value: "+493023125801", label: "work" },
          ],
          addresses: [
            {
              label: "work",
              street: "Hauptstraße 5, Hinterhaus",
              city: "Berlin",
              region: null,
              postalCode: "10827",
              country: "DE",
            },
            { label: "home", street: "Akazienstraße 3", city: "Berlin", region: null, postalCode: null, country: null },
          ],
          tags: ["Client", "Supplier"],
        },
      ],
    });
  });

  test("of Outlook in German", () => {
    const file = fileOf(germanOutlook, {
      Anrede: "Frau",
      Vorname: "Käthe",
      Nachname: "Weiß",
      Position: "Notarin",
      "Straße privat": "Akazienstraße 3",
      "Ort privat": "Köln",
      "Postleitzahl privat": "50667",
      "Land/Region privat": "Deutschland",
      "Telefon privat": "0221 123456",
      Geburtstag: "14.3.1958",
      Kategorien: "Mandantin",
      "E-Mail-Adresse": "kaethe@weiss.example",
    });
    expect(imported(file, "DE")).toEqual({
      name: "Outlook",
      contacts: [
        {
          givenName: "Käthe",
          familyName: "Weiß",
          jobTitle: "Notarin",
          birthday: "1958-03-14",
          emails: [{ value: "kaethe@weiss.example", label: null }],
          phones: [{ value: "+49221123456", label: "home" }],
          addresses: [
            {
              label: "home",
              street: "Akazienstraße 3",
              city: "Köln",
              region: null,
              postalCode: "50667",
              country: "DE",
            },
          ],
          tags: ["Mandantin"],
        },
      ],
    });
  });

  test("and a list that only looks a little like one is not", () => {
    expect(imported("First Name,Last Name,E-mail Address\n").name).toBeUndefined();
    expect(imported("Given Name,Family Name,Email\n").name).toBeUndefined();
  });
});
