import { z } from "zod";
import { customsOf } from "~/features/accounts/countries";
import { isCurrency } from "~/platform/money";
import { isTimeZone } from "~/platform/time";

const MAX_NAME = 200;
const MAX_CODE = 60;

/** What an administrator may change of an account. Its address (the slug) stays: links and bookmarks lead there. */
export const settingsForm = z.strictObject({
  name: z
    .string("Enter your firm's name.")
    .trim()
    .max(MAX_NAME, `Use at most ${MAX_NAME} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), "Leave out line breaks and other invisible characters."),
  colour: z.coerce.number("Choose a colour.").int().min(1, "Choose a colour.").max(8, "Choose a colour."),
  phoneCountry: z
    .string("Choose a country.")
    .refine((code) => customsOf(code) !== null, "Choose a country from the list."),
  timeZone: z
    .string("Enter a time zone.")
    .trim()
    .max(MAX_CODE)
    .refine(isTimeZone, "Enter a time zone like Europe/London."),
  currency: z
    .string("Enter a currency.")
    .trim()
    .toUpperCase()
    .refine(isCurrency, "Enter the three letters of a currency, like GBP or EUR."),
});

export type SettingsFields = z.input<typeof settingsForm>;
export type Settings = z.output<typeof settingsForm>;
