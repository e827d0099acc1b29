/** A contact's values as the columns of its rows. */
import { type Insertable } from "kysely";
import { type Address, type ContactValues, displayName } from "~/features/contacts/contact";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { customColumn, customTexts } from "~/features/contacts/custom/custom-rows.server";
import { deriveTimeZone } from "~/features/contacts/values/derive-time-zone";
import { searchText } from "~/features/contacts/search/search-text.server";
import "~/features/contacts/tables";
import { toJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { fold, sortKey } from "~/platform/fold.server";
import { type AccountFacts } from "~/platform/scope.server";

export interface ContactToWrite {
  id: string;
  values: ContactValues;
}

/** `account`: its country is where an address without one lies; `fields`: its own. */
export function toContactRow(
  account: Pick<AccountFacts, "id" | "phoneCountry">,
  { id, values }: ContactToWrite,
  fields: readonly FieldDefinition[] = [],
) {
  const { name, ...keys } = namesAndKeys(values);
  return {
    account_id: account.id,
    id,
    kind: values.kind,
    name,
    typed_name: values.typedName,
    given_name: values.givenName,
    family_name: values.familyName,
    company: values.company,
    job_title: values.jobTitle,
    notes: values.notes,
    tags: toJson(values.tags),
    birthday: values.birthday,
    // The last five characters, with a year or without.
    birthday_day: values.birthday?.slice(-5) ?? null,
    died_on: values.diedOn,
    time_zone: values.timeZone ?? deriveTimeZone(values, account.phoneCountry)?.zone ?? null,
    language: values.language,
    ...keys,
    custom_values: customColumn(values),
    search: searchText(values, customTexts(values, fields)),
  };
}

/** What lists show, and by what they sort. */
export function namesAndKeys(values: ContactValues) {
  const [email, phone, city] = [values.emails[0]?.value, values.phones[0]?.value, values.addresses[0]?.city];
  const name = displayName(values);
  const sortedName = [values.familyName, values.givenName].filter(Boolean).join(" ");
  return {
    name,
    email: email ?? null,
    phone: phone ?? null,
    city: city ?? null,
    city_key: sortKey(city),
    name_key: sortKey(sortedName || name),
    company_key: sortKey(values.company),
    email_key: sortKey(email),
  };
}

type PointRow = Insertable<Tables["contact_points"]>;

export function toPointRows(accountId: string, { id, values }: ContactToWrite): PointRow[] {
  const rows: PointRow[] = [];
  values.emails.forEach((email, position) =>
    rows.push(pointRow(accountId, id, { channel: "email", position, key: fold(email.value), point: email })),
  );
  values.phones.forEach((phone, position) =>
    rows.push(pointRow(accountId, id, { channel: "phone", position, key: phone.value, point: phone })),
  );
  values.addresses.forEach((address, position) =>
    rows.push(pointRow(accountId, id, { channel: "address", position, key: addressKey(address), point: address })),
  );
  return rows;
}

interface Point {
  channel: PointRow["channel"];
  position: number;
  key: string;
  point: Partial<Address> & { label: string | null; note?: string; value?: string };
}

function pointRow(accountId: string, contactId: string, { channel, position, key, point }: Point): PointRow {
  return {
    account_id: accountId,
    contact_id: contactId,
    channel,
    position,
    label: point.label,
    note: point.note ?? null,
    value: point.value ?? null,
    value_key: key,
    street: point.street ?? null,
    city: point.city ?? null,
    region: point.region ?? null,
    postal_code: point.postalCode ?? null,
    country: point.country ?? null,
  };
}

/** By which an address is known again, however it is written: `contact_points.value_key`. */
export function addressKey({ street, postalCode, city }: Pick<Address, "street" | "postalCode" | "city">): string {
  return sortKey([street, postalCode, city].filter(Boolean).join(" "));
}
