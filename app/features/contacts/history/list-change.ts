/** What a change does to a list of a contact's, part by part: whole lists beside each other say what stays twice. */
import { type ContactField, type ContactValues } from "~/features/contacts/contact";
import { fieldText, type State, valuesIn } from "~/features/contacts/history/history";
import { type Home } from "~/features/contacts/values/address-text";

const lists = ["emails", "phones", "addresses", "tags"] as const satisfies readonly (ContactField &
  keyof ContactValues)[];
type List = (typeof lists)[number];

/** Null where it is no list, or where nothing of it stays. Where only its order changes, nothing is gone and nothing new. */
export function listChange(field: ContactField | null, states: { before: State; after: State }, home: Home) {
  const list = lists.find((one) => one === field);
  if (!list) return null;
  const [was, is] = [partsOf(list, states.before, home), partsOf(list, states.after, home)];
  const gone = was.filter((text) => !is.includes(text));
  const now = is.map((text) => ({ text, isNew: !was.includes(text) }));
  const isOther = was.length !== is.length || was.some((text, index) => text !== is[index]);
  return isOther && now.some(({ isNew }) => !isNew) ? { gone, now } : null;
}

function partsOf(list: List, state: State, home: Home): string[] {
  const parts: readonly unknown[] = valuesIn(state)[list] ?? [];
  const alone = (part: unknown): object => ({ [list]: [part] });
  return [...new Set(parts.map((part) => fieldText(list, alone(part), home)))];
}
