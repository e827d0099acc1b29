/** Reads what is to be changed of many contacts. Pure. */
import { type BulkChange, type BuiltInBulkField } from "~/features/contacts/bulk/bulk-edit";
import {
  bulkChoices,
  type BulkErrors,
  type BulkInput,
  type BulkTyped,
  inputOf,
} from "~/features/contacts/bulk/bulk-typed";
import { channels } from "~/features/contacts/consent/consent";
import { contactKinds } from "~/features/contacts/contact";
import { limits } from "~/features/contacts/contact-limits";
import { type FieldDefinition, fieldOf } from "~/features/contacts/custom/custom-field";
import { requiredWords } from "~/features/contacts/custom/custom-form";
import { readValue, type ValuePlace } from "~/features/contacts/custom/custom-value";
import { oneOf } from "~/features/contacts/list/list-filters";
import { isLanguage } from "~/features/contacts/values/language";
import { manyLines, oneLine } from "~/features/contacts/values/typed-text";

export interface FormFacts {
  /** Who can look after contacts; null: whoever asks has no choice. */
  members: readonly { id: string; name: string }[] | null;
  zoneNamed(text: string): string | null;
  /** The account's own that are in use. */
  fields: readonly FieldDefinition[];
  place: ValuePlace;
}

export type ReadBulk = { ok: true; change: BulkChange } | { ok: false; errors: BulkErrors };

const MOST_TAGS = 50;

const ok = (change: BulkChange): ReadBulk => ({ ok: true, change });
const no = (field: BulkInput, message: string): ReadBulk => ({ ok: false, errors: { [field]: [message] } });

export function readBulkForm(typed: BulkTyped, facts: FormFacts): ReadBulk {
  const own = facts.fields.find((field) => fieldOf(field) === typed.what);
  if (own) return readOwn(own, typed, facts);
  const what = oneOf(bulkChoices, typed.what);
  switch (what) {
    case null:
      return no("what", "Choose what to change.");
    case "tag":
    case "untag":
      return readTags(what, typed.tags);
    case "owner":
      return readOwner(typed.owner, facts);
    case "marks":
      return readMarks(typed);
    case "archive":
    case "unarchive":
    case "delete":
      return ok({ what });
    default:
      return readField(what, typed, facts);
  }
}

/** As the form of a contact reads it. */
function readOwn(field: FieldDefinition, { custom }: BulkTyped, { place }: FormFacts): ReadBulk {
  const text = oneLine(custom[field.id] ?? "");
  if (text === "" && field.isRequired) return no(inputOf(field), requiredWords(field));
  const reading = text === "" ? { ok: true as const, value: null } : readValue(field, text, place);
  if (!reading.ok) return no(inputOf(field), reading.reason);
  return ok({ what: "field", field: fieldOf(field), value: reading.value });
}

function readTags(what: "tag" | "untag", text: string): ReadBulk {
  const names = new Map<string, string>();
  for (const part of text.split(/[,;\n]/)) {
    const name = oneLine(part);
    if (name && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  const tags = [...names.values()];
  if (tags.length === 0) return no("tags", "Give at least one tag.");
  if (tags.length > MOST_TAGS) return no("tags", `No more than ${MOST_TAGS} tags at once.`);
  if (tags.some((tag) => Array.from(tag).length > limits.tag)) {
    return no("tags", `A tag is too long: ${limits.tag} characters at most.`);
  }
  return ok({ what, tags });
}

function readOwner(owner: string, { members }: FormFacts): ReadBulk {
  if (!members) return no("what", "You see your own contacts only, and cannot hand them over.");
  if (owner === "nobody") return ok({ what: "owner", ownerId: null, ownerName: null });
  const member = members.find(({ id }) => id === owner);
  if (!member) return no("owner", "Choose who looks after them.");
  return ok({ what: "owner", ownerId: member.id, ownerName: member.name });
}

function readMarks({ channels: ticked, reason: text }: BulkTyped): ReadBulk {
  const chosen = channels.filter((channel) => ticked.includes(channel));
  if (chosen.length === 0) return no("channel", "Choose what not to use.");
  const reason = oneLine(text);
  if (!reason) return no("reason", "Give the reason: somebody will ask for it.");
  if (Array.from(reason).length > limits.note) return no("reason", `Use at most ${limits.note} characters.`);
  return ok({ what: "marks", channels: chosen, reason });
}

function readField(field: BuiltInBulkField, typed: BulkTyped, { zoneNamed }: FormFacts): ReadBulk {
  const text = field === "notes" ? manyLines(typed.notes) : oneLine(typed[field]);
  const read = field === "timeZone" ? readZone(text, zoneNamed) : readers[field](text);
  return "refused" in read ? no(field, read.refused) : ok({ what: "field", field, value: read.value });
}

type Read = { value: string | null } | { refused: string };

const upTo =
  (most: number) =>
  (text: string): Read =>
    Array.from(text).length > most ? { refused: `Use at most ${most} characters.` } : { value: text || null };

const readers: Record<Exclude<BuiltInBulkField, "timeZone">, (text: string) => Read> = {
  company: upTo(limits.name),
  jobTitle: upTo(limits.name),
  notes: upTo(limits.notes),
  kind: (text) => (oneOf(contactKinds, text) ? { value: text } : { refused: "Choose what kind of contact they are." }),
  language: (text) =>
    !text || isLanguage(text) ? { value: text || null } : { refused: "Choose a language from the list." },
};

function readZone(text: string, zoneNamed: FormFacts["zoneNamed"]): Read {
  const zone = text ? zoneNamed(text) : null;
  return zone ? { value: zone } : { refused: "This time zone is not known. Choose one, such as Europe/London." };
}
