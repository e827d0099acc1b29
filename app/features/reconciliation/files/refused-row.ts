/** A row that is not compared. It costs only itself and is told with its line. */
export interface RefusedRow {
  line: number;
  reason: "no-id" | "no-time" | "unknown-currency" | "no-amount" | "too-many-decimals" | "too-large";
}

export type Refuse = (row: RefusedRow) => void;
