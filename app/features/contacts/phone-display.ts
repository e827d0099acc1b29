import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** A stored number as people write it, `+44 20 7946 0182`; one without an international form as it was typed. */
export function phoneText(value: string): string {
  const parsed = value.startsWith("+") ? parsePhoneNumberFromString(value) : undefined;
  return parsed?.formatInternational() ?? value;
}

/** For a link that dials. Null where there is nothing a telephone could dial abroad. */
export function phoneHref(value: string): string | null {
  const [number = ""] = value.split(" ");
  return /^\+\d{5,15}$/.test(number) ? `tel:${number}` : null;
}
