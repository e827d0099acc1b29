/** A whole change in words: what was done, to how many. */
import { countedContacts } from "~/features/contacts/contact";
import { besideParts, nothingBeside } from "~/features/pipeline/subject-beside";
import { actionWords } from "~/features/contacts/history/history-words";

/** What the contact's history says in other words, as there its page stands round them. */
const wholes: Record<string, string> = {
  "contact.created": "Contact made by hand",
  "contact.related": "Relationship added",
  "contact.unrelated": "Relationship taken away",
  "contact.given": "Given to somebody to look after",
  "contact.marked": "Marked “do not contact”",
  "contact.mark-lifted": "“Do not contact” lifted",
};

interface Told {
  action: string;
  undoOf?: { rootAction: string; isRedo: boolean } | null;
  counts: Readonly<Record<string, number>>;
}

/** "Import of “clients.csv”"; "Undo: edited by hand". */
export function changeWords({ action, undoOf }: Told, fileName: string | null): string {
  if (undoOf) {
    const words = changeWords({ action: undoOf.rootAction, counts: {} }, fileName);
    return `${undoOf.isRedo ? "Redo" : "Undo"}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
  }
  if (action === "contacts.imported") return fileName ? `Import of “${fileName}”` : "Import";
  if (action === "contacts.synced") return fileName ? `Run of “${fileName}”` : "Run of a connector";
  return wholes[action] ?? actionWords(action, { before: {}, fileName: null });
}

/** "812 new, 40 changed"; "12 contacts"; nothing where it was one. */
export function countWords({ action, counts }: Told, locale: string): string {
  const number = (count = 0) => count.toLocaleString(locale);
  const taken = `${number(counts.created)} new, ${number(counts.changed)} changed`;
  if (action === "contacts.imported") return taken;
  if (action === "contacts.synced") {
    const parts = besideParts({ ...nothingBeside, ...counts }, { noun: { one: "contact", many: "contacts" }, locale });
    const isAllBeside = !counts.created && !counts.changed && parts.length > 0;
    return [...(isAllBeside ? [] : [taken]), ...parts].join(", ");
  }
  const many = counts.contacts ?? counts.undone;
  return many === undefined ? "" : countedContacts(many, locale);
}
