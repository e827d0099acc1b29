import { type AliasType } from "~/features/reconciliation/ids/alias-types";
import { type ValueBasis } from "~/features/reconciliation/basis/value-basis";
import { HOUR_MS } from "~/platform/time";

/** How far a tracked value may lie from the order's and still match. Both 0: not at all. */
export interface Tolerance {
  absoluteMinor: number;
  /** Hundredths of a per cent of the order's amount. */
  basisPoints: number;
}

/** What a comparison is told, beside its books. */
export interface Settings {
  /** The analytics property's. */
  timeZone: string;
  /** First and last day of the window there, both in it. */
  firstDay: string;
  lastDay: string;
  /** An instant. */
  now: string;
  /** How long hits may come late. */
  waitingMs: number;
  basis: ValueBasis;
  tolerance: Tolerance;
  /** Null: the type that finds most. */
  scheme: AliasType | null;
  /** Channels whose orders can never be tracked here. */
  untrackedChannels: readonly string[];
  leavesOutZero: boolean;
  /** Days of which the analytics told only a part, or nothing. */
  incompleteDays: readonly string[];
  /** What people decided, the latest last. */
  decisions: readonly Decision[];
}

/** Ids are the source's own of the order and the row's own: they are the same at the next run. */
export type Decision =
  | { kind: "match"; orderId: string; rowId: string }
  | { kind: "unmatch"; orderId: string; rowId: string }
  | { kind: "set-order-aside"; orderId: string; reason: string }
  | { kind: "set-row-aside"; rowId: string; reason: string };

export const usualWaitingMs = 72 * HOUR_MS;
