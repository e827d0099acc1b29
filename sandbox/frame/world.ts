/**
 * The records behind a stand-in. Most are made up on the spot by their number, so that a hundred thousand cost nothing;
 * only what was changed, added or taken away is kept, with a journal of it.
 */

export interface Known<Item> {
  /** Its number. */
  key: number;
  item: Item;
  /** Milliseconds since 1970, by the world's own clock. */
  createdAt: number;
  changedAt: number;
  /** How often it was given another id. */
  renames: number;
  /** The numbers of those merged into it. */
  absorbed: readonly number[];
}

interface Gone {
  at: number;
  /** The number of what it was merged into; null: deleted. */
  into: number | null;
  renames: number;
}

export interface Entry<Item> {
  key: number;
  what: "added" | "changed" | "deleted" | "merged" | "renamed";
  /** As it was before; null: it was not. */
  before: Item | null;
}

/** A place in the order of changes: behind what was changed then and has this number. */
export interface Place {
  changedAt: number;
  key: number;
}

/** When the first was last changed; each further one a second later. */
const FIRST_CHANGE = Date.UTC(2025, 2, 3, 8);
const STEP_MS = 1_000;

export class World<Item> {
  /** By how much its clock is wrong. */
  skewMs = 0;
  /** It stands still then, as ISO 8601 has it; null: it runs. */
  stoppedAt: string | null = null;

  private readonly touched = new Map<number, Known<Item>>();
  private readonly taken = new Map<number, Gone>();
  private readonly journal: Entry<Item>[] = [];
  private sorted: Known<Item>[] | null = null;
  private last: number;

  /**
   * @param count how many there are at first, numbered from 1
   * @param make the record of a number: always the same
   */
  constructor(
    private readonly count: number,
    private readonly make: (key: number) => Item,
  ) {
    this.last = count;
  }

  clock = (): Date => {
    const now = this.stoppedAt === null ? new Date() : new Date(this.stoppedAt);
    return new Date(now.getTime() + this.skewMs);
  };

  /** How much has happened so far. */
  get seq(): number {
    return this.journal.length;
  }

  /** What has happened since so much had, until so much had. */
  since(seq: number, until = this.seq): readonly Entry<Item>[] {
    return this.journal.slice(seq, until);
  }

  size(): number {
    return this.last - this.taken.size;
  }

  get(key: number): Known<Item> | null {
    if (this.taken.has(key)) return null;
    const found = this.touched.get(key);
    if (found || key < 1 || key > this.count) return found ?? null;
    const changedAt = FIRST_CHANGE + key * STEP_MS;
    return { key, item: this.make(key), createdAt: changedAt, changedAt, renames: 0, absorbed: [] };
  }

  /** Without making up the record. */
  changedAt(key: number): number {
    return this.touched.get(key)?.changedAt ?? FIRST_CHANGE + key * STEP_MS;
  }

  gone(key: number): Gone | null {
    return this.taken.get(key) ?? null;
  }

  /** The numbers of all that are gone, in their order. */
  goneKeys(): number[] {
    return [...this.taken.keys()].sort((a, b) => a - b);
  }

  isTouched(key: number): boolean {
    return this.touched.has(key);
  }

  /** Numbers in their order, behind one. */
  *keys(behind = 0): Generator<number> {
    for (let key = behind + 1; key <= this.last; key++) if (!this.taken.has(key)) yield key;
  }

  /** Numbers from the longest unchanged on. */
  *keysByChange(behind: Place = { changedAt: 0, key: 0 }): Generator<number> {
    for (let key = firstBehind(behind); key <= this.count; key++) {
      if (!this.taken.has(key) && !this.touched.has(key)) yield key;
    }
    this.sorted ??= [...this.touched.values()]
      .filter(({ key }) => !this.taken.has(key))
      .sort((a, b) => a.changedAt - b.changedAt || a.key - b.key);
    for (const known of this.sorted) if (isBehind(known, behind)) yield known.key;
  }

  add(item: Item): number {
    const at = this.clock().getTime();
    const key = ++this.last;
    this.touched.set(key, { key, item, createdAt: at, changedAt: at, renames: 0, absorbed: [] });
    this.tell({ key, what: "added", before: null });
    return key;
  }

  change(key: number, patch: Partial<Item>): void {
    this.changeMany([key], () => patch);
  }

  /** All in one instant. */
  changeMany(keys: Iterable<number>, patch: (item: Item) => Partial<Item>): void {
    const at = this.clock().getTime();
    for (const key of [...keys]) {
      const { item } = this.there(key);
      this.put(key, { item: { ...item, ...patch(item) }, changedAt: at });
      this.tell({ key, what: "changed", before: item });
    }
  }

  remove(...keys: number[]): void {
    const at = this.clock().getTime();
    for (const key of keys) this.take(key, { at, into: null }, "deleted");
  }

  merge({ keep, absorb }: { keep: number; absorb: number }): void {
    const at = this.clock().getTime();
    const [kept, absorbed] = [this.there(keep), this.there(absorb)];
    this.take(absorb, { at, into: keep }, "merged");
    this.put(keep, { changedAt: at, absorbed: [...kept.absorbed, absorb, ...absorbed.absorbed] });
    this.tell({ key: keep, what: "changed", before: kept.item });
  }

  /** Gives it another id. */
  rename(key: number): void {
    const { item, renames } = this.there(key);
    this.put(key, { renames: renames + 1, changedAt: this.clock().getTime() });
    this.tell({ key, what: "renamed", before: item });
  }

  private there(key: number): Known<Item> {
    const found = this.get(key);
    if (!found) throw new Error(`There is no record ${key}.`);
    return found;
  }

  private put(key: number, more: Partial<Known<Item>>): void {
    this.touched.set(key, { ...this.there(key), ...more });
  }

  private take(key: number, facts: Omit<Gone, "renames">, what: "deleted" | "merged"): void {
    const { item, renames } = this.there(key);
    this.taken.set(key, { ...facts, renames });
    this.tell({ key, what, before: item });
  }

  private tell(entry: Entry<Item>): void {
    this.sorted = null;
    this.journal.push(entry);
  }
}

function isBehind(known: Place, { changedAt, key }: Place): boolean {
  return known.changedAt > changedAt || (known.changedAt === changedAt && known.key > key);
}

/** Of those never touched. */
function firstBehind({ changedAt, key }: Place): number {
  const at = Math.floor((changedAt - FIRST_CHANGE) / STEP_MS);
  const isExact = FIRST_CHANGE + at * STEP_MS === changedAt;
  return Math.max(1, isExact && key < at ? at : at + 1);
}
