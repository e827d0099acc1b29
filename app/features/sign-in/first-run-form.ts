import { z } from "zod";
import { customsOf } from "~/features/accounts/countries";
import { emailField, passwordField } from "~/features/sign-in/credentials-form";

const MAX_NAME = 200;

/** A line of text that a person types: no line breaks or other control characters. */
export function line(missing: string) {
  return z
    .string(missing)
    .trim()
    .max(MAX_NAME, `Use at most ${MAX_NAME} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), "Leave out line breaks and other invisible characters.");
}

/** The first run's one page: the code from the log, the firm, and the person who runs it. */
export const firstRunForm = z.strictObject({
  code: line("Enter the set-up code from the log."),
  firm: line("Enter your firm's name."),
  country: z.string("Choose a country.").refine((code) => customsOf(code) !== null, "Choose a country from the list."),
  name: line("Enter your name."),
  email: emailField,
  password: passwordField,
});

export type FirstRunFields = z.input<typeof firstRunForm>;
