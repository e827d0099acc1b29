import { z } from "zod";
import { customsOf } from "~/features/accounts/countries";

const MAX_LINE = 200;

function line(missing: string) {
  return z
    .string(missing)
    .trim()
    .max(MAX_LINE, `Use at most ${MAX_LINE} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), "Leave out line breaks and other invisible characters.");
}

/** An account that the operator makes for somebody else. */
export const openAccountForm = z.strictObject({
  firm: line("Enter the firm's name."),
  country: z.string("Choose a country.").refine((code) => customsOf(code) !== null, "Choose a country from the list."),
  email: line("Enter an email address."),
  name: line("").optional(),
});
export type OpenAccountFields = z.input<typeof openAccountForm>;
