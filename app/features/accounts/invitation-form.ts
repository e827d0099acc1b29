import { z } from "zod";
import { newAddressField, optionalLine } from "~/features/accounts/form-fields";
import { personRoles } from "~/features/accounts/rights";

const roleField = z.enum(personRoles, "Choose a role.");

export const invitationForm = z.strictObject({
  email: newAddressField,
  name: optionalLine,
  role: roleField,
});
export type InvitationFields = z.input<typeof invitationForm>;

export const roleForm = z.strictObject({ role: roleField });

/** To whom things are handed: a member's id, or `NOBODY`. Empty: nothing was chosen. */
export interface RemovalFields {
  handTo?: string;
}
