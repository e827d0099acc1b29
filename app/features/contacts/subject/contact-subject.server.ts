import { addressBookLayouts } from "~/features/contacts/subject/address-book-layouts";
import { addressText, homeOf } from "~/features/contacts/values/address-text";
import { displayName, kindNames, nothingKnown } from "~/features/contacts/contact";
import { checkedFields } from "~/features/contacts/subject/contact-subject-checks";
import { loadContacts, tryOutContacts } from "~/features/contacts/subject/contact-load.server";
import { contactSubjectFields } from "~/features/contacts/subject/contact-subject-fields";
import { type CanonicalContact, contactReader } from "~/features/contacts/subject/contact-subject-reader";
import { birthdayText } from "~/features/contacts/values/birthday";
import { phoneText } from "~/features/contacts/values/phone-display";
import { ARCHIVED, BY_NAME, SEVERAL_MATCHES } from "~/features/contacts/subject/place-rows.server";
import { filePlace } from "~/features/contacts/subject/file-place";
import { ourOwnLayouts } from "~/features/contacts/subject/our-own-layouts";
import { OWNER_UNKNOWN } from "~/features/contacts/subject/place-owners.server";
import { languageName } from "~/features/contacts/values/language";
import { timeZoneText } from "~/features/contacts/values/time-zone";
import { type Subject } from "~/features/pipeline/subject";

/** Contacts as the pipeline brings them in. */
export const contactSubject: Subject<CanonicalContact> = {
  id: "contacts",
  kind: "contact",
  noun: { one: "contact", many: "contacts" },
  action: "contacts.imported",
  fields: contactSubjectFields,
  layouts: [...ourOwnLayouts, ...addressBookLayouts],
  placeOf: filePlace,
  reader: contactReader,
  checked: checkedFields,
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
    [OWNER_UNKNOWN]: {
      short: "nobody of that name to look after them",
      sentence: (rows, locale) =>
        `${rows.toLocaleString(locale)} ${rows === 1 ? "row names" : "rows name"} somebody to look after the contact who is no member here, or shares the name with another; that was left as it is. Write their email to be sure.`,
      query: null,
    },
  },
  load: loadContacts,
  tryOut: tryOutContacts,
};

function describeContact(
  { data, ifNew, owner }: CanonicalContact,
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
    ["Language", values.language && languageName(values.language, account.locale)],
    ["Time zone", values.timeZone && timeZoneText(values.timeZone)],
    ["Tags", values.tags.join(", ")],
    ["Looked after by", owner ?? null],
    ["Notes", values.notes],
  ];
  return lines.flatMap(([label, text]) => (text ? [{ label, text }] : []));
}
