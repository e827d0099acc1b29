/** A whole change in words: what was done, to how many. */
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
  if (action.endsWith(".imported")) return fileName ? `Import of “${fileName}”` : "Import";
  if (action.endsWith(".synced")) return fileName ? `Run of “${fileName}”` : "Run of a connector";
  return wholes[action] ?? actionWords(action, { before: {}, fileName: null });
}

/** "812 new, 40 changed"; "12 contacts"; nothing where it was one. */
export function countWords({ action, counts, undoOf }: Told, locale: string): string {
  const number = (count = 0) => count.toLocaleString(locale);
  const taken = `${number(counts.created)} new, ${number(counts.changed)} changed`;
  if (action.endsWith(".imported")) return taken;
  if (action.endsWith(".synced")) {
    const parts = besideParts({ ...nothingBeside, ...counts }, { noun: subjectOf({ action }), locale });
    const isAllBeside = !counts.created && !counts.changed && parts.length > 0;
    return [...(isAllBeside ? [] : [taken]), ...parts].join(", ");
  }
  const many = counts.contacts ?? counts.undone;
  return many === undefined ? "" : countedIn({ action, undoOf }, many, locale);
}

type Verb = Pick<Told, "action" | "undoOf">;

/** What a change is about: contacts, unless a run brought something else in. */
export function subjectOf({ action, undoOf }: Verb): { kind: string; one: string; many: string } {
  const [subject = ""] = (undoOf?.rootAction ?? action).split(".");
  return broughtIn[subject] ?? { kind: "contact", one: "contact", many: "contacts" };
}

const broughtIn: Readonly<Record<string, ReturnType<typeof subjectOf>>> = {
  orders: { kind: "order", one: "order", many: "orders" },
  transactions: { kind: "transaction", one: "transaction", many: "transactions" },
};

/** "1,204 contacts", or of what else it is about. */
export function countedIn(change: Verb, count: number, locale: string): string {
  const { one, many } = subjectOf(change);
  return `${count.toLocaleString(locale)} ${count === 1 ? one : many}`;
}
