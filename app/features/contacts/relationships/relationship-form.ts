/** How, when and with which note two contacts are related, as a form sends it. */
import { z } from "zod";
import { limits } from "~/features/contacts/contact-limits";
import { parseReading } from "~/features/contacts/relationships/relationships";
import { dateToType, dateValue, readTypedDate, dayToType } from "~/features/contacts/values/typed-date";
import { oneLine } from "~/features/contacts/values/typed-text";

interface Account {
  phoneCountry: string;
  locale: string;
}

/** In no reader's country is anything older than this known to the day. */
const EARLIEST_YEAR = 1500;

function day(account: Account) {
  return z
    .string()
    .transform(oneLine)
    .transform((text, context) => {
      if (text === "") return null;
      const reading = readTypedDate(text, { country: account.phoneCountry, locale: account.locale });
      const refused = reading.ok ? refusedDay(reading.year, account.locale) : reading.reason;
      if (reading.ok && refused === null) return dateValue(reading);
      context.addIssue({ code: "custom", message: refused ?? "" });
      return z.NEVER;
    })
    .optional()
    .transform((date) => date ?? null);
}

function refusedDay(year: number | null, locale: string): string | null {
  if (year === null) return `Give the year, too, like ${dayToType("2024-03-01", locale)}.`;
  return year < EARLIEST_YEAR ? "Check the year: it is written with four figures." : null;
}

function shape(account: Account) {
  return z.object({
    how: z.string().optional(),
    since: day(account),
    until: day(account),
    note: z
      .string()
      .transform(oneLine)
      .refine((text) => Array.from(text).length <= limits.note, `At most ${limits.note} characters.`)
      .optional(),
  });
}

type Typed = z.output<ReturnType<typeof shape>>;

function checked({ how, since, until, note }: Typed, context: z.core.$RefinementCtx) {
  const reading = parseReading(how ?? "");
  if (!reading)
    context.addIssue({ code: "custom", path: ["how"], message: "Choose how they are related.", input: how });
  if (since !== null && until !== null && until < since) {
    context.addIssue({
      code: "custom",
      path: ["until"],
      message: relationshipRefusals["until-before-since"][1],
      input: until,
    });
  }
  return reading ? { reading, since, until, note: note || null } : z.NEVER;
}

/** The form of a relationship that is there, of which `original` tells what it was opened with. */
export function relationshipForm(account: Account) {
  return shape(account)
    .extend({ original: z.string().optional() })
    .transform(({ original = "", ...typed }, context) => ({ ...checked(typed, context), original }));
}

/** The form of a new one, with whom. */
export function newRelationshipForm(account: Account) {
  const otherId = z.string({ message: CHOOSE_OTHER }).refine((text) => idPattern.test(text), CHOOSE_OTHER);
  return shape(account)
    .extend({ otherId })
    .transform(({ otherId, ...typed }, context) => ({ ...checked(typed, context), otherId }));
}

const CHOOSE_OTHER = "Choose the other contact.";
const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the form of a relationship begins with. */
export function relationshipDefaults(
  { since, until, note }: { since: string | null; until: string | null; note: string | null },
  account: Account,
) {
  const typed = (date: string | null) =>
    date === null ? "" : dateToType(date, { country: account.phoneCountry, locale: account.locale });
  return { since: typed(since), until: typed(until), note: note ?? "" };
}

/** Why a relationship is refused, and beside which field. */
export const relationshipRefusals = {
  "same-contact": ["otherId", "A contact cannot be related to itself. Choose another one."],
  "unknown-type": ["how", "Choose how they are related: this way is no longer there."],
  "retired-type": ["how", "This way of being related is no longer used. Choose another one."],
  "until-before-since": ["until", "This is before it began. Check both dates."],
  "already-related": ["how", "They are related like this already, at the same time. Change that, or give other dates."],
  loop: ["how", "This would come round in a circle: in the end somebody would act for themselves by way of others."],
} as const;
