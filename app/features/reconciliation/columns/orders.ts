/** Orders as columns. Amounts are minor units in safe integers; what is larger is refused where it is read. */
import { makeRoom } from "~/features/reconciliation/columns/grow";
import { TextColumn } from "~/features/reconciliation/columns/text-column";

/** Whether it was a sale at all when analytics could have seen it. */
export const standings = ["sale", "test", "not-paid", "cancelled-before-capture"] as const;
export type Standing = (typeof standings)[number];

/** What one order is in numbers: words by their number in the books, `standing` by its place above. */
export interface OrderFacts {
  createdMs: number;
  currency: number;
  /** What the customer owed, with tax and shipping, as first ordered. */
  total: number;
  tax: number;
  shipping: number;
  discount: number;
  giftCard: number;
  /** Given back later. */
  refund: number;
  /** How many lines it has: each may have been rounded. */
  lines: number;
  method: number;
  channel: number;
  standing: number;
}

const START = 1 << 10;

export class Orders {
  length = 0;
  /** The source's own ids. */
  readonly ids = new TextColumn();
  readonly facts = {
    createdMs: new Float64Array(START),
    currency: new Uint16Array(START),
    total: new Float64Array(START),
    tax: new Float64Array(START),
    shipping: new Float64Array(START),
    discount: new Float64Array(START),
    giftCard: new Float64Array(START),
    refund: new Float64Array(START),
    lines: new Uint16Array(START),
    method: new Int32Array(START),
    channel: new Int32Array(START),
    standing: new Uint8Array(START),
    aliasEnd: new Uint32Array(START),
  };
  readonly aliases = { type: new Uint8Array(START), key: new Int32Array(START) };
  private aliasCount = 0;

  /** Its aliases follow by `addAlias`. The id is the last one added to `ids`. */
  add(order: OrderFacts): void {
    if (this.length === this.facts.total.length) makeRoom(this.facts);
    const { facts } = this;
    const at = this.length++;
    facts.createdMs[at] = order.createdMs;
    facts.currency[at] = order.currency;
    facts.total[at] = order.total;
    facts.tax[at] = order.tax;
    facts.shipping[at] = order.shipping;
    facts.discount[at] = order.discount;
    facts.giftCard[at] = order.giftCard;
    facts.refund[at] = order.refund;
    facts.lines[at] = order.lines;
    facts.method[at] = order.method;
    facts.channel[at] = order.channel;
    facts.standing[at] = order.standing;
    facts.aliasEnd[at] = this.aliasCount;
  }

  /** Another alias of the order added last: the place of its type in the list, the number of its key in the books. */
  addAlias(type: number, key: number): void {
    if (this.aliasCount === this.aliases.key.length) makeRoom(this.aliases);
    this.aliases.type[this.aliasCount] = type;
    this.aliases.key[this.aliasCount] = key;
    this.facts.aliasEnd[this.length - 1] = ++this.aliasCount;
  }

  /** Where the aliases of an order begin in `aliases`; they go on until its `aliasEnd`. */
  aliasStart(order: number): number {
    return order === 0 ? 0 : this.facts.aliasEnd[order - 1]!;
  }
}
