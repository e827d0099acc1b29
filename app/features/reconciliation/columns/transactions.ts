/** What analytics tracked, as columns: one entry for each purchase event. */
import { makeRoom } from "~/features/reconciliation/columns/grow";
import { TextColumn } from "~/features/reconciliation/columns/text-column";

/** Events of an aggregated row of which only the day is known lie at its midnight. */
export interface TransactionFacts {
  /** The number of its id in the books; -1 and less: minus the place in the list of faults and one. */
  key: number;
  /** Midnight in UTC of the plain date when only that is known. */
  atMs: number;
  /** 1 when the time of day is known. */
  isTimed: number;
  currency: number;
  /** In minor units, a safe integer. */
  value: number;
  /** 1 when the source gave more decimals than the currency has. */
  isRounded: number;
}

const START = 1 << 10;

export class Transactions {
  length = 0;
  /** The rows' own ids: the same when the source is read again. */
  readonly ids = new TextColumn();
  readonly facts = {
    key: new Int32Array(START),
    atMs: new Float64Array(START),
    isTimed: new Uint8Array(START),
    currency: new Uint16Array(START),
    value: new Float64Array(START),
    isRounded: new Uint8Array(START),
  };

  /** The id is the last one added to `ids`. */
  add(row: TransactionFacts): void {
    if (this.length === this.facts.value.length) makeRoom(this.facts);
    const { facts } = this;
    const at = this.length++;
    facts.key[at] = row.key;
    facts.atMs[at] = row.atMs;
    facts.isTimed[at] = row.isTimed;
    facts.currency[at] = row.currency;
    facts.value[at] = row.value;
    facts.isRounded[at] = row.isRounded;
  }
}
