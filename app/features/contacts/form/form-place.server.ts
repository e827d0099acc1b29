import { inUse } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { type FormPlace } from "~/features/contacts/form/contact-form";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

/** Where and when whoever acts in this scope fills in a form. */
export function formPlace({ account, place, clock }: Scope): FormPlace {
  return { phoneCountry: account.phoneCountry, locale: place.locale, today: dateIn(place.timeZone, clock.now()) };
}

/** The same with the account's own fields, for a contact's whole form. */
export async function wholeFormPlace(scope: Scope): Promise<FormPlace> {
  return { ...formPlace(scope), fields: inUse(await customFields(scope)) };
}
