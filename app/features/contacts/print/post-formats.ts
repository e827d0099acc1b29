/** Envelopes and sheets of labels, in millimetres. */

export interface EnvelopeFormat {
  name: string;
  width: number;
  height: number;
}

/** ISO 269 and DIN 678; the American one is 9 1/2 by 4 1/8 inches. */
export const envelopeFormats = {
  dl: { name: "DL, 220 × 110 mm", width: 220, height: 110 },
  c6: { name: "C6, 162 × 114 mm", width: 162, height: 114 },
  c5: { name: "C5, 229 × 162 mm", width: 229, height: 162 },
  c4: { name: "C4, 324 × 229 mm", width: 324, height: 229 },
  us10: { name: "No. 10, 9 1/2 × 4 1/8 in", width: 241.3, height: 104.8 },
} as const satisfies Record<string, EnvelopeFormat>;
export type EnvelopeId = keyof typeof envelopeFormats;

export interface LabelFormat {
  name: string;
  paper: "a4" | "letter";
  columns: number;
  rows: number;
  width: number;
  height: number;
  /** From one label's left edge to the next one's. */
  step: number;
}

/**
 * Sizes and steps are those that Avery and Zweckform print on their packs; free label programs (gLabels' templates
 * `avery-iso`, `avery-us` and `zweckform-iso`) have the same to a tenth of a millimetre. Labels stand without a gap one
 * below the other, and all of them in the middle of the paper: the margins follow.
 */
export const labelFormats = {
  l7160: {
    name: "Avery L7160 and J8160, 21 on A4",
    paper: "a4",
    columns: 3,
    rows: 7,
    width: 63.5,
    height: 38.1,
    step: 66.04,
  },
  l7159: { name: "Avery L7159, 24 on A4", paper: "a4", columns: 3, rows: 8, width: 63.5, height: 33.9, step: 66.04 },
  l7162: { name: "Avery L7162, 16 on A4", paper: "a4", columns: 2, rows: 8, width: 99.1, height: 33.9, step: 101.6 },
  l7163: {
    name: "Avery L7163 and J8163, 14 on A4",
    paper: "a4",
    columns: 2,
    rows: 7,
    width: 99.1,
    height: 38.1,
    step: 101.6,
  },
  z3475: { name: "Avery Zweckform 3475, 24 on A4", paper: "a4", columns: 3, rows: 8, width: 70, height: 36, step: 70 },
  z3474: { name: "Avery Zweckform 3474, 24 on A4", paper: "a4", columns: 3, rows: 8, width: 70, height: 37, step: 70 },
  z4737: {
    name: "Avery Zweckform 4737, 27 on A4",
    paper: "a4",
    columns: 3,
    rows: 9,
    width: 63.5,
    height: 29.6,
    step: 66.04,
  },
  us5160: {
    name: "Avery 5160, 30 on Letter",
    paper: "letter",
    columns: 3,
    rows: 10,
    width: 66.675,
    height: 25.4,
    step: 69.85,
  },
  us5161: {
    name: "Avery 5161, 20 on Letter",
    paper: "letter",
    columns: 2,
    rows: 10,
    width: 101.6,
    height: 25.4,
    step: 106.36,
  },
  us5163: {
    name: "Avery 5163, 10 on Letter",
    paper: "letter",
    columns: 2,
    rows: 5,
    width: 101.6,
    height: 50.8,
    step: 106.36,
  },
} as const satisfies Record<string, LabelFormat>;
export type LabelId = keyof typeof labelFormats;

export const papers = { a4: { width: 210, height: 297 }, letter: { width: 215.9, height: 279.4 } } as const;

/** Where a label's left upper corner is on the paper; rows and columns from 1. */
export function labelCorner(format: LabelFormat, { row, column }: { row: number; column: number }) {
  const paper = papers[format.paper];
  const left = (paper.width - (format.columns - 1) * format.step - format.width) / 2;
  const top = (paper.height - format.rows * format.height) / 2;
  return { x: left + (column - 1) * format.step, y: top + (row - 1) * format.height };
}
