import { z } from "zod";
import { customsOf } from "~/features/accounts/countries";
import { line, newAddressField } from "~/features/accounts/form-fields";
import { passwordField } from "~/features/sign-in/credentials-form";

/** The first run's one page: the code from the log, the firm, and the person who runs it. */
export const firstRunForm = z.strictObject({
  code: line("Enter the set-up code from the log."),
  firm: line("Enter your firm's name."),
  country: z.string("Choose a country.").refine((code) => customsOf(code) !== null, "Choose a country from the list."),
  name: line("Enter your name."),
  email: newAddressField,
  password: passwordField,
});

export type FirstRunFields = z.input<typeof firstRunForm>;
