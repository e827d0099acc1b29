import { z } from "zod";
import { contactKinds, type ContactValues, isKnown } from "~/features/contacts/contact";
import { limits } from "~/features/contacts/contact-limits";
import { countryCode, countryName } from "~/features/contacts/country-name";
import { readEmail } from "~/features/contacts/email-address";
import { phoneText } from "~/features/contacts/phone-display";
import { readPhone } from "~/features/contacts/phone-number";
import { manyLines, oneLine } from "~/features/contacts/typed-text";

/** A contact as a form sends it. Empty rows are left out; the first email, phone and address is the primary one. */

/** More than one row of a file may bring: what several files have brought together can still be saved. */
const MOST_ROWS = 200;
const MOST_TAGS = 500;

function line(most: number, what: string) {
  return z
    .string()
    .transform(oneLine)
    .refine((text) => Array.from(text).length <= most, {
      message: `${what} is too long: ${most} characters at most.`,
    })
    .optional();
}

const label = line(limits.label, "The label");
const note = line(limits.note, "The note");

/** What stands beside every email, phone and address. A note that is not there is absent. */
function beside(row: { label?: string; note?: string }) {
  return { label: row.label || null, ...(row.note ? { note: row.note } : {}) };
}

const emailRow = z.object({ value: line(limits.email, "This email"), label, note }).transform((row, context) => {
  if (!row.value) return null;
  const reading = readEmail(row.value);
  if (reading.ok) return { value: reading.value, ...beside(row) };
  context.addIssue({ code: "custom", path: ["value"], message: reading.reason });
  return z.NEVER;
});

function phoneRow(country: string) {
  return z.object({ value: line(limits.phone, "This phone number"), label, note }).transform((row, context) => {
    if (!row.value) return null;
    const reading = readPhone(row.value, country);
    if (reading.ok) return { value: reading.value, ...beside(row) };
    context.addIssue({ code: "custom", path: ["value"], message: reading.reason });
    return z.NEVER;
  });
}

const addressRow = z
  .object({
    label,
    note,
    street: line(limits.address, "The street"),
    city: line(limits.address, "The town"),
    region: line(limits.address, "The county"),
    postalCode: line(limits.address, "The postcode"),
    country: line(limits.address, "The country"),
  })
  .transform(({ street, city, region, postalCode, country, ...row }) => {
    if (![street, city, region, postalCode, country].some(Boolean)) return null;
    return {
      ...beside(row),
      street: street || null,
      city: city || null,
      region: region || null,
      postalCode: postalCode || null,
      country: country ? countryCode(country) : null,
    };
  });

function rows<Row extends z.ZodType<object | null>>(row: Row, keyOf: (item: NonNullable<z.output<Row>>) => string) {
  return z
    .array(row)
    .max(MOST_ROWS, `No more than ${MOST_ROWS} of these.`)
    .optional()
    .transform((items) => {
      const kept = new Map<string, NonNullable<z.output<Row>>>();
      for (const item of items ?? []) {
        if (item && !kept.has(keyOf(item))) kept.set(keyOf(item), item);
      }
      return [...kept.values()];
    });
}

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

/** The form of one account, whose country tells how phone numbers without a country code are read. */
export function contactForm({ phoneCountry }: { phoneCountry: string }) {
  return z
    .object({
      kind: z.enum(contactKinds, { message: "Choose what this contact is." }),
      givenName: line(limits.name, "The given name"),
      familyName: line(limits.name, "The family name"),
      typedName: line(limits.name, "The name"),
      company: line(limits.name, "The company"),
      jobTitle: line(limits.name, "The job title"),
      emails: rows(emailRow, (email) => email.value.toLowerCase()),
      phones: rows(phoneRow(phoneCountry), (phone) => phone.value),
      addresses: rows(addressRow, (address) => JSON.stringify({ ...address, label: null, note: null }).toLowerCase()),
      notes: z
        .string()
        .transform(manyLines)
        .refine((text) => text.length <= limits.notes, `The notes are too long: ${limits.notes} characters at most.`)
        .optional(),
      tags,
    })
    .transform((typed, context) => {
      const values = toValues(typed);
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

type Typed = Pick<ContactValues, "kind" | "emails" | "phones" | "addresses" | "tags"> &
  Partial<Record<"givenName" | "familyName" | "typedName" | "company" | "jobTitle" | "notes", string>>;

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
    birthday: null,
    diedOn: null,
    timeZone: null,
    language: null,
    notes: typed.notes || null,
    emails: typed.emails,
    phones: typed.phones,
    addresses: typed.addresses,
    tags: typed.tags,
  };
}

/** What a form begins with: the contact as it is, written as people write it, and a blank row of each kind. */
export function formDefaults(values: ContactValues, { locale }: { locale: string }) {
  const { givenName, familyName, typedName, company, jobTitle, notes } = values;
  const blank = { value: "", label: "", note: "" };
  return {
    kind: values.kind,
    ...texts({ givenName, familyName, typedName, company, jobTitle, notes }),
    tags: values.tags.join(", "),
    emails: [...values.emails.map((email) => texts({ note: null, ...email })), blank],
    phones: [...values.phones.map((phone) => texts({ note: null, ...phone, value: phoneText(phone.value) })), blank],
    addresses: (values.addresses.length > 0 ? values.addresses : [noAddress]).map((address) =>
      texts({ note: null, ...address, country: address.country && nameToType(address.country, locale) }),
    ),
  };
}

/** A country's name, if reading it again gives the same country; else its code. */
function nameToType(country: string, locale: string): string {
  const name = countryName(country, locale);
  return countryCode(name) === country ? name : country;
}

const noAddress = { label: null, street: null, city: null, region: null, postalCode: null, country: null };

function texts<Key extends string>(values: Record<Key, string | null>): Record<Key, string> {
  const entries = Object.entries<string | null>(values).map(([key, value]) => [key, value ?? ""]);
  return Object.fromEntries(entries) as Record<Key, string>;
}

export type ContactFormDefaults = ReturnType<typeof formDefaults>;
