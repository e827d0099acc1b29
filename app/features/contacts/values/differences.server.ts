import { isDeepStrictEqual } from "node:util";
import { type ContactValues, isCustomField } from "~/features/contacts/contact";

/** The values that differ, before and after, as change entries tell them; null if none does. */
export function differences(before: ContactValues, after: ContactValues) {
  const gone = Object.keys(before).filter((key) => isCustomField(key) && !(key in after));
  const keys = ([...Object.keys(after), ...gone] as (keyof ContactValues)[]).filter((key) => {
    const [was, is] = [before[key] ?? null, after[key] ?? null];
    return was !== is && !isDeepStrictEqual(was, is);
  });
  if (keys.length === 0) return null;
  const pick = (values: ContactValues) => Object.fromEntries(keys.map((key) => [key, values[key] ?? null]));
  return { before: { values: pick(before) }, after: { values: pick(after) } };
}
