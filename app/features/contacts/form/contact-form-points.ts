/** The rows of a contact's form: emails, phones and addresses, each with a label and a note. */
import { z } from "zod";
import { limits } from "~/features/contacts/contact-limits";
import { countryCode } from "~/features/contacts/values/country-name";
import { readEmail } from "~/features/contacts/values/email-address";
import { readPhone } from "~/features/contacts/values/phone-number";
import { oneLine } from "~/features/contacts/values/typed-text";

/** More than one row of a file may bring: what several files have brought together can still be saved. */
const MOST_ROWS = 200;

/** One line of text, cut nowhere: what is too long is refused. */
export function line(most: number, what: string) {
  return z
    .string()
    .transform(oneLine)
    .refine((text) => Array.from(text).length <= most, {
      message: `${what} is too long: ${most} characters at most.`,
    })
    .optional();
}

const label = line(limits.label, "The label");
const note = line(limits.note, "The note");

/** What stands beside every email, phone and address. A note that is not there is absent. */
function beside(row: { label?: string; note?: string }) {
  return { label: row.label || null, ...(row.note ? { note: row.note } : {}) };
}

export const emailRow = z.object({ value: line(limits.email, "This email"), label, note }).transform((row, context) => {
  if (!row.value) return null;
  const reading = readEmail(row.value);
  if (reading.ok) return { value: reading.value, ...beside(row) };
  context.addIssue({ code: "custom", path: ["value"], message: reading.reason });
  return z.NEVER;
});

export function phoneRow(country: string) {
  return z.object({ value: line(limits.phone, "This phone number"), label, note }).transform((row, context) => {
    if (!row.value) return null;
    const reading = readPhone(row.value, country);
    if (reading.ok) return { value: reading.value, ...beside(row) };
    context.addIssue({ code: "custom", path: ["value"], message: reading.reason });
    return z.NEVER;
  });
}

export const addressRow = z
  .object({
    label,
    note,
    street: line(limits.address, "The street"),
    city: line(limits.address, "The town"),
    region: line(limits.address, "The county"),
    postalCode: line(limits.address, "The postcode"),
    country: line(limits.address, "The country"),
  })
  .transform(({ street, city, region, postalCode, country, ...row }) => {
    if (![street, city, region, postalCode, country].some(Boolean)) return null;
    return {
      ...beside(row),
      street: street || null,
      city: city || null,
      region: region || null,
      postalCode: postalCode || null,
      country: country ? countryCode(country) : null,
    };
  });

/** Rows of a form, each once, blank ones left out. */
export function rows<Row extends z.ZodType<object | null>>(
  row: Row,
  keyOf: (item: NonNullable<z.output<Row>>) => string,
) {
  return z
    .array(row)
    .max(MOST_ROWS, `No more than ${MOST_ROWS} of these.`)
    .optional()
    .transform((items) => {
      const kept = new Map<string, NonNullable<z.output<Row>>>();
      for (const item of items ?? []) {
        if (item && !kept.has(keyOf(item))) kept.set(keyOf(item), item);
      }
      return [...kept.values()];
    });
}
