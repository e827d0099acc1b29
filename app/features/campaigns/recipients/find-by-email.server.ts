import "~/features/contacts/tables";
import { isStorable } from "~/features/contacts/values/typed-text";
import { seenBy } from "~/features/contacts/seen-by.server";
import { valueChunks } from "~/platform/db/chunks.server";
import { fold } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Contacts by their emails, and what of it is nobody's email. As typed: separated by spaces, commas or lines, or as mail
 * programs copy them, "Tom Hale <tom@hale.example>".
 */
export async function findByEmail(scope: Scope, typed: string): Promise<{ ids: string[]; unknown: string[] }> {
  const emails = [
    ...new Map(
      typed
        .split(/[\n,;]+/)
        .flatMap(addressesIn)
        .flatMap((text) => text.split(/\s+/))
        .flatMap((text) => (isStorable(text) && text !== "" ? [[fold(text), text]] : [])),
    ),
  ];
  const found = await contactsByEmail(
    scope,
    emails.map(([key]) => key),
  );
  return {
    ids: [...new Set([...found.values()].flat())],
    unknown: emails.flatMap(([key, text]) => (found.has(key) ? [] : [text])),
  };
}

/** What stands in angle brackets, without the names before; what stands after them, or where there are none, all of it. */
function addressesIn(text: string): string[] {
  return text.split(/<([^<>]*)>/).filter((_, place, all) => place % 2 === 1 || place === all.length - 1);
}

/** Contacts by the folded emails that they have, be it the first or another of theirs. */
export async function contactsByEmail(scope: Scope, emailKeys: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const keys of valueChunks([...new Set(emailKeys)])) {
    const rows = await scope.db
      .selectFrom("contact_points")
      .innerJoin("contacts", (join) =>
        join
          .onRef("contacts.account_id", "=", "contact_points.account_id")
          .onRef("contacts.id", "=", "contact_points.contact_id"),
      )
      .select(["contact_points.value_key as key", "contacts.id"])
      .where("contact_points.account_id", "=", scope.account.id)
      .where("contact_points.channel", "=", "email")
      .where("contact_points.value_key", "in", keys)
      .where("contacts.deleted_at", "is", null)
      .where(seenBy(scope))
      .execute();
    for (const { key, id } of rows) found.set(key, [...(found.get(key) ?? []), id]);
  }
  return found;
}
