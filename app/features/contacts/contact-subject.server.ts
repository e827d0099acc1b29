import { type Address, displayName, kindNames, nothingKnown } from "~/features/contacts/contact";
import { loadContacts } from "~/features/contacts/contact-load.server";
import { contactSubjectFields } from "~/features/contacts/contact-subject-fields";
import { type CanonicalContact, contactReader } from "~/features/contacts/contact-subject-reader";
import { phoneText } from "~/features/contacts/phone-display";
import { SEVERAL_MATCHES } from "~/features/contacts/place-rows.server";
import { type Subject } from "~/features/pipeline/subject";

/** Contacts as the pipeline brings them in. */
export const contactSubject: Subject<CanonicalContact> = {
  id: "contacts",
  kind: "contact",
  noun: { one: "contact", many: "contacts" },
  action: "contacts.imported",
  fields: contactSubjectFields,
  reader: contactReader,
  describe: describeContact,
  retryRule: SEVERAL_MATCHES,
  load: loadContacts,
};

function describeContact({ data, ifNew }: CanonicalContact): { label: string; text: string }[] {
  const values = { ...nothingKnown, ...ifNew, ...data };
  const labelled = ({ value, label }: { value: string; label: string | null }) =>
    label ? `${value} (${label})` : value;
  const lines: [string, string | null][] = [
    ["Name", displayName(values)],
    ["Kind", kindNames[values.kind]],
    ["Company", values.company],
    ["Job title", values.jobTitle],
    ["Email", values.emails.map(labelled).join("; ")],
    ["Phone", values.phones.map((phone) => labelled({ ...phone, value: phoneText(phone.value) })).join("; ")],
    ["Address", values.addresses.map(addressLine).join("; ")],
    ["Tags", values.tags.join(", ")],
    ["Notes", values.notes],
  ];
  return lines.flatMap(([label, text]) => (text ? [{ label, text }] : []));
}

function addressLine({ street, city, region, postalCode, country }: Address): string {
  return [street, postalCode, city, region, country].filter(Boolean).join(", ");
}
