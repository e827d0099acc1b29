import { z } from "zod";
import { customsOf } from "~/features/accounts/countries";
import { line } from "~/features/accounts/form-fields";
import { passwordField } from "~/features/sign-in/credentials-form";

/** Somebody new: their name and the password they will sign in with. */
export const joinForm = z.strictObject({ name: line("Enter your name."), password: passwordField });
export type JoinFields = z.input<typeof joinForm>;

/** Somebody new with a firm of their own. */
export const registrationForm = z.strictObject({
  firm: line("Enter your firm's name."),
  country: z.string("Choose a country.").refine((code) => customsOf(code) !== null, "Choose a country from the list."),
  ...joinForm.shape,
});
export type RegistrationFields = z.input<typeof registrationForm>;

/** A new password by a link. */
export const newPasswordByLinkForm = z.strictObject({ password: passwordField });
export type NewPasswordByLinkFields = z.input<typeof newPasswordByLinkForm>;
