import { type FormPlace } from "~/features/contacts/form/contact-form";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

/** Where and when whoever acts in this scope fills in a form. */
export function formPlace({ account, place, clock }: Scope): FormPlace {
  return { phoneCountry: account.phoneCountry, locale: place.locale, today: dateIn(place.timeZone, clock.now()) };
}
