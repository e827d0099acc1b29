/** Hands many mails over on a few lines at once, each mail once. */
import { type MailSettings } from "~/platform/env.server";
import { type Handed, type LetterToHand, type Line, notGiven, openLine } from "~/platform/mail/smtp-lines.server";
import { SECOND_MS } from "~/platform/time";

/** What small mail services let one have at once. */
const LINES = 5;
/** For mails under way when the worker must end. */
const GRACE_MS = 10 * SECOND_MS;

export interface HandedOver<Item> {
  /** What became of each. */
  outcomes: Map<Item, Handed>;
  /** What `write` threw, after which nothing more was handed over. */
  error: unknown;
}

export interface Lines {
  handOver<Item>(
    items: readonly Item[],
    write: (item: Item) => Promise<LetterToHand>,
    signal: AbortSignal,
  ): Promise<HandedOver<Item>>;
  close(): void;
}

type NotGiven = Extract<Handed, { kind: "not-given" }>;

const ENDING: NotGiven = { kind: "not-given", problem: "It was about to end", needsMending: false };

/** Lines are opened when they are needed, and kept until the end. */
export function openLines(settings: MailSettings, { lines = LINES } = {}): Lines {
  const held: Held = { idle: [], busy: new Set() };
  return {
    async handOver(items, write, signal) {
      let cutting: NodeJS.Timeout | undefined;
      const onAbort = () => {
        cutting = setTimeout(() => held.busy.forEach((line) => line.close()), GRACE_MS);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      try {
        return await handOver(settings, held, { items, write, signal, lines });
      } finally {
        signal.removeEventListener("abort", onAbort);
        clearTimeout(cutting);
      }
    },
    close: () => [...held.idle, ...held.busy].forEach((line) => line.close()),
  };
}

interface Held {
  idle: Line[];
  busy: Set<Line>;
}

interface Order<Item> {
  items: readonly Item[];
  write: (item: Item) => Promise<LetterToHand>;
  signal: AbortSignal;
  lines: number;
}

async function handOver<Item>(
  settings: MailSettings,
  held: Held,
  { items, write, signal, lines }: Order<Item>,
): Promise<HandedOver<Item>> {
  const left = [...items];
  const outcomes = new Map<Item, Handed>();
  let failure: NotGiven = ENDING;
  let error: unknown = null;
  const mayGoOn = () => left.length > 0 && !signal.aborted && !error && !failure.needsMending;

  /** Whether something became of a mail. What this line could not hand over is left for the others. */
  async function handOne(line: Line): Promise<boolean> {
    const [item] = left.splice(0, 1) as [Item];
    const letter = await write(item).catch((thrown: unknown) => void (error = thrown));
    const outcome = letter ? await line.hand(letter) : ENDING;
    if (outcome.kind !== "not-given") return outcomes.set(item, outcome).has(item);
    left.push(item);
    failure = outcome;
    return false;
  }

  async function serve(line: Line): Promise<number> {
    let served = 0;
    held.busy.add(line);
    while (mayGoOn() && line.isOpen() && (await handOne(line))) served += 1;
    held.busy.delete(line);
    if (line.isOpen()) held.idle.push(line);
    return served;
  }

  async function lane(): Promise<void> {
    while (mayGoOn()) {
      const taken = await takeLine(settings, held);
      if ("kind" in taken) {
        failure = taken;
        return;
      }
      const served = await serve(taken.line);
      // One that had served before may simply have been ended by the server: a new one is tried.
      if (taken.isFresh && served === 0) return;
    }
  }

  await Promise.all(Array.from({ length: Math.min(lines, items.length) }, lane));
  for (const item of left) outcomes.set(item, failure);
  return { outcomes, error };
}

/** An open line; or why there is none. */
async function takeLine(settings: MailSettings, { idle }: Held): Promise<{ line: Line; isFresh: boolean } | NotGiven> {
  const kept = idle.pop();
  if (kept?.isOpen()) return { line: kept, isFresh: false };
  try {
    return { line: await openLine(settings), isFresh: true };
  } catch (error) {
    if (error instanceof Error) return notGiven(error);
    throw error;
  }
}
