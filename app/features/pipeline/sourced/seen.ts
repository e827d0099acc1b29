/** Which records of a stream a run has seen, by their numbers: a bit for each, in blocks. Nothing is ever changed in place. */
export type Seen = ReadonlyMap<number, Uint8Array>;

export const nothingSeen: Seen = new Map();

/** A block is half a kilobyte: a page of records in their order touches one or two, in any order a few dozen. */
const BITS = 4_096;

const blockOf = (number: number) => Math.floor(number / BITS);

export function hasSeen(seen: Seen, number: number): boolean {
  const at = number % BITS;
  return (((seen.get(blockOf(number))?.[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;
}

export function withSeen(seen: Seen, numbers: readonly number[]): Seen {
  const all = new Map(seen);
  const own = new Set<number>();
  for (const number of numbers) {
    const block = blockOf(number);
    if (!own.has(block)) {
      all.set(block, Uint8Array.from(all.get(block) ?? new Uint8Array(BITS / 8)));
      own.add(block);
    }
    const bytes = all.get(block)!;
    const at = number % BITS;
    bytes[at >> 3] = bytes[at >> 3]! | (1 << (at & 7));
  }
  return all;
}

/** The blocks in which one is another than before, to be written. */
export function changedBlocks(before: Seen, now: Seen): [block: number, bits: Uint8Array][] {
  return [...now].filter(([block, bits]) => before.get(block) !== bits);
}

export function countSeen(seen: Seen): number {
  let count = 0;
  for (const bits of seen.values()) {
    for (let byte of bits) for (; byte !== 0; byte &= byte - 1) count += 1;
  }
  return count;
}

/** Numbers behind `after`, up to `last`, that were not seen, in their order. */
export function* unseenNumbers(seen: Seen, { after, last }: { after: number; last: number }): Generator<number> {
  for (let number = after + 1; number <= last; number += 1) {
    const bits = seen.get(blockOf(number));
    // Whole bytes at once: of nearly all everything was seen.
    if (number % 8 === 0 && bits?.[(number % BITS) >> 3] === 255) number += 7;
    else if (!hasSeen(seen, number)) yield number;
  }
}
