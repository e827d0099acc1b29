import { z } from "zod";
import { personRoles } from "~/features/accounts/rights";

const MAX_NAME = 200;
const MAX_EMAIL = 254;

const nameField = z
  .string()
  .trim()
  .max(MAX_NAME, `Use at most ${MAX_NAME} characters.`)
  .refine((text) => !/\p{Cc}/u.test(text), "Leave out line breaks and other invisible characters.");

const roleField = z.enum(personRoles, "Choose a role.");

export const invitationForm = z.strictObject({
  email: z.string("Enter an email address.").trim().max(MAX_EMAIL, "This is too long for an email address."),
  name: nameField.optional(),
  role: roleField,
});
export type InvitationFields = z.input<typeof invitationForm>;

export const roleForm = z.strictObject({ role: roleField });

/** To whom things are handed: a member's id, or nobody. */
export interface RemovalFields {
  handTo?: string;
}
