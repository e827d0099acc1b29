/** What Outlook keeps of a contact, as Microsoft Graph v1.0 calls it, and the columns that it becomes. */
import { type SourceColumn, type SourceField } from "~/features/connectors/connector";

const one = (id: string, label: string, goesTo?: string): SourceColumn => ({
  id,
  label,
  ...(goesTo ? { goesTo } : {}),
});

interface Given {
  group: string;
  goesTo?: string;
  usual?: boolean;
  always?: boolean;
}

function field(id: string, label: string, { group, goesTo, usual = goesTo !== undefined, always }: Given): SourceField {
  return { id, label, group, usual, ...(always ? { always } : {}), columns: [one(id, label, goesTo)] };
}

/** Of an address, as Graph calls them, with the field of a contact and our word. */
export const addressParts = [
  ["street", "street", "street"],
  ["city", "city", "town"],
  ["state", "region", "region"],
  ["postalCode", "postalCode", "postcode"],
  ["countryOrRegion", "country", "country"],
] as const;

/** Of the second address on, fields of contacts are numbered: `2:street`. */
function address(id: string, label: string, number: number): SourceField {
  const fieldOf = (part: string) => (number === 1 ? part : `${number}:${part}`);
  return {
    ...{ id, label, group: reach, usual: true },
    columns: [
      one(`${id}.label`, `${label}: label`, fieldOf("addressLabel")),
      ...addressParts.map(([part, goesTo, word]) => one(`${id}.${part}`, `${label}: ${word}`, fieldOf(goesTo))),
    ],
  };
}

const [who, reach, work, more] = ["Who they are", "How to reach them", "Their work", "Notes and more"];
/** Without these nobody could be told apart. */
const names = { group: who, usual: true, always: true };
/** Has no place of its own in a contact: it goes to the notes of whoever chooses it. */
const noted = (group: string): Given => ({ group, goesTo: "notes", usual: false });

export const contactFields: readonly SourceField[] = [
  field("givenName", "First name", { ...names, goesTo: "givenName" }),
  field("middleName", "Middle name", { group: who, goesTo: "middleName" }),
  field("surname", "Last name", { ...names, goesTo: "familyName" }),
  field("displayName", "Name, where it has no parts", { ...names, goesTo: "name" }),
  field("title", "Title before the name", { group: who, goesTo: "namePrefix" }),
  field("generation", "Letters after the name", { group: who, goesTo: "nameSuffix" }),
  field("nickName", "Nickname", { group: who }),
  field("birthday", "Birthday", { group: who, goesTo: "birthday" }),
  field("emailAddresses", "Email", { group: reach, goesTo: "email" }),
  field("mobilePhone", "Mobile phone", { group: reach, goesTo: "mobile" }),
  field("businessPhones", "Phones at work", { group: reach, goesTo: "workPhone" }),
  field("homePhones", "Phones at home", { group: reach, goesTo: "homePhone" }),
  address("businessAddress", "Address at work", 1),
  address("homeAddress", "Address at home", 2),
  address("otherAddress", "Other address", 3),
  field("businessHomePage", "Website", noted(reach)),
  field("imAddresses", "Chat names", noted(reach)),
  field("companyName", "Company", { group: work, goesTo: "company" }),
  field("jobTitle", "Job title", { group: work, goesTo: "jobTitle" }),
  field("department", "Department", { group: work }),
  field("officeLocation", "Office", { group: work }),
  field("profession", "Profession", { group: work }),
  field("manager", "Manager", noted(work)),
  field("assistantName", "Assistant", noted(work)),
  field("categories", "Categories", { group: more, goesTo: "tags" }),
  field("personalNotes", "Notes", { group: more, goesTo: "notes" }),
  field("spouseName", "Spouse", noted(more)),
  field("children", "Children", noted(more)),
];
