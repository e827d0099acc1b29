/** The columns of our own exports, and where they go when they are brought in again. */
import { addressField, MOST_ADDRESSES_OF_A_ROW } from "~/features/contacts/subject/address-fields";
import { type KnownLayout } from "~/features/pipeline/subject";

/** Of an export of everything. What is not here (an id, a do-not-contact mark) has words of its own, or no place. */
const everything: Readonly<Record<string, string>> = {
  Kind: "kind",
  // Whole, since its parts stand beside it: where there are none, it is to have none.
  "Full name": "wholeName",
  "Given name": "givenName",
  "Family name": "familyName",
  Company: "company",
  "Job title": "jobTitle",
  Birthday: "birthday",
  "Died on": "diedOn",
  Language: "language",
  "Time zone": "timeZone",
  Tags: "tags",
  Notes: "notes",
  "Looked after by": "owner",
};

/** Of a list as it was shown. "Created" and "Changed" are not brought in. */
const view: Readonly<Record<string, string>> = {
  // As lists write it: "Adebayo, Folasade" where both parts are known, and else as it is called.
  Name: "listName",
  Company: "company",
  "Job title": "jobTitle",
  Email: "email",
  Phone: "phone",
  City: "city",
  "Looked after by": "owner",
  Kind: "kind",
  Tags: "tags",
  Birthday: "birthday",
  Language: "language",
  "Time zone": "timeZone",
};

/** When a contact was made and changed is what has been done here, and nothing to bring in. */
const saysNothing = (column: string) => column === "Created" || column === "Changed";
const notBroughtIn = ["Do not contact", "Created", "Changed"];
/** Nobody else's list is likely to have one of these beside a "Name". */
const telling = ["Looked after by", ...notBroughtIn];

const points: Readonly<Record<string, string>> = { Email: "email", Phone: "phone" };
const addressParts: Readonly<Record<string, string>> = {
  street: "street",
  city: "city",
  region: "region",
  postcode: "postalCode",
  country: "country",
  label: "addressLabel",
  note: "addressNote",
};

/** "Email", "Email 2 label", "Phone note", "Address 3 street", "Street"; "" for any other. */
function pointField(column: string): string {
  const [, kind = "", what = ""] = /^(Email|Phone)(?: \d+)?(?: (label|note))?$/.exec(column) ?? [];
  const base = points[kind];
  if (base) return base + what.replace(/^./, (first) => first.toUpperCase());
  return addressPart(column);
}

function addressPart(column: string): string {
  const [, number = "1", part = ""] = /^Address (?:(\d+) )?(.+)$/.exec(column) ?? [];
  const first = ["Street", "City", "Region", "Postcode", "Country"].includes(column) ? column.toLowerCase() : "";
  const field = addressParts[part || first];
  return field && Number(number) <= MOST_ADDRESSES_OF_A_ROW ? addressField(field, Number(number) - 1) : "";
}

export const ourOwnLayouts: readonly KnownLayout[] = [
  {
    name: "Tallybook",
    rest: "by-name",
    saysNothing,
    mappingOf(columns) {
      const isOurs = columns.includes("Tallybook ID") && columns.includes("Full name");
      return isOurs ? columns.map((column) => everything[column] ?? pointField(column)) : null;
    },
  },
  {
    name: "Tallybook",
    rest: "by-name",
    saysNothing,
    mappingOf(columns) {
      const [first, ...others] = columns;
      const known = (column: string) => Object.hasOwn(view, column) || notBroughtIn.includes(column);
      if (first !== "Name" || !others.some((column) => telling.includes(column))) return null;
      return others.filter(known).length >= others.length / 2 ? columns.map((column) => view[column] ?? "") : null;
    },
  },
];
