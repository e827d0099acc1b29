/** Texts end to end as UTF-8, each found again by its number: a million ids without a million objects. */
import { type KeyTable } from "~/features/reconciliation/columns/key-table";
import { textBuffer } from "~/features/reconciliation/columns/text-buffer";

const decoder = new TextDecoder();
const digits = new Uint8Array(16);
const nothing = new Uint8Array(0);

/** Pages need no copying when more is to come, as one growing buffer would. No text lies on two. */
const PAGE = 1 << 20;
const WITHIN = PAGE - 1;
const PAGE_BITS = 20;
const MOST_BYTES = 2 ** 31 - PAGE;

export class TextColumn {
  length = 0;
  private readonly pages: Uint8Array[] = [];
  private ends = new Uint32Array(1 << 12);

  /** Its number. Throws a RangeError at a text of more than 1 MB, or 2 GB in all. */
  append(bytes: Uint8Array, from: number, to: number): number {
    const start = this.placeFor(to - from);
    const page = this.pages[start >>> PAGE_BITS]!;
    for (let at = from, into = start & WITHIN; at < to; at++, into++) page[into] = bytes[at]!;
    if (this.length === this.ends.length) this.makeRoom();
    this.ends[this.length] = start + to - from;
    return this.length++;
  }

  appendText(text: string): number {
    const length = textBuffer.write(text);
    return this.append(textBuffer.bytes, 0, length);
  }

  /** A whole number, as its digits. */
  appendCount(count: number): number {
    let left = count;
    let start = digits.length;
    do {
      digits[--start] = 0x30 + (left % 10);
      left = Math.floor(left / 10);
    } while (left > 0);
    return this.append(digits, start, digits.length);
  }

  text(number: number): string {
    const start = this.startOf(number);
    const from = start & WITHIN;
    return decoder.decode(this.pageOf(start).subarray(from, from + this.ends[number]! - start));
  }

  /** Whether text `number` is these bytes. */
  is(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.startOf(number);
    if (this.ends[number]! - start !== to - from) return false;
    const page = this.pageOf(start);
    for (let at = from, beside = start & WITHIN; at < to; at++, beside++) {
      if (page[beside] !== bytes[at]) return false;
    }
    return true;
  }

  /** Negative, zero or positive, by their bytes: the same order on every machine. */
  compare(one: number, other: number): number {
    const start = this.startOf(one);
    const beside = this.startOf(other);
    const page = this.pageOf(start).subarray(start & WITHIN);
    const otherPage = this.pageOf(beside).subarray(beside & WITHIN);
    const length = this.ends[one]! - start;
    const otherLength = this.ends[other]! - beside;
    for (let at = 0; at < Math.min(length, otherLength); at++) {
      if (page[at] !== otherPage[at]) return page[at]! - otherPage[at]!;
    }
    return length - otherLength;
  }

  /** What text `number` is called in the table; -1 when it is not there. */
  numberIn(table: KeyTable, number: number): number {
    const start = this.startOf(number);
    const from = start & WITHIN;
    return table.findBytes(this.pageOf(start), from, from + this.ends[number]! - start);
  }

  /** Mixes the bytes of text `number` into a hash. */
  hash(number: number, seed: number): number {
    const start = this.startOf(number);
    const from = start & WITHIN;
    return hashOf(this.pageOf(start), from, from + this.ends[number]! - start, seed);
  }

  /** After the text before it, or where its page begins. */
  private startOf(number: number): number {
    const before = number === 0 ? 0 : this.ends[number - 1]!;
    const page = (this.ends[number]! - 1) & ~WITHIN;
    return page > before ? page : before;
  }

  /** Empty texts may lie behind the last page. */
  private pageOf(start: number): Uint8Array {
    return this.pages[start >>> PAGE_BITS] ?? nothing;
  }

  private placeFor(size: number): number {
    let start = this.length === 0 ? 0 : this.ends[this.length - 1]!;
    if ((start & WITHIN) + size > PAGE) start = (start | WITHIN) + 1;
    if (size > PAGE || start > MOST_BYTES) throw new RangeError("More text than can be compared");
    if (start >>> PAGE_BITS === this.pages.length) this.pages.push(new Uint8Array(PAGE));
    return start;
  }

  private makeRoom() {
    const longer = new Uint32Array(this.ends.length * 2);
    longer.set(this.ends);
    this.ends = longer;
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
