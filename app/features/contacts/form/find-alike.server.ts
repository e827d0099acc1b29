import { type ContactValues } from "~/features/contacts/contact";
import { addressKey } from "~/features/contacts/contact-rows.server";
import { nameKeys, namesOf } from "~/features/contacts/subject/known-contacts.server";
import "~/features/contacts/tables";
import { fold } from "~/platform/fold.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import { type Scope } from "~/platform/scope.server";

/** A contact that may be the very one that somebody is about to make a second time. */
export interface AlikeContact {
  id: string;
  name: string;
  archived: boolean;
  /** What they have in common, as the contact that is there has it. */
  shared: "email" | "name and phone" | "name and address";
}

const MOST_SHOWN = 5;

/** Contacts, archived ones too, with one of these emails, or with this name and one of these phones or addresses. Three statements at most. */
export async function findAlike(scope: Scope, values: ContactValues): Promise<AlikeContact[]> {
  const found = new Map<string, AlikeContact>();
  for (const findSome of [withSameEmail, withSameNameAndPhone, withSameNameAndAddress]) {
    for (const alike of await findSome(scope, values)) if (!found.has(alike.id)) found.set(alike.id, alike);
  }
  return [...found.values()].slice(0, MOST_SHOWN);
}

async function withSameEmail(scope: Scope, values: ContactValues): Promise<AlikeContact[]> {
  const emails = new Set(values.emails.map((email) => email.value.toLowerCase()));
  if (emails.size === 0) return [];
  const rows = await withPoint(scope, "email", [...emails].map(fold)).execute();
  // The key looks past accents; two addresses that differ in one are two.
  return rows.filter((row) => emails.has(row.value?.toLowerCase() ?? "")).map((row) => toAlike(row, "email"));
}

async function withSameNameAndPhone(scope: Scope, values: ContactValues): Promise<AlikeContact[]> {
  const phones = values.phones.map((phone) => phone.value);
  return (await withNameAnd(scope, values, "phone", phones)).map((row) => toAlike(row, "name and phone"));
}

/** A town alone is no address: half a village may be called Müller. */
async function withSameNameAndAddress(scope: Scope, values: ContactValues): Promise<AlikeContact[]> {
  const keys = values.addresses.filter(({ street }) => street).map(addressKey);
  return (await withNameAnd(scope, values, "address", keys)).map((row) => toAlike(row, "name and address"));
}

async function withNameAnd(scope: Scope, values: ContactValues, channel: Channel, keys: readonly string[]) {
  const names = namesOf(values);
  if (names.size === 0 || keys.length === 0) return [];
  return withPoint(scope, channel, keys)
    .where("contacts.name_key", "in", [...new Set([...names].flatMap(nameKeys))])
    .execute();
}

type Channel = "email" | "phone" | "address";

function withPoint(scope: Scope, channel: Channel, keys: readonly string[]) {
  return scope.db
    .selectFrom("contact_points as point")
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.account_id", "=", "point.account_id").onRef("contacts.id", "=", "point.contact_id"),
    )
    .select(["contacts.id", "contacts.name", "contacts.archived_at", "point.value"])
    .where("point.account_id", "=", scope.account.id)
    .where("point.channel", "=", channel)
    .where("point.value_key", "in", keys)
    .where("contacts.deleted_at", "is", null)
    .where(seenBy(scope))
    .orderBy("contacts.name_key")
    .orderBy("contacts.id")
    .limit(50);
}

function toAlike(
  row: { id: string; name: string; archived_at: string | null },
  shared: AlikeContact["shared"],
): AlikeContact {
  return { id: row.id, name: row.name, archived: row.archived_at !== null, shared };
}
