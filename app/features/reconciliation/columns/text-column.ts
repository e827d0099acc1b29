/** Texts end to end as UTF-8, each found again by its number: a million ids without a million objects. */
import { type KeyTable } from "~/features/reconciliation/columns/key-table";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const digits = new Uint8Array(16);

export class TextColumn {
  length = 0;
  private bytes = new Uint8Array(1 << 16);
  private ends = new Uint32Array(1 << 12);

  /** Its number. */
  append(bytes: Uint8Array, from: number, to: number): number {
    const start = this.startOf(this.length);
    const end = start + to - from;
    this.makeRoom(end);
    const own = this.bytes;
    for (let at = from, into = start; at < to; at++, into++) own[into] = bytes[at]!;
    this.ends[this.length] = end;
    return this.length++;
  }

  appendText(text: string): number {
    const bytes = encoder.encode(text);
    return this.append(bytes, 0, bytes.length);
  }

  /** A whole number, as its digits. */
  appendCount(count: number): number {
    let [left, start] = [count, digits.length];
    do {
      digits[--start] = 0x30 + (left % 10);
      left = Math.floor(left / 10);
    } while (left > 0);
    return this.append(digits, start, digits.length);
  }

  text(number: number): string {
    return decoder.decode(this.bytes.subarray(this.startOf(number), this.ends[number]));
  }

  /** Whether text `number` is these bytes. */
  is(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.startOf(number);
    if (this.ends[number]! - start !== to - from) return false;
    const own = this.bytes;
    for (let at = from, beside = start; at < to; at++, beside++) if (own[beside] !== bytes[at]) return false;
    return true;
  }

  /** Negative, zero or positive, by their bytes: the same order on every machine. */
  compare(one: number, other: number): number {
    const [start, beside] = [this.startOf(one), this.startOf(other)];
    const [length, otherLength] = [this.ends[one]! - start, this.ends[other]! - beside];
    for (let at = 0; at < Math.min(length, otherLength); at++) {
      const difference = this.bytes[start + at]! - this.bytes[beside + at]!;
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  }

  /** What text `number` is called in the table; -1 when it is not there. */
  numberIn(table: KeyTable, number: number): number {
    return table.findBytes(this.bytes, this.startOf(number), this.ends[number]!);
  }

  /** Mixes the bytes of text `number` into a hash. */
  hash(number: number, seed: number): number {
    return hashOf(this.bytes, this.startOf(number), this.ends[number]!, seed);
  }

  private startOf(number: number): number {
    return number === 0 ? 0 : this.ends[number - 1]!;
  }

  private makeRoom(end: number) {
    if (this.length === this.ends.length) {
      const longer = new Uint32Array(this.ends.length * 2);
      longer.set(this.ends);
      this.ends = longer;
    }
    if (end <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, end));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** FNV-1a over the bytes, then mixed as MurmurHash3 ends, so that the lower bits differ, too. */
export function hashOf(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return mixed(hash);
}

export function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
