import { isDeepStrictEqual } from "node:util";
import { type ContactValues } from "~/features/contacts/contact";

/** The values that differ, before and after, as change entries tell them; null if none does. */
export function differences(before: ContactValues, after: ContactValues) {
  const keys = (Object.keys(after) as (keyof ContactValues)[]).filter(
    (key) => before[key] !== after[key] && !isDeepStrictEqual(before[key], after[key]),
  );
  if (keys.length === 0) return null;
  const pick = (values: ContactValues) => Object.fromEntries(keys.map((key) => [key, values[key]]));
  return { before: { values: pick(before) }, after: { values: pick(after) } };
}
