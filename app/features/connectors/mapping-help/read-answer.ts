/** What a model says, held against what it was asked. Nothing is believed but fields that there are, for columns that were sent. */
import { z } from "zod";
import { plainLine } from "~/features/connectors/mapping-help/plain-line";
import { type Question } from "~/features/connectors/mapping-help/question";

export interface Proposal {
  streamId: string;
  columnId: string;
  /** "": none fits. */
  field: string;
  /** From 0 to 1, as the model says itself. */
  confidence: number;
  /** In its own words. */
  why: string;
}

export interface ReadAnswer {
  proposals: Proposal[];
  /** How much of what it said is not used: fields that there are not, columns that nobody sent, one field twice. */
  left: number;
}

const MOST_WHY = 200;
const MOST_ITEMS = 500;

const answer = z.object({ columns: z.array(z.unknown()).max(MOST_ITEMS) });
const item = z.object({
  id: z.union([z.string().max(10), z.number().int()]).transform(String),
  field: z.string().max(100),
  confidence: z.number().min(0).max(1),
  why: z
    .string()
    .default("")
    .transform((why) => plainLine(why, MOST_WHY)),
});

/** Null: it is no answer to the question. */
export function readAnswer(text: string, question: Question): ReadAnswer | null {
  const found = answer.safeParse(jsonIn(text));
  if (!found.success) return null;
  const judged = new Map<number, Proposal>();
  for (const said of found.data.columns) {
    const proposal = proposalOf(said, question);
    if (!proposal) continue;
    const [place, value] = proposal;
    // What says two things of one column says nothing.
    judged.set(place, judged.has(place) ? { ...value, field: unclear } : value);
  }
  const proposals = eachFieldOnce(
    [...judged.values()].filter(({ field }) => field !== unclear),
    question,
  );
  return { proposals, left: found.data.columns.length - proposals.length };
}

/** No field of anybody's is called so. */
const unclear = "\0";

/** Models put a fence or a word around what they were asked for. */
function jsonIn(text: string): unknown {
  const [, fenced = ""] = text.split("```", 2);
  const candidates = [text, braced(fenced), braced(text)];
  return candidates.map(parsed).find((value) => value !== undefined);
}

function braced(text: string): string {
  return text.slice(Math.max(text.indexOf("{"), 0), text.lastIndexOf("}") + 1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function proposalOf(said: unknown, { columns, fields }: Question): [place: number, proposal: Proposal] | null {
  const { data } = item.safeParse(said);
  const place = data && /^[1-9]\d{0,3}$/.test(data.id) ? Number(data.id) - 1 : -1;
  const column = columns[place];
  if (!data || !column) return null;
  const { field, confidence, why } = data;
  if (field !== "" && !fields.some(({ id }) => id === field)) return null;
  return [place, { streamId: column.streamId, columnId: column.columnId, field, confidence, why }];
}

/** Of several columns of a stream that would go to what there is one of, the surest does; the others are left. */
function eachFieldOnce(proposals: readonly Proposal[], { fields }: Question): Proposal[] {
  const many = new Set(fields.filter((field) => field.many).map(({ id }) => id));
  const taken = new Set<string>();
  const surest = [...proposals].sort((a, b) => b.confidence - a.confidence);
  const standing = new Set(
    surest.filter(({ streamId, field }) => {
      const place = `${streamId} ${field}`;
      if (field === "" || many.has(field)) return true;
      return taken.has(place) ? false : Boolean(taken.add(place));
    }),
  );
  return proposals.filter((proposal) => standing.has(proposal));
}
