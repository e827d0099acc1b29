import { z } from "zod";
import { customsOf } from "~/features/accounts/countries";
import { line, newAddressField, optionalLine } from "~/features/accounts/form-fields";

/** An account that the operator makes for somebody else. */
export const openAccountForm = z.strictObject({
  firm: line("Enter the firm's name."),
  country: z.string("Choose a country.").refine((code) => customsOf(code) !== null, "Choose a country from the list."),
  email: newAddressField,
  name: optionalLine,
});
export type OpenAccountFields = z.input<typeof openAccountForm>;
