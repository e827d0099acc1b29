import { addressField, MOST_ADDRESSES_OF_A_ROW } from "~/features/contacts/subject/address-fields";
import { type KnownLayout } from "~/features/pipeline/subject";

/**
 * The columns that address books write into their CSV exports, and where they go: Google Contacts before and since
 * 2024, Outlook in English and in German. What is not here has no place in a contact.
 */

type Fields = Readonly<Record<string, string>>;

/** Columns of an address: from what a program calls each part to our field. */
function addressColumns(name: (part: string) => string, parts: Fields, place: number): Fields {
  return Object.fromEntries(Object.entries(parts).map(([part, id]) => [name(part), addressField(id, place)]));
}

/** Google numbers what there may be several of, however many there are. */
function googleField(column: string, names: Fields): string {
  const [, what = "", number = "1", part = ""] = /^(E-mail|Phone|Address) (\d+) - (.+)$/.exec(column) ?? [];
  if (what === "Address")
    return Number(number) <= MOST_ADDRESSES_OF_A_ROW ? googleAddressField(part, Number(number)) : "";
  return (what === "" ? names[column] : googlePoints[what]?.[part]) ?? "";
}

function googleAddressField(part: string, number: number): string {
  const field = googleAddress[part];
  return field ? addressField(field, number - 1) : "";
}

const googlePoints: Readonly<Record<string, Fields>> = {
  "E-mail": { Label: "emailLabel", Type: "emailLabel", Value: "email" },
  Phone: { Label: "phoneLabel", Type: "phoneLabel", Value: "phone" },
};

const googleAddress: Fields = {
  Label: "addressLabel",
  Type: "addressLabel",
  Street: "street",
  "PO Box": "street2",
  "Extended Address": "street2",
  City: "city",
  Region: "region",
  "Postal Code": "postalCode",
  Country: "country",
};

const googleNames: Fields = {
  "First Name": "givenName",
  "Middle Name": "middleName",
  "Last Name": "familyName",
  "Name Prefix": "namePrefix",
  "Name Suffix": "nameSuffix",
  "Organization Name": "company",
  "Organization Title": "jobTitle",
  Birthday: "birthday",
  Notes: "notes",
  Labels: "tags",
};

/** With the name put together, too, so that prefix and suffix need no place of their own. */
const olderGoogleNames: Fields = {
  Name: "name",
  "Given Name": "givenName",
  "Additional Name": "middleName",
  "Family Name": "familyName",
  "Organization 1 - Name": "company",
  "Organization 1 - Title": "jobTitle",
  Birthday: "birthday",
  Notes: "notes",
  "Group Membership": "tags",
};

const englishAddress: Fields = {
  Street: "street",
  "Street 2": "street2",
  "Street 3": "street2",
  City: "city",
  State: "region",
  "Postal Code": "postalCode",
  "Country/Region": "country",
  Country: "country",
};

const english: Fields = {
  Title: "namePrefix",
  "First Name": "givenName",
  "Middle Name": "middleName",
  "Last Name": "familyName",
  Suffix: "nameSuffix",
  Company: "company",
  "Job Title": "jobTitle",
  "E-mail Address": "email",
  "E-mail 2 Address": "email",
  "E-mail 3 Address": "email",
  "Primary Phone": "phone",
  "Business Phone": "workPhone",
  "Business Phone 2": "workPhone",
  "Company Main Phone": "workPhone",
  "Mobile Phone": "mobile",
  "Home Phone": "homePhone",
  "Home Phone 2": "homePhone",
  "Car Phone": "phone",
  "Other Phone": "phone",
  "Business Fax": "fax",
  "Home Fax": "fax",
  "Other Fax": "fax",
  Birthday: "birthday",
  Categories: "tags",
  Notes: "notes",
  ...addressColumns((part) => `Business ${part}`, englishAddress, 0),
  ...addressColumns((part) => `Home ${part}`, englishAddress, 1),
  ...addressColumns((part) => `Other ${part}`, englishAddress, 2),
};

