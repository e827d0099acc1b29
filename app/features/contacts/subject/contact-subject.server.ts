import { addressBookLayouts } from "~/features/contacts/subject/address-book-layouts";
import { addressText, homeOf } from "~/features/contacts/values/address-text";
import { partedClear, type RecordData } from "~/features/contacts/compute-contact";
import { channelNames } from "~/features/contacts/consent/consent";
import { type ContactValues, displayName, isContactField, kindNames, nothingKnown } from "~/features/contacts/contact";
import { checkedFields } from "~/features/contacts/subject/contact-subject-checks";
import { type FieldDefinition, fieldOf, inUse, nameOfField } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { customSubjectFields, withCustomFields } from "~/features/contacts/custom/custom-reader";
import { fieldsOnTheSpot } from "~/features/contacts/custom/field-on-the-spot.server";
import { customText } from "~/features/contacts/custom/custom-text";
import { dayPlaceOf } from "~/features/contacts/subject/contact-subject-days";
import { loadContacts, tryOutContacts } from "~/features/contacts/subject/contact-load.server";
import { contactSubjectFields } from "~/features/contacts/subject/contact-subject-fields";
import { fieldChanges } from "~/features/contacts/history/history";
import { listChange } from "~/features/contacts/history/list-change";
import { otherChanges } from "~/features/contacts/history/history-words";
import { contactsSynced } from "~/features/contacts/sourced/contacts-synced.server";
import { rehearseContacts } from "~/features/contacts/subject/rehearse-contacts.server";
import { type CanonicalContact, contactReader } from "~/features/contacts/subject/contact-subject-reader";
import { birthdayText } from "~/features/contacts/values/birthday";
import { phoneText } from "~/features/contacts/values/phone-display";
import { contactMatchings, contactRuleFields } from "~/features/contacts/subject/contact-rules";
import { SEVERAL_MATCHES } from "~/features/contacts/subject/judge-row.server";
import { contactRemarks } from "~/features/contacts/subject/contact-remarks";
import { filePlace } from "~/features/contacts/subject/file-place";
import { ourOwnLayouts } from "~/features/contacts/subject/our-own-layouts";
import { languageName } from "~/features/contacts/values/language";
import { timeZoneText } from "~/features/contacts/values/time-zone";
import { type Change, type CheckedField, type FieldChange, type Subject } from "~/features/pipeline/subject";
import { type Place } from "~/platform/time";

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
  remarks: contactRemarks,
  matchings: contactMatchings,
  ruleFields: contactRuleFields,
  load: loadContacts,
  rehearse: rehearseContacts,
  describeChange: describeContactChange,
  tryOut: tryOutContacts,
  sourced: contactsSynced,
  newFields: fieldsOnTheSpot,
  forAccount: async (scope) => withOwnFields(inUse(await customFields(scope))),
};

function withOwnFields(own: readonly FieldDefinition[]): Subject<CanonicalContact> {
  if (own.length === 0) return contactSubject;
  return {
    ...contactSubject,
    fields: [...customSubjectFields(own), ...contactSubject.fields],
    checked: [...checkedFields, ...own.map(asChecked)],
    ruleFields: (mapping) => [
      ...contactRuleFields(mapping),
      ...own
        .filter((field) => mapping.includes(fieldOf(field)))
        .map((field) => ({ id: fieldOf(field), label: field.name, adds: false })),
    ],
    describeChange: (change, account) => describeContactChange(change, account, own),
    reader: (settings) => withCustomFields(contactReader(settings), own, dayPlaceOf(settings)),
    describe: (canonical, account) => [
      ...describeContact(canonical, account, own),
      ...own.flatMap((field) => {
        const text = customText(fieldOf(field), canonical.data[fieldOf(field)], { ...account, fields: own });
        return text ? [{ label: field.name, text }] : [];
      }),
    ],
  };
}

/** What an account's own rules can be about. */
function asChecked(field: FieldDefinition): CheckedField {
  const of = field.type === "number" || field.type === "date" ? field.type : "text";
  return { id: fieldOf(field), label: field.name, fields: [fieldOf(field)], of, many: false };
}

function describeContact(
  { data, ifNew, owner }: CanonicalContact,
  account: { locale: string; phoneCountry: string },
  own: readonly FieldDefinition[] = [],
): { label: string; text: string }[] {
  const values: ContactValues & RecordData = { ...nothingKnown, ...ifNew, ...data };
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
    ["Emptied", clearedText(values.cleared, own)],
    ["Not to be reached by", (values.noContact ?? []).map((channel) => channelNames[channel]).join(", ")],
  ];
  return lines.flatMap(([label, text]) => (text ? [{ label, text }] : []));
}

function describeContactChange(
  { before, after }: Change,
  account: Place & { phoneCountry: string },
  own: readonly FieldDefinition[] = [],
): FieldChange[] {
  const home = homeOf(account, own);
  const changes = [...fieldChanges(before, after, home), ...otherChanges("contact", { before, after }, account)];
  return changes.map(({ field, label, ...texts }) => {
    const list = listChange(field, { before, after }, home);
    return { label, ...texts, ...(list ? { list } : {}) };
  });
}

/** "Company, Phone (mobile)" */
function clearedText(cleared: readonly string[] = [], own: readonly FieldDefinition[]): string {
  return cleared
    .map((name) => {
      const [field, label] = partedClear(name);
      const called = isContactField(field) ? nameOfField(field, own) : field;
      return label ? `${called} (${label})` : called;
    })
    .join(", ");
}
