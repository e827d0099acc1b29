/** What a run of a connector says of itself in numbers, and whether they add up. Pure. */

export interface StreamFacts {
  noun: { one: string; many: string };
  /** Read from its first record to its last. */
  isComplete: boolean;
  /** Distinct records that came. */
  read: number;
  /** The least and the most that the source said it has while it was read; null: it does not say. */
  said: readonly [number, number] | null;
  /** How many are here: before the run, and now by its own reckoning. */
  before: number;
  now: number;
  /** How many of them say here what they say at the source. */
  standing: number;
  /** Counted in the database at the end; null: only changes were read. */
  found: { standing: number; now: number; seen: number } | null;
}

export interface ReceiptFacts {
  counts: {
    read: number;
    created: number;
    changed: number;
    same: number;
    refused: number;
    held: number;
    gone: number;
  };
  streams: readonly StreamFacts[];
}

/** What does not add up, in sentences; none: all does. */
export function whatIsWrong({ counts, streams }: ReceiptFacts, locale: string): string[] {
  const number = (count: number) => count.toLocaleString(locale);
  const { read, created, changed, same, refused, held } = counts;
  const parts = created + changed + same + refused + held;
  const ofStreams = streams.reduce((sum, stream) => sum + stream.read, 0);
  return [
    ...(parts === read ? [] : [`${number(read)} records were read, but of ${number(parts)} it is known what became.`]),
    ...(ofStreams === read ? [] : [`${number(read)} records were read, but ${number(ofStreams)} came.`]),
    ...streams.flatMap((stream) => whatIsWrongWith(stream, number)),
  ];
}

function whatIsWrongWith(stream: StreamFacts, number: (count: number) => string): string[] {
  const { noun, isComplete, read, said } = stream;
  const isOther = isComplete && said && (read < said[0] || read > said[1]);
  return [
    ...(isOther ? [`The source says it has ${saidWords(said, noun, number)}, but ${number(read)} came.`] : []),
    ...foundOtherwise(stream, number),
  ];
}

/** Where the database has other numbers than the run has reckoned. */
function foundOtherwise(
  { noun, read, now, standing, found }: StreamFacts,
  number: (count: number) => string,
): string[] {
  if (!found) return [];
  const wrong: string[] = [];
  if (found.now !== now) {
    wrong.push(`${number(now)} ${noun.many} should be stored, but ${number(found.now)} are.`);
  }
  if (found.standing !== standing) {
    wrong.push(
      `${number(standing)} ${noun.many} should say here what they say there, but ${number(found.standing)} do.`,
    );
  }
  if (found.seen !== read) {
    wrong.push(`${number(read)} ${noun.many} came, but ${number(found.seen)} are known to have come.`);
  }
  return wrong;
}

function saidWords([least, most]: readonly [number, number], noun: StreamFacts["noun"], number: (n: number) => string) {
  const range = least === most ? number(most) : `${number(least)} to ${number(most)}`;
  return `${range} ${most === 1 ? noun.one : noun.many}`;
}

/** How many the source says it has in all; null where one of its streams does not say, or was not read whole. */
export function countSaid(streams: readonly StreamFacts[]): number | null {
  return streams.reduce<number | null>(
    (sum, { isComplete, said }) => (sum === null || !isComplete || !said ? null : sum + said[1]),
    streams.length === 0 ? null : 0,
  );
}

/** The receipt as one sentence, for the log and for notices. */
export function receiptSentence(
  { counts, streams }: ReceiptFacts,
  locale: string,
  { words }: { words: { one: string; many: string } } = { words: { one: "record", many: "records" } },
): string {
  const number = (count: number) => count.toLocaleString(locale);
  const { read, created, changed, same, refused, held, gone } = counts;
  const said = countSaid(streams);
  const stored = streams.reduce((sum, stream) => sum + stream.now, 0);
  const parts = [
    ...(said === null ? [] : [`The source says ${number(said)}`]),
    `${said === null ? "Read" : "read"} ${number(read)} ${read === 1 ? words.one : words.many}`,
    `${number(created)} new`,
    `${number(changed)} changed`,
    `${number(same)} the same`,
    `${number(refused)} refused`,
    ...(held > 0 ? [`${number(held)} waiting for an answer`] : []),
    ...(gone > 0 ? [`${number(gone)} gone there`] : []),
  ];
  return `${parts.join(", ")}. Stored now: ${number(stored)}.`;
}

/** Of a run that took away what a connector had brought. `idle`: records of which nothing stood here. */
export function takenSentence(
  { counts: { gone }, streams }: ReceiptFacts,
  locale: string,
  { idle = 0 }: { idle?: number },
): string {
  const number = (count: number) => count.toLocaleString(locale);
  const stored = streams.reduce((sum, stream) => sum + stream.now, 0);
  const taken = `${number(gone)} ${gone === 1 ? "record" : "records"} taken away`;
  const rest = idle > 0 ? `; of ${number(idle)} more, refused or left out, there was nothing here` : "";
  return `${taken}${rest}. Stored now: ${number(stored)}.`;
}
