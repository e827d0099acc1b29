/** What the forms of sign-in take. Limits are wide: these pages say "wrong", not "malformed". */
import { z } from "zod";
import { newAddressField } from "~/features/accounts/form-fields";
import { MAX_PASSWORD } from "~/features/sign-in/password-rules";

/** A database refuses NUL, and no address has any of these. */
const controls = /[\u0000-\u001f\u007f]/;

/** RFC 5321: 64 before the @, 255 after it. */
const MAX_EMAIL = 320;

const emailField = z
  .string("Enter your email address.")
  .trim()
  .max(MAX_EMAIL, "This is too long for an email address.")
  .refine(
    (text) => !controls.test(text) && /^[^\s@]+@[^\s@]+$/.test(text),
    "Enter an email address like ann@example.org.",
  );

/** A password to check. Any text will do; an over-long one only costs time. */
export const passwordField = z.string("Enter your password.").max(MAX_PASSWORD * 4, "This is too long for a password.");

export const passwordForm = z.strictObject({
  email: emailField,
  password: passwordField,
});

export const codeForm = z.strictObject({
  code: z.string("Enter the code.").trim().max(100, "This is too long for a code."),
});

export type PasswordFields = z.input<typeof passwordForm>;
export type CodeFields = z.input<typeof codeForm>;

/** Password and code once more, before something of the sign-in itself changes. */
export const proofForm = z.strictObject({
  password: passwordField,
  /** Empty for who has no second factor; for all others that is a wrong code. */
  code: z.string().trim().max(100, "This is too long for a code.").default(""),
});
export type ProofFields = z.input<typeof proofForm>;

export const newPasswordForm = z.strictObject({
  ...proofForm.shape,
  newPassword: z.string("Enter a new password.").max(MAX_PASSWORD * 4, "This is too long for a password."),
});
export type NewPasswordFields = z.input<typeof newPasswordForm>;

/** An address to which a link is to be mailed: for a new password that of who is here already, else of somebody new. */
export const askedForms = {
  password: z.strictObject({ email: emailField }),
  registration: z.strictObject({ email: newAddressField }),
};
export type AskedFields = z.input<(typeof askedForms)["password"]>;
