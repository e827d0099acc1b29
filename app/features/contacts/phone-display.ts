import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** Numbers already written out: reading one takes some 30 µs, and a list shows fifty, mostly the same ones again. */
const known = new Map<string, string>();
const MOST_KNOWN = 20_000;

/** A stored number as people write it, `+44 20 7946 0182`; one without an international form as it was typed. */
export function phoneText(value: string): string {
  const found = known.get(value);
  if (found !== undefined) return found;
  const parsed = value.startsWith("+") ? parsePhoneNumberFromString(value) : undefined;
  const text = parsed?.formatInternational() ?? value;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(value, text);
  return text;
}

/** For a link that dials. Null where there is nothing a telephone could dial abroad. */
export function phoneHref(value: string): string | null {
  const [number = ""] = value.split(" ");
  return /^\+\d{5,15}$/.test(number) ? `tel:${number}` : null;
}
