/** Which orders go by a key, for each type of alias. */
import { type Books } from "~/features/reconciliation/columns/books";
import { aliasTypes } from "~/features/reconciliation/ids/alias-types";

const NOBODY = 0;
const SEVERAL = -1;

/** Beside the columns, only keys that several orders share are kept as objects. */
export class AliasIndex {
  /** For each type that occurs, by key: an order's number and one, or one of the marks above. */
  private readonly holders: (Int32Array | null)[];
  private readonly shared = new Map<number, number[]>();
  /** Places of the types that occur in the list of types. */
  readonly types: readonly number[];

  constructor({ orders, keys }: Books) {
    this.holders = aliasTypes.map(() => null);
    const { type, key } = orders.aliases;
    for (let order = 0, at = 0; order < orders.length; order++) {
      const end = orders.facts.aliasEnd[order]!;
      for (; at < end; at++) this.put(type[at]!, key[at]!, order, keys.size);
    }
    this.types = aliasTypes.map((_, place) => place).filter((place) => this.holders[place]);
  }

  /** The order that goes by it as the only one; -1 when there is none, or several. */
  only(type: number, key: number): number {
    const holder = this.holders[type]?.[key] ?? NOBODY;
    return holder > NOBODY ? holder - 1 : -1;
  }

  isShared(type: number, key: number): boolean {
    return this.holders[type]?.[key] === SEVERAL;
  }

  /** Every order that goes by it, one after another as they were added. */
  all(type: number, key: number): readonly number[] {
    const shared = this.shared.get(key * aliasTypes.length + type);
    if (shared) return shared;
    const only = this.only(type, key);
    return only < 0 ? [] : [only];
  }

  /** Whether no order but this one goes by the key, under any type; -1: none at all. */
  belongsToNoOther(key: number, order: number): boolean {
    for (const type of this.types) {
      const holder = this.holders[type]![key]!;
      if (holder !== NOBODY && holder !== order + 1) return false;
    }
    return true;
  }

  private put(type: number, key: number, order: number, keys: number) {
    const holders = (this.holders[type] ??= new Int32Array(keys));
    const holder = holders[key]!;
    if (holder === NOBODY) holders[key] = order + 1;
    else if (holder !== order + 1) this.share(type, key, order);
  }

  private share(type: number, key: number, order: number) {
    const holders = this.holders[type]!;
    const place = key * aliasTypes.length + type;
    const shared = this.shared.get(place) ?? [holders[key]! - 1];
    if (shared.at(-1) !== order) shared.push(order);
    this.shared.set(place, shared);
    holders[key] = SEVERAL;
  }
}
