import { z } from "zod";
import { type DayReading, readBirthday, readDiedOn, refusedDeath } from "~/features/contacts/values/birthday";
import { contactKinds, type ContactValues, isKnown } from "~/features/contacts/contact";
import { customInputs, customSaid } from "~/features/contacts/custom/custom-form";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { addressRow, emailRow, line, phoneRow, rows } from "~/features/contacts/form/contact-form-points";
import { limits } from "~/features/contacts/contact-limits";
import { isLanguage } from "~/features/contacts/values/language";
import { manyLines, oneLine } from "~/features/contacts/values/typed-text";
import { timeZoneNamed } from "~/platform/time-zones.server";

/** A contact as a form sends it. Empty rows are left out; the first email, phone and address is the primary one. */

const MOST_TAGS = 500;

const tags = z
  .string()
  .optional()
  .transform((text, context) => {
    const names = new Map<string, string>();
    for (const part of (text ?? "").split(/[,;\n]/)) {
      const name = oneLine(part);
      if (name && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
    }
    const list = [...names.values()];
    if (list.some((name) => Array.from(name).length > limits.tag)) {
      context.addIssue({ code: "custom", message: `A tag is too long: ${limits.tag} characters at most.` });
    }
    if (list.length > MOST_TAGS) context.addIssue({ code: "custom", message: `No more than ${MOST_TAGS} tags.` });
    return list;
  });

const language = line(limits.label, "The language").refine((text) => !text || isLanguage(text), {
  message: "This language is not known. Choose one from the list.",
});

const timeZone = line(limits.address, "The time zone").transform((text, context) => {
  const zone = text ? timeZoneNamed(text) : null;
  if (text && !zone) {
    context.addIssue({ code: "custom", message: "This time zone is not known. Choose one, such as Europe/London." });
  }
  return zone;
});

function date(read: (text: string) => DayReading) {
  return line(limits.date, "The date").transform((text, context) => {
    if (!text) return null;
    const reading = read(text);
    if (reading.ok) return reading.value;
    context.addIssue({ code: "custom", message: reading.reason });
    return z.NEVER;
  });
}

/** Where and when a form is filled in. */
export interface FormPlace {
  /** ISO 3166-1 alpha-2: how phone numbers without a country code, and dates of figures, are read. */
  phoneCountry: string;
  /** BCP 47: whose months' and countries' names are read and shown. */
  locale: string;
  /** Plain date. */
  today: string;
  /** The account's own fields that are in use; absent: none. */
  fields?: readonly FieldDefinition[];
}

/** The form of one account, read by somebody there on some day. */
export function contactForm({ phoneCountry, locale, today, fields = [] }: FormPlace) {
  const place = { country: phoneCountry, locale, today };
  return z
    .object({
      kind: z.enum(contactKinds, { message: "Choose what this contact is." }),
      givenName: line(limits.name, "The given name"),
      familyName: line(limits.name, "The family name"),
      typedName: line(limits.name, "The name"),
      company: line(limits.name, "The company"),
      jobTitle: line(limits.name, "The job title"),
      birthday: date((text) => readBirthday(text, place)),
      diedOn: date((text) => readDiedOn(text, { ...place, birthday: null })),
      timeZone,
      language,
      emails: rows(emailRow, (email) => email.value.toLowerCase()),
      phones: rows(phoneRow(phoneCountry), (phone) => phone.value),
      addresses: rows(addressRow, (address) => JSON.stringify({ ...address, label: null, note: null }).toLowerCase()),
      notes: z
        .string()
        .transform(manyLines)
        .refine((text) => text.length <= limits.notes, `The notes are too long: ${limits.notes} characters at most.`)
        .optional(),
      tags,
      ...customInputs(fields, place),
    })
    .transform((typed, context) => {
      const own = customSaid(typed, fields, (path, message) => context.addIssue({ code: "custom", path, message }));
      const values = { ...toValues(typed), ...own };
      const { birthday, diedOn } = values;
      const reason = birthday && diedOn && refusedDeath(diedOn, birthday, today);
      if (reason) context.addIssue({ code: "custom", path: ["diedOn"], message: reason });
      if (values.kind === "business" && !values.company && !values.typedName && (typed.givenName || typed.familyName)) {
        const message =
          "Give the company's name: that is what a company is known by. For somebody's name choose Person.";
        context.addIssue({ code: "custom", path: ["company"], message });
      }
      if (!isKnown(values)) {
        const message = "Give a name, a company, an email or a phone number: something to know this contact by.";
        context.addIssue({ code: "custom", path: ["givenName"], message });
      }
      return values;
    });
}

type Read = "kind" | "birthday" | "diedOn" | "timeZone" | "emails" | "phones" | "addresses" | "tags";
type AsTyped = "givenName" | "familyName" | "typedName" | "company" | "jobTitle" | "language" | "notes";
type Typed = Pick<ContactValues, Read> & Partial<Record<AsTyped, string>>;

function toValues(typed: Typed): ContactValues {
  const givenName = typed.givenName || null;
  const familyName = typed.familyName || null;
  // A name that says no more than its two parts is not kept a second time.
  const together = [givenName, familyName].filter(Boolean).join(" ");
  const typedName = typed.typedName && typed.typedName !== together ? typed.typedName : null;
  return {
    kind: typed.kind,
    typedName,
    givenName,
    familyName,
    company: typed.company || null,
    jobTitle: typed.jobTitle || null,
    birthday: typed.birthday,
    diedOn: typed.diedOn,
    timeZone: typed.timeZone,
    language: typed.language || null,
    notes: typed.notes || null,
    emails: typed.emails,
    phones: typed.phones,
    addresses: typed.addresses,
    tags: typed.tags,
  };
}
