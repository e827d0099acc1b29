/** What a page sends of the fields that were ticked: of each stream whether it is read, which fields, from which day on, as what. */
import { type Stream } from "~/features/connectors/connector";
import { type Selection } from "~/features/connectors/connector-settings";
import { completed, type Offers } from "~/features/connectors/set-up/offers";
import { isDate } from "~/platform/time";

export const readName = (streamId: string) => `read:${streamId}`;
export const fieldName = (streamId: string) => `field:${streamId}`;
export const startName = (streamId: string) => `start:${streamId}`;
export const kindName = (streamId: string) => `kind:${streamId}`;

const LONGEST_NAME = 200;

/** A stream that is not read is not in it. What the system does not offer, and nobody had chosen before, is left out. */
export function readFieldsForm(
  sent: FormData,
  { streams, offers, before }: { streams: readonly Stream[]; offers: Offers; before: Selection },
): Selection {
  const chosen: Selection = {};
  for (const stream of streams) {
    const { id } = stream;
    if (!sent.has(readName(id))) continue;
    const known = new Set([...(offers[id] ?? []).map((field) => field.id), ...(before[id]?.fields ?? [])]);
    const fields = textsOf(sent, fieldName(id)).filter((field) => known.has(field));
    chosen[id] = { fields, start: startIn(sent, stream), ...kindIn(sent, stream) };
  }
  return completed(chosen, offers);
}

function startIn(sent: FormData, { id, hasStart }: Stream): string | null {
  const [start = ""] = textsOf(sent, startName(id));
  return hasStart && start !== "" ? start : null;
}

function kindIn(sent: FormData, { id, kinds = [] }: Stream): { kind?: string } {
  const [said] = textsOf(sent, kindName(id));
  return kinds.some((kind) => kind.id === said) ? { kind: said } : {};
}

export function textsOf(sent: FormData, name: string): string[] {
  return sent.getAll(name).flatMap((value) => (typeof value === "string" ? [value.slice(0, LONGEST_NAME)] : []));
}

/** What is wrong with a choice, by the name of its field in the form; "" for the form as a whole. */
export function choiceProblems(
  streams: readonly Stream[],
  chosen: Selection,
  today: string,
): { name: string; words: string }[] {
  const read = streams.filter(({ id }) => chosen[id]);
  if (read.length === 0) return [{ name: "", words: "Choose at least one thing to read, and some of its fields." }];
  return read.flatMap(({ id, noun }) => {
    const { fields = [], start = null } = chosen[id] ?? {};
    const none = { name: readName(id), words: `Choose at least one field of the ${noun.many}, or leave them out.` };
    const badStart = { name: startName(id), words: startWords(noun.many, start, today) };
    return [...(fields.length === 0 ? [none] : []), ...(badStart.words === "" ? [] : [badStart])];
  });
}

function startWords(many: string, start: string | null, today: string): string {
  if (start === null) return "";
  if (!isDate(start)) return `Write the day from which on ${many} are read as a date, or leave it empty to read all.`;
  return start > today ? `The day from which on ${many} are read is still to come. Choose one before it.` : "";
}
