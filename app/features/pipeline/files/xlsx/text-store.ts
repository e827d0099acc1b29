/**
 * The texts that a workbook's cells share, kept as UTF-8 outside the heap: as strings they would take several times as
 * much.
 */
const PAGE_BYTES = 1024 * 1024;

export class TextStore {
  readonly #pages: Buffer[] = [];
  #free = 0;
  #count = 0;
  /** For each text its page, its beginning and its end there. */
  #places = new Uint32Array(3 * 1024);

  add(text: string): void {
    const bytes = Buffer.byteLength(text);
    let page = this.#pages.at(-1);
    if (!page || page.length - this.#free < bytes) {
      page = Buffer.allocUnsafeSlow(Math.max(PAGE_BYTES, bytes));
      this.#pages.push(page);
      this.#free = 0;
    }
    page.write(text, this.#free);
    if (3 * this.#count === this.#places.length) this.#grow();
    this.#places.set([this.#pages.length - 1, this.#free, this.#free + bytes], 3 * this.#count++);
    this.#free += bytes;
  }

  at(index: number): string {
    if (!(index >= 0 && index < this.#count)) return "";
    const at = 3 * index;
    return this.#pages[this.#places[at] ?? 0]?.toString("utf8", this.#places[at + 1], this.#places[at + 2]) ?? "";
  }

  #grow(): void {
    const larger = new Uint32Array(2 * this.#places.length);
    larger.set(this.#places);
    this.#places = larger;
  }
}
