import { z } from "zod";
import { isPhoneCountry } from "~/features/accounts/countries";
import { line } from "~/features/accounts/form-fields";
import { importAskChoices, retentionChoices } from "~/features/accounts/settings";
import { isOfferedLocale } from "~/platform/locales.server";
import { isCurrency } from "~/platform/money";
import { timeZoneNamed } from "~/platform/time-zones.server";

const MAX_CODE = 60;
/** More do not stand in the window of an envelope. */
const MAX_ADDRESS_LINES = 6;

/** Without what cannot be seen; a line is as it was typed. */
function addressLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replace(/[\p{Cc}\p{Cs}]/gu, " ").trim());
  return lines.filter((line) => line !== "");
}

/** How the form was when it was opened, as `writeBegan` put it. */
const began = z.string().optional();

export const firmForm = z.strictObject({
  began,
  name: line("Enter your firm's name."),
  postalAddress: z
    .string()
    .optional()
    .transform((text) => addressLines(text ?? ""))
    .refine((lines) => lines.length <= MAX_ADDRESS_LINES, `Use at most ${MAX_ADDRESS_LINES} lines.`)
    .refine((lines) => lines.every((line) => line.length <= MAX_CODE), `Use at most ${MAX_CODE} characters in a line.`)
    .transform((lines) => lines.join("\n")),
  colour: z.coerce.number("Choose a colour.").int().min(1, "Choose a colour.").max(8, "Choose a colour."),
});

/** `present` is the locale that the account has: it may be one that is not on offer. */
export const formatsForm = (present: string) =>
  z.strictObject({
    began,
    timeZone: z
      .string("Enter a time zone.")
      .max(MAX_CODE, "Enter a time zone like Europe/London.")
      .transform((text, context) => {
        const zone = timeZoneNamed(text);
        if (zone === null) context.addIssue({ code: "custom", message: "Enter a time zone like Europe/London." });
        return zone ?? z.NEVER;
      }),
    locale: z
      .string("Choose how dates and numbers are written.")
      .refine((tag) => isOfferedLocale(tag) || tag === present, "Choose one from the list."),
    currency: z.string("Choose a currency.").refine(isCurrency, "Choose a currency from the list."),
    phoneCountry: z.string("Choose a country.").refine(isPhoneCountry, "Choose a country from the list."),
  });

export const accessForm = z.strictObject({
  began,
  ownContactsOnly: z.enum(["yes", "no"], "Choose who sees which contacts.").transform((choice) => choice === "yes"),
  retentionDays: z.coerce
    .number("Choose how long.")
    .refine((days) => retentionChoices.some((choice) => choice.days === days), "Choose one from the list."),
  importAskPercent: z.coerce
    .number("Choose how much.")
    .refine((percent) => importAskChoices.some((choice) => choice.percent === percent), "Choose one from the list.")
    .optional(),
});

export type FirmFields = z.input<typeof firmForm>;
export type FormatsFields = z.input<ReturnType<typeof formatsForm>>;
export type AccessFields = z.input<typeof accessForm>;
