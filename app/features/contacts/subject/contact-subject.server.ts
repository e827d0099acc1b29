import { addressBookLayouts } from "~/features/contacts/subject/address-book-layouts";
import { addressText, homeOf } from "~/features/contacts/values/address-text";
import { displayName, kindNames, nothingKnown } from "~/features/contacts/contact";
import { loadContacts, tryOutContacts } from "~/features/contacts/subject/contact-load.server";
import { contactSubjectFields } from "~/features/contacts/subject/contact-subject-fields";
import { fieldChanges } from "~/features/contacts/history/history";
import { rehearseContacts } from "~/features/contacts/subject/rehearse-contacts.server";
import { type CanonicalContact, contactReader } from "~/features/contacts/subject/contact-subject-reader";
import { birthdayText } from "~/features/contacts/values/birthday";
import { phoneText } from "~/features/contacts/values/phone-display";
import { ARCHIVED, BY_NAME, SEVERAL_MATCHES } from "~/features/contacts/subject/place-rows.server";
import { type Subject } from "~/features/pipeline/subject";

/** Contacts as the pipeline brings them in. */
export const contactSubject: Subject<CanonicalContact> = {
  id: "contacts",
  kind: "contact",
  noun: { one: "contact", many: "contacts" },
  action: "contacts.imported",
  fields: contactSubjectFields,
  layouts: addressBookLayouts,
  reader: contactReader,
  describe: describeContact,
  retryRule: SEVERAL_MATCHES,
  remarks: {
    [ARCHIVED]: {
      short: "archived",
      sentence: (rows, locale) =>
        rows === 1
          ? "1 row is an archived contact; it stays archived."
          : `${rows.toLocaleString(locale)} rows are archived contacts; they stay archived.`,
      query: "archived=yes",
    },
    [BY_NAME]: {
      short: "by name",
      sentence: (rows, locale) =>
        `${rows.toLocaleString(locale)} ${rows === 1 ? "row was" : "rows were"} taken for an existing contact by name and company or phone, without the same email.`,
      query: null,
    },
  },
  load: loadContacts,
  rehearse: rehearseContacts,
  describeChange: ({ before, after }, { locale, phoneCountry }) =>
    fieldChanges(before, after, homeOf({ locale, phoneCountry })).map(({ label, before, after }) => ({
      label,
      before,
      after,
    })),
  tryOut: tryOutContacts,
};

function describeContact(
  { data, ifNew }: CanonicalContact,
  account: { locale: string; phoneCountry: string },
): { label: string; text: string }[] {
  const values = { ...nothingKnown, ...ifNew, ...data };
  const labelled = ({ value, label }: { value: string; label: string | null }) =>
    label ? `${value} (${label})` : value;
  const lines: [string, string | null][] = [
    ["Name", displayName(values)],
    ["Kind", kindNames[values.kind]],
    ["Company", values.company],
    ["Job title", values.jobTitle],
    ["Email", values.emails.map(labelled).join("; ")],
    [
      "Phone",
      values.phones
        .map((phone) => labelled({ ...phone, value: phoneText(phone.value, account.phoneCountry) }))
        .join("; "),
    ],
    ["Address", values.addresses.map((address) => addressText(address, homeOf(account))).join("; ")],
    ["Birthday", values.birthday && birthdayText(values.birthday, account.locale)],
    ["Died on", values.diedOn && birthdayText(values.diedOn, account.locale)],
    ["Tags", values.tags.join(", ")],
    ["Notes", values.notes],
  ];
  return lines.flatMap(([label, text]) => (text ? [{ label, text }] : []));
}
