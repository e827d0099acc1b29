import "~/features/contacts/tables";
import { rowChunks, valueChunks } from "~/platform/db/chunks.server";
import { fold } from "~/platform/fold.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Links contacts to their tags, making tags that are new. The contacts have no links yet. Seldom more than three statements. */
export async function linkTags(
  scope: Scope,
  contacts: readonly { contactId: string; tags: readonly string[] }[],
): Promise<void> {
  const names = new Map(contacts.flatMap((contact) => contact.tags.map((tag) => [fold(tag), tag] as const)));
  if (names.size === 0) return;
  const ids = await ensureTags(scope, names);
  const links = contacts.flatMap(({ contactId, tags }) =>
    [...new Set(tags.map(fold))].map((key) => ({
      account_id: scope.account.id,
      tag_id: ids.get(key) ?? "",
      contact_id: contactId,
    })),
  );
  for (const some of rowChunks(links)) await scope.db.insertInto("contact_tags").values(some).execute();
}

/** Tag ids by folded name. */
async function ensureTags(scope: Scope, names: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const known = await findTagIds(scope, [...names.keys()]);
  const missing = [...names].filter(([key]) => !known.has(key));
  if (missing.length === 0) return known;
  // Everybody makes them in the same order, or two who make the same ones would wait for each other for ever.
  missing.sort(([a], [b]) => (a < b ? -1 : 1));
  const tags = missing.map(([key, name]) => ({ account_id: scope.account.id, id: newId(), name, name_key: key }));
  for (const some of rowChunks(tags)) {
    await scope.db
      .insertInto("tags")
      .values(some)
      .onConflict((conflict) => conflict.columns(["account_id", "name_key"]).doNothing())
      .execute();
  }
  return findTagIds(scope, [...names.keys()]);
}

async function findTagIds(scope: Scope, keys: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of valueChunks(keys)) {
    const rows = await scope.db
      .selectFrom("tags")
      .select(["id", "name_key"])
      .where("account_id", "=", scope.account.id)
      .where("name_key", "in", some)
      .execute();
    for (const row of rows) found.set(row.name_key, row.id);
  }
  return found;
}

/** The tags of the account, by name (the first 500). */
export function listTags(scope: Scope) {
  return scope.db
    .selectFrom("tags")
    .select(["id", "name"])
    .where("account_id", "=", scope.account.id)
    .orderBy("name_key")
    .limit(500)
    .execute();
}
