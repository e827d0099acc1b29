/** Where on the paper a letter's parts stand, so that its address shows in the window of an envelope. In millimetres. */

export interface LetterLayout {
  name: string;
  paper: { width: number; height: number };
  /** The letters of the address keep within this. */
  address: { left: number; top: number; width: number; height: number };
  /** Where the line above the address stands: who sends it, and the code by which it is known when it comes back. */
  sender: { top: number };
  /** The firm, its logo and the date. */
  head: { left: number; top: number; width: number };
  /** Where the text begins on the first page, and on the others. */
  bodyTop: number;
  nextTop: number;
  margins: { left: number; right: number; bottom: number };
  /** Small marks at the edge: where to fold. */
  folds: readonly number[];
}

const a4 = { paper: { width: 210, height: 297 }, margins: { left: 25, right: 20, bottom: 22 }, nextTop: 25 };

/**
 * `din`: DIN 5008 form B (window 45 to 90 mm from the top, 20 mm from the left, folded at 105 mm), within which the window
 * of a DL envelope of the rest of Europe lies, 52 to 92 mm from the top. `right`: windows on the right, as in France (NF
 * Z11-001) and Switzerland. `us10`: a No. 10 envelope, folded in three, whose window lies 7/8 inch from the left and 1/2
 * inch from the bottom, 1 1/8 by 4 1/2 inches: the sheet has half an inch of play, so the address keeps to the middle.
 */
export const letterLayouts = {
  din: {
    name: "A4, window on the left (DL, DIN 5008)",
    ...a4,
    address: { left: 25, top: 58, width: 78, height: 30 },
    sender: { top: 53 },
    head: { left: 125, top: 20, width: 65 },
    bodyTop: 104,
    folds: [105, 210],
  },
  right: {
    name: "A4, window on the right",
    ...a4,
    address: { left: 118, top: 58, width: 74, height: 27 },
    sender: { top: 53 },
    head: { left: 25, top: 20, width: 80 },
    bodyTop: 104,
    folds: [105, 210],
  },
  us10: {
    name: "US Letter, No. 10 window",
    paper: { width: 215.9, height: 279.4 },
    address: { left: 27, top: 60, width: 82, height: 22 },
    sender: { top: 55.5 },
    head: { left: 130, top: 15, width: 64 },
    bodyTop: 100,
    nextTop: 25.4,
    margins: { left: 25.4, right: 22, bottom: 22 },
    folds: [93.1, 186.3],
  },
} as const satisfies Record<string, LetterLayout>;
export type LetterLayoutId = keyof typeof letterLayouts;

const right = new Set(["FR", "CH", "BE", "LU", "MC"]);

/** What envelopes are usual in the firm's country. @param country ISO 3166-1 alpha-2 */
export function usualLayout(country: string): LetterLayoutId {
  if (country === "US" || country === "CA") return "us10";
  return right.has(country) ? "right" : "din";
}

export function isLayout(text: string): text is LetterLayoutId {
  return Object.hasOwn(letterLayouts, text);
}
