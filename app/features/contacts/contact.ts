/** A contact is a person, a company or an estate: the firm's own tidy record of them. These are its words and shapes. */

export const contactKinds = ["individual", "business", "estate"] as const;
export type ContactKind = (typeof contactKinds)[number];

/** How a kind is called on a page. */
export const kindNames: Record<ContactKind, string> = { individual: "Person", business: "Company", estate: "Estate" };

/** The same for several: "284 companies". */
const kindPlurals: Record<ContactKind, string> = { individual: "people", business: "companies", estate: "estates" };

/** "1 company", "1,204 contacts": so many of a kind, or of any. `count` as a number decides, `text` is shown. */
export function countedContacts(
  count: number,
  locale: string,
  { kind = null, text = count.toLocaleString(locale) }: { kind?: ContactKind | null; text?: string } = {},
): string {
  const [one, many] = kind ? [kindNames[kind].toLowerCase(), kindPlurals[kind]] : ["contact", "contacts"];
  return `${text} ${count === 1 ? one : many}`;
}

// Types rather than interfaces: only those are taken for JSON.
export type Email = {
  value: string;
  label: string | null;
  /** Absent where there is none, here and below. */
  note?: string;
};

export type Phone = {
  /** E.164, e.g. `+442079460182`; where a number has no such form, what was typed. */
  value: string;
  label: string | null;
  note?: string;
};

export type Address = {
  label: string | null;
  note?: string;
  street: string | null;
  city: string | null;
  region: string | null;
  postalCode: string | null;
  /** ISO 3166-1 alpha-2 where known, else as typed. */
  country: string | null;
};

/** Everything a record can say about a contact. The first email, phone and address is the primary one. */
export type ContactValues = {
  kind: ContactKind;
  /** The name as typed, when it is not just the two parts put together. */
  typedName: string | null;
  givenName: string | null;
  familyName: string | null;
  company: string | null;
  jobTitle: string | null;
  /** `1958-03-14`, or `--03-14` where the year is not known (as in vCard 4, RFC 6350, 4.3.1). */
  birthday: string | null;
  /** The day of death, `2026-02-11`: never a recipient from then on. */
  diedOn: string | null;
  /** IANA name, where somebody said so; else it is derived from address or phone. */
  timeZone: string | null;
  /** BCP 47, e.g. `de` or `pt-BR`: what one writes to them in. */
  language: string | null;
  notes: string | null;
  emails: Email[];
  phones: Phone[];
  addresses: Address[];
  tags: string[];
  /** What it says of the account's own fields, each in its canonical form; absent where nobody has said anything. */
  [field: CustomField]: string | null | undefined;
};

/** A field of the account's own, by its id: `custom:0192…`. */
export type CustomField = `custom:${string}`;

export const contactFields = [
  "kind",
  "name",
  "company",
  "jobTitle",
  "birthday",
  "diedOn",
  "timeZone",
  "language",
  "notes",
  "emails",
  "phones",
  "addresses",
  "tags",
] as const;
export type BuiltInField = (typeof contactFields)[number];
/** What is pinned and traced as one: the parts of a name stand or fall together. */
export type ContactField = BuiltInField | CustomField;

/** How a field is called on a page. */
export const fieldNames: Record<BuiltInField, string> = {
  kind: "Kind",
  name: "Name",
  company: "Company",
  jobTitle: "Job title",
  birthday: "Birthday",
  diedOn: "Died on",
  timeZone: "Time zone",
  language: "Language",
  notes: "Notes",
  emails: "Email",
  phones: "Phone",
  addresses: "Address",
  tags: "Tags",
};

/** How a value of a field is called in a sentence. */
const valueNames: Record<BuiltInField, string> = {
  kind: "what kind of contact this is",
  name: "a name",
  company: "a company",
  jobTitle: "a job title",
  birthday: "a birthday",
  diedOn: "a date of death",
  timeZone: "a time zone",
  language: "a language",
  notes: "anything in notes",
  emails: "an email",
  phones: "a phone number",
  addresses: "an address",
  tags: "tags",
};

/** What has come of unpinning a field. */
export function unpinnedWords(field: ContactField, { stays, name }: { stays: boolean; name: string }): string {
  if (!stays) return `${name} unpinned: it says again what the other records say.`;
  const value = isCustomField(field) ? `anything of ${name}` : valueNames[field];
  return `${name} unpinned. Nothing else says ${value}, so it stays as you typed it until an import does.`;
}

export function isContactField(text: string): text is ContactField {
  return contactFields.some((field) => field === text) || isCustomField(text);
}

const customField = /^custom:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isCustomField(text: string): text is CustomField {
  return text.startsWith("custom:") && customField.test(text);
}

/** All fields, of the account's own those that any of these says something of. */
export function fieldsIn(...said: readonly (object | null | undefined)[]): ContactField[] {
  const own = new Set<CustomField>();
  for (const values of said) {
    for (const key in values) if (isCustomField(key)) own.add(key);
  }
  return own.size > 0 ? [...contactFields, ...[...own].sort()] : [...contactFields];
}

/** The values that belong to a field. */
export function keysOf(field: ContactField): readonly (keyof ContactValues)[] {
  return isCustomField(field) ? [field] : valuesOf[field];
}

/** What a key says where nobody has said anything. */
export function nothingOf(key: keyof ContactValues) {
  return nothingKnown[key] ?? null;
}

/** What is said of these keys, and nothing else; null or [] where nothing is. */
export function saidOf(keys: readonly (keyof ContactValues)[], from: Partial<ContactValues>): Partial<ContactValues> {
  const said: Record<string, unknown> = {};
  for (const key of keys) said[key] = from[key] ?? nothingOf(key);
  return said as Partial<ContactValues>;
}

/** The values that belong to each field. */
export const valuesOf = {
  kind: ["kind"],
  name: ["typedName", "givenName", "familyName"],
  company: ["company"],
  jobTitle: ["jobTitle"],
  birthday: ["birthday"],
  diedOn: ["diedOn"],
  timeZone: ["timeZone"],
  language: ["language"],
  notes: ["notes"],
  emails: ["emails"],
  phones: ["phones"],
  addresses: ["addresses"],
  tags: ["tags"],
} as const satisfies Record<BuiltInField, readonly (keyof ContactValues)[]>;

export const nothingKnown: ContactValues = {
  kind: "individual",
  typedName: null,
  givenName: null,
  familyName: null,
  company: null,
  jobTitle: null,
  birthday: null,
  diedOn: null,
  timeZone: null,
  language: null,
  notes: null,
  emails: [],
  phones: [],
  addresses: [],
  tags: [],
};

/** How a contact is called on a page: the name as typed, its parts, else whatever it is known by. */
export function displayName(values: ContactValues): string {
  const parts = [values.givenName, values.familyName].filter(Boolean).join(" ");
  return values.typedName ?? (parts || (values.company ?? values.emails[0]?.value ?? values.phones[0]?.value ?? ""));
}

/** How a contact stands in a list sorted by name: `Adebayo, Folasade`. */
export function listName(contact: { name: string; givenName: string | null; familyName: string | null }): string {
  if (!contact.familyName || !contact.givenName) return contact.name;
  return `${contact.familyName}, ${contact.givenName}`;
}

/** Whether there is anything to know this contact by: without it a record is refused. */
export function isKnown(values: ContactValues): boolean {
  return displayName(values) !== "";
}