const germanAddress: Fields = {
  Straße: "street",
  Ort: "city",
  Region: "region",
  "Bundesland/Kanton": "region",
  Postleitzahl: "postalCode",
  "Land/Region": "country",
};
const germanLines: Fields = { "2": "street2", "3": "street2" };

const german: Fields = {
  Anrede: "namePrefix",
  Vorname: "givenName",
  "Weitere Vornamen": "middleName",
  Nachname: "familyName",
  Suffix: "nameSuffix",
  Firma: "company",
  Position: "jobTitle",
  "E-Mail-Adresse": "email",
  "E-Mail 2: Adresse": "email",
  "E-Mail 3: Adresse": "email",
  Haupttelefon: "phone",
  "Telefon geschäftlich": "workPhone",
  "Telefon geschäftlich 2": "workPhone",
  "Telefon Firma": "workPhone",
  Mobiltelefon: "mobile",
  "Mobiltelefon 2": "mobile",
  "Telefon privat": "homePhone",
  "Telefon privat 2": "homePhone",
  Autotelefon: "phone",
  "Weiteres Telefon": "phone",
  "Fax geschäftlich": "fax",
  "Fax privat": "fax",
  "Weiteres Fax": "fax",
  Geburtstag: "birthday",
  Kategorien: "tags",
  Notizen: "notes",
  ...addressColumns((part) => `${part} geschäftlich`, germanAddress, 0),
  ...addressColumns((line) => `Straße geschäftlich ${line}`, germanLines, 0),
  ...addressColumns((part) => `${part} privat`, germanAddress, 1),
  ...addressColumns((line) => `Straße privat ${line}`, germanLines, 1),
};

/** A layout is known by columns that no other list has together: all of `all`, and one of `some`. */
function layout(
  name: string,
  [all, some]: [string[], string[]],
  fieldOf: (column: string) => string,
  saysNothing?: KnownLayout["saysNothing"],
): KnownLayout {
  return {
    name,
    saysNothing,
    mappingOf(columns) {
      const has = (column: string) => columns.includes(column);
      if (!all.every(has) || !some.some(has)) return null;
      return onceEach(columns.map(fieldOf));
    },
  };
}

/** The whole of an address, beside its parts. */
const formatted = /^Address \d+ - Formatted$/;

/** What Outlook writes of every contact; and the name and type of an email address repeat what it is. */
function saysNothingInOutlook(column: string, value: string): boolean {
  if (/^E-?mail.*(?:Type|Typ|Display Name|Angezeigter Name)$|^(?:Initials|Initialen)$/i.test(column)) return true;
  return /^(?:0+[./-]0+[./-]0+|normal|false|falsch|unspecified|keine angabe|nicht angegeben)$/i.test(value);
}

/** Fields that a row can have only one of, where a program has two columns for them. */
const repeatable = /email|phone|mobile|fax|tags|notes|street2|Label$/i;

function onceEach(mapping: string[]): string[] {
  return mapping.map((id, index) => (repeatable.test(id) || mapping.indexOf(id) === index ? id : ""));
}

export const addressBookLayouts: readonly KnownLayout[] = [
  layout(
    "Google Contacts",
    [
      ["First Name", "Last Name", "Labels"],
      ["Organization Name", "File As"],
    ],
    (column) => googleField(column, googleNames),
    (column) => formatted.test(column),
  ),
  layout(
    "Google Contacts",
    [
      ["Given Name", "Family Name", "Group Membership"],
      ["Yomi Name", "Name"],
    ],
    (column) => googleField(column, olderGoogleNames),
    (column) => column === "Name Prefix" || column === "Name Suffix" || formatted.test(column),
  ),
  layout(
    "Outlook",
    [
      ["First Name", "Last Name", "E-mail Address"],
      ["Business Street", "Home Street", "Business Phone", "Mobile Phone"],
    ],
    (column) => english[column] ?? "",
    saysNothingInOutlook,
  ),
  layout(
    "Outlook",
    [
      ["Vorname", "Nachname", "E-Mail-Adresse"],
      ["Straße geschäftlich", "Telefon geschäftlich", "E-Mail 2: Adresse"],
    ],
    (column) => german[column] ?? "",
    saysNothingInOutlook,
  ),
];
