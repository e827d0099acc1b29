import { addressField, MOST_ADDRESSES_OF_A_ROW } from "~/features/contacts/subject/address-fields";
import { contactSubjectFields, emailFields, phoneFields } from "~/features/contacts/subject/contact-subject-fields";
import { type CheckedField } from "~/features/pipeline/subject";

/** What of a contact an account's own rules can be about: an email is one, wherever in the row it stands. */

const ofEachAddress = (id: string) =>
  Array.from({ length: MOST_ADDRESSES_OF_A_ROW }, (_, place) => addressField(id, place));

const together: Record<string, { label: string; fields: readonly string[]; many?: boolean }> = {
  name: { label: "Name", fields: ["name", "givenName", "familyName"] },
  email: { label: "Email", fields: emailFields, many: true },
  phone: { label: "Phone", fields: phoneFields, many: true },
  street: { label: "Street", fields: ofEachAddress("street") },
  city: { label: "Town or city", fields: ofEachAddress("city") },
  region: { label: "County or region", fields: ofEachAddress("region") },
  postalCode: { label: "Postcode", fields: ofEachAddress("postalCode") },
  country: { label: "Country", fields: ofEachAddress("country") },
};

const days = ["birthday", "diedOn"];
/** Parts of the above, and what only labels. */
const notByThemselves = /^\d:|Label$|^(?:workEmail|homeEmail|mobile|workPhone|homePhone|fax|street2)$/;

export const checkedFields: readonly CheckedField[] = contactSubjectFields
  .filter(({ id }) => !notByThemselves.test(id))
  .map(({ id, label }) => {
    const { many = id === "tags", ...one } = together[id] ?? { label, fields: [id] };
    return { id, ...one, many, of: days.includes(id) ? ("date" as const) : ("text" as const) };
  });
