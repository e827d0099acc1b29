/** A shop's sale, as far as its pages could tell analytics. */
export interface Sale {
  /** What the shop's tag sends as the transaction. */
  id: string;
  /** Milliseconds since 1970. */
  placedAt: number;
  value: number;
  currency: string;
  /** How it was paid. */
  method: string;
}
