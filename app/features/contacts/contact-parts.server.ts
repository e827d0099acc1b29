import { type Insertable } from "kysely";
import { type ContactToWrite, toPointRows } from "~/features/contacts/contact-rows.server";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { toCustomRows } from "~/features/contacts/custom/custom-rows.server";
import { indexContacts } from "~/features/contacts/search/search-index.server";
import { withSuppression } from "~/features/contacts/suppression/suppressed.server";
import { linkTags } from "~/features/contacts/tags.server";
import "~/features/contacts/tables";
import { rowChunks, valueChunks } from "~/platform/db/chunks.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** What a contact says that stands in rows of its own: how to reach it, the account's own fields, tags; and what it is found by. */

export async function writeParts(
  scope: Scope,
  contacts: readonly ContactToWrite[],
  fields: readonly FieldDefinition[],
): Promise<void> {
  await writePoints(scope, await pointsOf(scope, contacts));
  await writeCustom(scope, contacts, fields);
  await writeTags(scope, contacts);
  await indexContacts(scope, idsOf(contacts));
}

/** Of contacts that are there: those whose tags, own fields or search text are others than they were. */
export interface ChangedParts {
  tags: readonly ContactToWrite[];
  custom: readonly ContactToWrite[];
  search: readonly ContactToWrite[];
}

/** Writes over what the contacts had, where it is another. */
export async function rewriteParts(
  scope: Scope,
  contacts: readonly ContactToWrite[],
  { tags, custom, search }: ChangedParts,
  fields: readonly FieldDefinition[],
): Promise<void> {
  await rewritePoints(scope, contacts);
  await forget(scope, "contact_custom_values", custom);
  await writeCustom(scope, custom, fields);
  await forget(scope, "contact_tags", tags);
  await writeTags(scope, tags);
  await indexContacts(scope, idsOf(search));
}

type PointRow = Insertable<Tables["contact_points"]>;

const idsOf = (contacts: readonly ContactToWrite[]) => contacts.map(({ id }) => id);

const pointsOf = (scope: Scope, contacts: readonly ContactToWrite[]): Promise<readonly PointRow[]> =>
  withSuppression(
    scope,
    contacts.flatMap((contact) => toPointRows(scope.account.id, contact)),
  );

async function writePoints(scope: Scope, points: readonly PointRow[]): Promise<void> {
  for (const some of rowChunks(points)) await scope.db.insertInto("contact_points").values(some).execute();
}

async function rewritePoints(scope: Scope, contacts: readonly ContactToWrite[]): Promise<void> {
  const points = await pointsOf(scope, contacts);
  const [before, now] = [await storedPoints(scope, contacts), byContact(points)];
  const others = contacts.filter(({ id }) => before.get(id) !== now.get(id));
  await forget(scope, "contact_points", others);
  const changed = new Set(idsOf(others));
  await writePoints(
    scope,
    points.filter(({ contact_id }) => changed.has(contact_id)),
  );
}

const pointColumns = [
  ...(["channel", "position", "label", "note", "value", "value_key", "street", "city", "region"] as const),
  ...(["postal_code", "country", "suppressed_at", "suppression_id"] as const),
] as const;

async function storedPoints(scope: Scope, contacts: readonly ContactToWrite[]): Promise<ReadonlyMap<string, string>> {
  const points: PointRow[] = [];
  for (const some of valueChunks(idsOf(contacts))) {
    const rows = await scope.db
      .selectFrom("contact_points")
      .select(["account_id", "contact_id", ...pointColumns])
      .where("account_id", "=", scope.account.id)
      .where("contact_id", "in", some)
      .execute();
    points.push(...rows);
  }
  return byContact(points);
}

/** What each contact's points say, to be compared. */
function byContact(points: readonly PointRow[]): ReadonlyMap<string, string> {
  const lines = new Map<string, string[]>();
  for (const point of points) {
    const line = JSON.stringify(pointColumns.map((column) => point[column] ?? null));
    lines.set(point.contact_id, [...(lines.get(point.contact_id) ?? []), line]);
  }
  return new Map([...lines].map(([id, all]) => [id, all.sort().join("\n")]));
}

async function writeCustom(
  scope: Scope,
  contacts: readonly ContactToWrite[],
  fields: readonly FieldDefinition[],
): Promise<void> {
  const custom = contacts.flatMap((contact) => toCustomRows(scope.account.id, contact, fields));
  for (const some of rowChunks(custom)) await scope.db.insertInto("contact_custom_values").values(some).execute();
}

const writeTags = (scope: Scope, contacts: readonly ContactToWrite[]): Promise<void> =>
  linkTags(
    scope,
    contacts.map(({ id, values }) => ({ contactId: id, tags: values.tags })),
  );

async function forget(
  scope: Scope,
  table: "contact_points" | "contact_tags" | "contact_custom_values",
  contacts: readonly ContactToWrite[],
): Promise<void> {
  if (contacts.length === 0) return;
  await scope.db
    .deleteFrom(table)
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", idsOf(contacts))
    .execute();
}
