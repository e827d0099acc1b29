/** What the values of a contact list's columns look like, to guess by. Each is asked of some hundred values a column. */
import { getCountries } from "libphonenumber-js/min";
import { kinds } from "~/features/contacts/subject/kind-words";
import { countryCode } from "~/features/contacts/values/country-name";
import { readEmail } from "~/features/contacts/values/email-address";
import { hasLegalForm, partFullName } from "~/features/contacts/values/full-name";
import { type SubjectField } from "~/features/pipeline/subject";

export const looksLikeEmail = (value: string) => value.includes("@") && readEmail(value.split(/[;,]/)[0] ?? "").ok;
const isoDate = /^\d{4}-\d\d-\d\d$/;
export const looksLikePhone = (value: string) =>
  (/^(?:\+|00|\(?0)[\d\s().\-/]{6,22}$/.test(value) && !isoDate.test(value)) ||
  /^(?:1[ -.])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-. ]\d{4}$/.test(value);

const figures = /^(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2} ?([-/.]) ?\d{1,2} ?\2 ?\d{4})$/;
const withMonth =
  /^(?:\d{1,2}(?:st|nd|rd|th|\.)? \p{L}{3,10}\.?,? \d{4}|\p{L}{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})$/u;

function looksLikeDate(value: string): boolean {
  return figures.test(value) || withMonth.test(value);
}

/** Where letters or a sign tell it from other numbers, and five figures as in many countries. */
const postcode =
  /^(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{5}(?:-\d{4})?|\d{4} ?[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{2}-\d{3}|[A-Z]{1,2}-\d{4,5}|\d{5}-\d{3})$/i;

const countryCodes: ReadonlySet<string> = new Set(getCountries());
const looksLikeCountry = (value: string) =>
  countryCodes.has(value) || (value.length > 3 && value.length < 60 && countryCodes.has(countryCode(value)));

const titles =
  /^(?:mr|mrs|ms|miss|mx|dr|prof|rev|sir|dame|herr|frau|herrn|hr|fr|mme|mlle|m|monsieur|madame|mademoiselle|sr|sra|srta|señor|señora|sig|sig\.ra|signora|dhr|mevr|mw|pan|pani)\.?(?: (?:dr|prof)\.?){0,2}$/i;

/** Two words at least, each written large but for particles. */
const looksLikeName = (value: string) =>
  /^\p{Lu}/u.test(value) && /[ ,]\p{Lu}[^ ]*$/u.test(value) && partFullName(value, "GB") !== null;

const dates = { is: looksLikeDate, plural: "dates" };

export const likenesses: Readonly<Record<string, Partial<SubjectField>>> = {
  name: { onlyWhole: true, resembles: { is: looksLikeName, plural: "full names", enough: 0.8 } },
  // Not every company writes its legal form.
  company: { resembles: { is: hasLegalForm, plural: "companies (by their legal form)", enough: 0.3 } },
  kind: {
    resembles: { is: (value) => kinds.has(value.toLowerCase()) && value.length > 1, plural: "kinds of contact" },
  },
  namePrefix: { resembles: { is: (value) => titles.test(value), plural: "titles" }, telling: true },
  postalCode: { resembles: { is: (value) => postcode.test(value), plural: "postcodes" } },
  country: { resembles: { is: looksLikeCountry, plural: "countries" }, telling: true },
  birthday: { resembles: dates, onlyNamed: true, isDate: true },
  diedOn: { resembles: dates, onlyNamed: true, isDate: true },
  workEmail: { list: "email" },
  homeEmail: { list: "email" },
  mobile: { list: "phone" },
  workPhone: { list: "phone" },
  homePhone: { list: "phone" },
  fax: { list: "phone" },
  notes: { anyText: true },
  tags: { anyText: true },
  emailLabel: { anyText: true },
  phoneLabel: { anyText: true },
  addressLabel: { anyText: true },
  emailNote: { anyText: true },
  phoneNote: { anyText: true },
  addressNote: { anyText: true },
};
