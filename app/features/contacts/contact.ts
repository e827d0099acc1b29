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
};

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
/** What is pinned and traced as one: the parts of a name stand or fall together. */
export type ContactField = (typeof contactFields)[number];

/** How a field is called on a page. */
export const fieldNames: Record<ContactField, string> = {
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
const valueNames: Record<ContactField, string> = {
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
export function unpinnedWords(field: ContactField, { stays }: { stays: boolean }): string {
  if (!stays) return `${fieldNames[field]} unpinned: it says again what the other records say.`;
  return `${fieldNames[field]} unpinned. Nothing else says ${valueNames[field]}, so it stays as you typed it until an import does.`;
}

export function isContactField(text: string): text is ContactField {
  return contactFields.some((field) => field === text);
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
} as const satisfies Record<ContactField, readonly (keyof ContactValues)[]>;

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
