import { limits } from "~/features/contacts/contact-limits";
import { oneLine } from "~/features/contacts/values/typed-text";

/** What stands beside a value, and between several values of one cell. */

/** Between values of one cell, as Google's CSV has it; a tag or a street may then hold any comma. */
export const VALUES_APART = /\s*:::\s*/;

const known: readonly [RegExp, string][] = [
  [/^(?:work|business|office|geschäftlich|dienstlich|arbeit)$/i, "work"],
  [/^(?:home|private|privat|personal)$/i, "home"],
  [/^(?:mobile|cell|cellphone|mobil|handy)$/i, "mobile"],
  [/^(?:(?:work|home|other|business) )?fax$/i, "fax"],
];

/** A label in one of our words where there is one. Google marks the first choice with an asterisk. */
export function plainLabel(text: string): string | null {
  const plain = oneLine(text).replace(/^\*\s*/, "");
  const found = known.find(([words]) => words.test(plain));
  return found ? found[1] : plain.slice(0, limits.label).trim() || null;
}
