/** A change of many in words: on the page that asks, the one that shows the numbers, and the message in the end. */
import { type BulkChange, isBuiltIn } from "~/features/contacts/bulk/bulk-edit";
import { channelVerbs } from "~/features/contacts/consent/consent";
import { type ContactKind, kindNames } from "~/features/contacts/contact";
import { type FieldDefinition, nameOfField } from "~/features/contacts/custom/custom-field";
import { customText } from "~/features/contacts/custom/custom-text";
import { languageName } from "~/features/contacts/values/language";

export interface BulkWords {
  title: string;
  /** What those who are changed do: "get the tag “client”". */
  toChange: string;
  /** Why others stay as they are. */
  same: string;
  refused: string;
  /** In the message when it is done: "tagged". */
  done: string;
  button: string;
}

const quoted = (texts: readonly string[]) => texts.map((text) => `“${text}”`).join(", ");

interface Reader {
  /** How they name languages, and write numbers and days. */
  locale: string;
  /** Those of the account's own, retired ones too. */
  fields: readonly FieldDefinition[];
}

export function bulkWords(change: BulkChange, reader: Reader): BulkWords {
  const refused = "would have nothing to be known by, and stay as they are";
  switch (change.what) {
    case "tag":
    case "untag":
      return { ...tagWords(change.what, change.tags), refused };
    case "field":
      return {
        ...fieldWords(nameOfField(change.field, reader.fields), shownValue(change, reader)),
        ...refusedOf(change, refused),
      };
    case "owner":
      return { ...ownerWords(change.ownerName), refused };
    case "marks": {
      const verbs = change.channels.map((channel) => channelVerbs[channel]).join(", ");
      return {
        title: "Do not contact",
        toChange: `are marked: do not ${verbs} (${change.reason})`,
        same: "are marked so for this reason already",
        ...{ refused, done: "marked", button: "Mark" },
      };
    }
    default:
      return { ...asideWords[change.what], refused };
  }
}

function tagWords(what: "tag" | "untag", tags: readonly string[]) {
  const which = `${tags.length === 1 ? "the tag" : "the tags"} ${quoted(tags)}`;
  if (what === "tag") {
    const same = `${tags.length === 1 ? "have it" : "have them"} already`;
    return { title: "Add tags", toChange: `get ${which}`, same, done: "tagged", button: "Tag" };
  }
  const same = `do not have ${tags.length === 1 ? "it" : "them"}`;
  return { title: "Take tags away", toChange: `lose ${which}`, same, done: "changed", button: "Take away from" };
}

function fieldWords(name: string, value: string | null) {
  if (value === null) {
    const [toChange, same] = [`lose what they say under ${name}`, "say nothing there already"];
    return { title: `Empty: ${name}`, toChange, same, done: "changed", button: "Change" };
  }
  const [toChange, same] = [`get ${name}: ${value}`, "say so already"];
  return { title: `Set: ${name}`, toChange, same, done: "changed", button: "Change" };
}

function refusedOf({ field }: Extract<BulkChange, { what: "field" }>, usual: string) {
  return { refused: field === "kind" ? "have no company’s name, and stay as they are" : usual };
}

function shownValue({ field, value }: Extract<BulkChange, { what: "field" }>, reader: Reader): string | null {
  if (value === null) return null;
  if (!isBuiltIn(field)) return customText(field, value, reader);
  if (field === "kind") return kindNames[value as ContactKind];
  if (field === "language") return languageName(value, reader.locale);
  const line = value.split("\n")[0] ?? "";
  return `“${line.length > 60 || line !== value ? `${line.slice(0, 60)}…` : line}”`;
}

function ownerWords(name: string | null) {
  return {
    title: "Who looks after them",
    toChange: `will be looked after by ${name ?? "nobody"}`,
    same: "are already",
    done: name ? `given to ${name}` : "looked after by nobody now",
    button: "Hand over",
  };
}

const asideWords = {
  archive: {
    ...{ title: "Archive", toChange: "leave lists and search", same: "are archived already" },
    ...{ done: "archived. Nothing is deleted", button: "Archive" },
  },
  unarchive: {
    ...{ title: "Take out of the archive", toChange: "come back into lists and search" },
    ...{ same: "are not archived", done: "restored", button: "Restore" },
  },
  delete: {
    ...{ title: "Delete", toChange: "are deleted; for 30 days this can be undone" },
    ...{ same: "are deleted already", done: "deleted", button: "Delete" },
  },
} as const;
