import { birthdayToType } from "~/features/contacts/values/birthday";
import { type ContactValues } from "~/features/contacts/contact";
import { customDefaults } from "~/features/contacts/custom/custom-form";
import { type FormPlace } from "~/features/contacts/form/contact-form";
import { countryCode, countryName } from "~/features/contacts/values/country-name";
import { phoneText } from "~/features/contacts/values/phone-display";
import { dateToType } from "~/features/contacts/values/typed-date";

/** The contact as it is, written as people write it, and a blank row of each kind. */
export function formDefaults(
  values: ContactValues,
  { phoneCountry, locale, fields = [] }: Omit<FormPlace, "today">,
  ownerId: string | null = null,
) {
  const { givenName, familyName, typedName, company, jobTitle, timeZone, language, notes } = values;
  const place = { country: phoneCountry, locale };
  const blank = { value: "", label: "", note: "" };
  return {
    kind: values.kind,
    ...texts({ givenName, familyName, typedName, company, jobTitle, timeZone, language, notes }),
    birthday: values.birthday ? birthdayToType(values.birthday, place) : "",
    diedOn: values.diedOn ? dateToType(values.diedOn, place) : "",
    tags: values.tags.join(", "),
    owner: ownerId ?? "",
    emails: [...values.emails.map((email) => texts({ note: null, ...email })), blank],
    phones: [
      ...values.phones.map((phone) => texts({ note: null, ...phone, value: phoneText(phone.value, phoneCountry) })),
      blank,
    ],
    addresses: (values.addresses.length > 0 ? values.addresses : [noAddress]).map((address) =>
      texts({ note: null, ...address, country: address.country && nameToType(address.country, locale) }),
    ),
    ...customDefaults(values, fields, place),
  };
}

/** A country's name, if reading it again gives the same country; else its code. */
function nameToType(country: string, locale: string): string {
  const name = countryName(country, locale);
  return countryCode(name) === country ? name : country;
}

const noAddress = { label: null, street: null, city: null, region: null, postalCode: null, country: null };

function texts<Key extends string>(values: Record<Key, string | null>): Record<Key, string> {
  const entries = Object.entries<string | null>(values).map(([key, value]) => [key, value ?? ""]);
  return Object.fromEntries(entries) as Record<Key, string>;
}

export type ContactFormDefaults = ReturnType<typeof formDefaults>;
