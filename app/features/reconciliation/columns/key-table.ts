/** Gives each different text a number, counted from 0 as they come: what is compared by the million is numbers. */
import { textBuffer } from "~/features/reconciliation/columns/text-buffer";
import { hashOf, TextColumn } from "~/features/reconciliation/columns/text-column";

export class KeyTable {
  private readonly texts = new TextColumn();
  private hashes = new Int32Array(1 << 12);
  /** A text's number and one, 0 where nothing is; found by open addressing, at most half full. */
  private slots = new Int32Array(1 << 13);
  /** Other in each table, so that nobody can write a file of ids that all fall into one place. */
  private readonly seed = Math.floor(Math.random() * 2 ** 32) | 0;

  get size(): number {
    return this.texts.length;
  }

  /** The number of this text, a new one when it has not been seen. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const hash = this.hashOf(bytes, from, to);
    const slot = this.slotOf(hash, bytes, from, to);
    const found = this.slots[slot]!;
    return found > 0 ? found - 1 : this.add(slot, hash, bytes, from, to);
  }

  internText(text: string): number {
    const length = textBuffer.write(text);
    return this.intern(textBuffer.bytes, 0, length);
  }

  /** -1 when it has not been seen. */
  find(text: string): number {
    const length = textBuffer.write(text);
    return this.findBytes(textBuffer.bytes, 0, length);
  }

  findBytes(bytes: Uint8Array, from: number, to: number): number {
    return this.slots[this.slotOf(this.hashOf(bytes, from, to), bytes, from, to)]! - 1;
  }

  text(number: number): string {
    return this.texts.text(number);
  }

  /** The last character is only added: numbers that follow each other lie side by side, where memory is read at once. */
  private hashOf(bytes: Uint8Array, from: number, to: number): number {
    return to === from ? 0 : (hashOf(bytes, from, to - 1, this.seed) + bytes[to - 1]!) | 0;
  }

  private slotOf(hash: number, bytes: Uint8Array, from: number, to: number): number {
    const { slots, hashes, texts } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = slots[slot]! - 1;
      if (number < 0 || (hashes[number] === hash && texts.is(number, bytes, from, to))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private add(slot: number, hash: number, bytes: Uint8Array, from: number, to: number): number {
    const number = this.texts.append(bytes, from, to);
    if (number === this.hashes.length) this.grow();
    this.hashes[number] = hash;
    if ((number + 1) * 2 > this.slots.length) this.spread(number);
    else this.slots[slot] = number + 1;
    return number;
  }

  private grow() {
    const longer = new Int32Array(this.hashes.length * 2);
    longer.set(this.hashes);
    this.hashes = longer;
  }

  private spread(last: number) {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number <= last; number++) {
      let slot = this.hashes[number]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}
