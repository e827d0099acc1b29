/** What a text can be told of whoever it goes to: each field by the name that a person writes between {{ and }}. */
import { type CustomField } from "~/features/contacts/contact";

export type BuiltInMergeField =
  | "firstName"
  | "lastName"
  | "fullName"
  | "salutation"
  | "company"
  | "jobTitle"
  | "city"
  | "firmName"
  | "senderName"
  | "campaignName";
/** Where somebody answers, and where they are taken off: addresses that are the recipient's own. */
export type LinkField = "responseLink" | "unsubscribeLink";
export type MergeFieldKey = BuiltInMergeField | LinkField | CustomField;

/** What is known of one recipient. A field that is absent, null or nothing but white space is blank. */
export type MergeValues = Partial<Record<MergeFieldKey, string | null>>;

export interface MergeField {
  key: MergeFieldKey;
  /** As it is shown and best written. */
  name: string;
  isLink: boolean;
  /** For the list beside the text. */
  hint: string;
}

const builtIn: readonly MergeField[] = [
  text("firstName", "first name", "Folasade"),
  text("lastName", "last name", "Adebayo"),
  text("fullName", "full name", "Folasade Adebayo"),
  text("salutation", "salutation", "Dear Folasade Adebayo"),
  text("company", "company", "Adebayo & Partners"),
  text("jobTitle", "job title", "Head of purchasing"),
  text("city", "city", "From the first address"),
  text("firmName", "firm name", "Your firm's name"),
  text("senderName", "sender's name", "Whoever the campaign belongs to"),
  text("campaignName", "campaign name", "What the campaign is called"),
];

const links: readonly MergeField[] = [
  link("responseLink", "response link", "Where they answer; put at the end if it is left out"),
  link("unsubscribeLink", "unsubscribe link", "Where they are taken off; put at the end if it is left out"),
];

function text(key: BuiltInMergeField, name: string, hint: string): MergeField {
  return { key, name, isLink: false, hint };
}

function link(key: LinkField, name: string, hint: string): MergeField {
  return { key, name, isLink: true, hint };
}

/** What people write for the same. */
const otherNames: Readonly<Record<string, BuiltInMergeField | LinkField>> = {
  "given name": "firstName",
  forename: "firstName",
  surname: "lastName",
  "family name": "lastName",
  name: "fullName",
  "sender name": "senderName",
  "response page": "responseLink",
  unsubscribe: "unsubscribeLink",
};

export interface Catalogue {
  /** In the order in which they are offered. */
  fields: readonly MergeField[];
  find(name: string): MergeField | null;
  /** The field whose name is nearly this; null when none is. */
  nearest(name: string): MergeField | null;
}

/**
 * The fields that a text may name. The account's own fields go by their names; where one is called like a field that
 * every account has, that one is meant.
 *
 * @param own in use, in their order
 * @param links whether there can be links at all: in a mail or a letter, not in a subject or a script
 */
export function mergeFields(
  own: readonly { id: string; name: string }[],
  { withLinks }: { withLinks: boolean },
): Catalogue {
  const fields = [
    ...builtIn,
    ...(withLinks ? links : []),
    ...own.map(({ id, name }): MergeField => ({ key: `custom:${id}`, name, isLink: false, hint: "Your own field" })),
  ];
  const byName = new Map<string, MergeField>();
  const add = (name: string, field: MergeField | undefined) => {
    if (field && !byName.has(name)) byName.set(name, field);
  };
  for (const field of fields) add(spelt(field.name), field);
  for (const [name, key] of Object.entries(otherNames)) {
    add(
      spelt(name),
      fields.find((field) => field.key === key),
    );
  }
  return {
    fields,
    find: (name) => byName.get(spelt(name)) ?? null,
    nearest: (name) => nearest(spelt(name), byName),
  };
}

/** Whether a field is one of the links, which need a place of their own in a text. */
export function isLinkField(key: MergeFieldKey): key is LinkField {
  return key === "responseLink" || key === "unsubscribeLink";
}

/** A name however it is typed: `First_Name`, `firstname` and `first name` are one, and so are `'` and `’`. */
function spelt(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_'’-]+/g, "");
}

/** Longer names are nobody's slip of the pen. */
const LONGEST_NAME = 60;

function nearest(name: string, byName: ReadonlyMap<string, MergeField>): MergeField | null {
  if (name === "" || name.length > LONGEST_NAME) return null;
  let best: { field: MergeField; slips: number } | null = null;
  for (const [known, field] of byName) {
    const slips = slipsBetween(name, known);
    if (slips <= Math.max(1, Math.floor(name.length / 3)) && slips < (best?.slips ?? Infinity)) best = { field, slips };
  }
  return best?.field ?? null;
}

/** How many letters have to be put in, left out or changed (Levenshtein). */
function slipsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
