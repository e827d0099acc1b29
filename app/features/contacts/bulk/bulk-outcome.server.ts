/** What will become of a contact by a change of many, as conditions on its row: so that a million are counted by the database. */
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from "kysely";
import { type BulkChange, type BuiltInBulkField, isBuiltIn } from "~/features/contacts/bulk/bulk-edit";
import { type CustomField } from "~/features/contacts/contact";
import { idOf } from "~/features/contacts/custom/custom-field";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { fold } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";

type Builder = ExpressionBuilder<Tables, "contacts">;
type Condition = (eb: Builder) => Expression<SqlBool>;

const fieldColumns = {
  company: "company",
  jobTitle: "job_title",
  kind: "kind",
  language: "language",
  timeZone: "time_zone",
  notes: "notes",
} as const satisfies Record<BuiltInBulkField, string>;

const always: Condition = () => sql<SqlBool>`1 = 1`;
const never: Condition = () => sql<SqlBool>`1 = 0`;

/** Whether a contact is as the change would have it already. One statement at the most, for the tags' ids. */
export async function sameAlready(scope: Scope, change: BulkChange): Promise<Condition> {
  switch (change.what) {
    case "tag":
      return tagged(scope, await tagIdsOf(scope, change.tags), change.tags.length);
    case "untag":
      return untagged(scope, await tagIdsOf(scope, change.tags));
    case "field":
      return saysJust(scope, change);
    case "owner":
      return (eb) => isJust(eb, "owner_id", change.ownerId);
    case "marks":
      return marked(scope, change);
    case "archive":
      return (eb) => eb("contacts.archived_at", "is not", null);
    case "unarchive":
      return (eb) => eb("contacts.archived_at", "is", null);
    case "delete":
      return never;
  }
}

function saysJust(scope: Scope, { field, value }: Extract<BulkChange, { what: "field" }>): Condition {
  if (isBuiltIn(field)) return (eb) => isJust(eb, fieldColumns[field], value);
  if (value === null) return (eb) => eb.not(eb.exists(ownValue(eb, scope, field)));
  return (eb) => eb.exists(ownValue(eb, scope, field).where("own.value", "=", value));
}

/** What a contact says of a field of the account's own: one row or none. */
function ownValue(eb: Builder, scope: Scope, field: CustomField) {
  return eb
    .selectFrom("contact_custom_values as own")
    .select("own.value")
    .where("own.account_id", "=", scope.account.id)
    .where("own.field_id", "=", idOf(field))
    .whereRef("own.contact_id", "=", "contacts.id");
}

function isJust(eb: Builder, column: (typeof fieldColumns)[BuiltInBulkField] | "owner_id", value: string | null) {
  return value === null ? eb(`contacts.${column}`, "is", null) : eb(`contacts.${column}`, "=", value as never);
}

/** Whether the change would leave a contact as no form would have it. */
export function refusedBy(change: BulkChange): Condition {
  if (change.what !== "field") return never;
  if (change.field === "company" && change.value === null) {
    const names = ["typed_name", "given_name", "family_name", "email", "phone"] as const;
    return (eb) => eb.and(names.map((column) => eb(`contacts.${column}`, "is", null)));
  }
  if (change.field !== "kind" || change.value !== "business") return never;
  return (eb) =>
    eb.and([
      eb("contacts.company", "is", null),
      eb("contacts.typed_name", "is", null),
      eb.or([eb("contacts.given_name", "is not", null), eb("contacts.family_name", "is not", null)]),
    ]);
}

/** What a colleague must not have changed meanwhile. */
export function seenValue(scope: Scope, change: BulkChange): (eb: Builder) => Expression<string | null> {
  if (change.what === "owner") return () => sql<string | null>`cast(${sql.ref("contacts.owner_id")} as text)`;
  if (change.what !== "field") return () => sql<string | null>`cast(null as text)`;
  const { field } = change;
  if (!isBuiltIn(field)) return (eb) => ownValue(eb, scope, field).$asScalar();
  return () => sql<string | null>`${sql.ref(`contacts.${fieldColumns[field]}`)}`;
}

/** The same of contacts that are held. One statement. */
export async function heldValues(
  scope: Scope,
  change: BulkChange,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (contactIds.length === 0) return new Map();
  const value = seenValue(scope, change);
  const rows = await scope.db
    .selectFrom("contacts")
    .select((eb) => ["contacts.id", eb.parens(value(eb)).as("value")])
    .where("contacts.account_id", "=", scope.account.id)
    .where("contacts.id", "in", contactIds)
    .execute();
  return new Map(rows.map((row) => [row.id, row.value]));
}

function links(eb: Builder, scope: Scope, tagIds: readonly string[]) {
  return eb.exists(
    eb
      .selectFrom("contact_tags")
      .select("contact_tags.contact_id")
      .where("contact_tags.account_id", "=", scope.account.id)
      .where("contact_tags.tag_id", "in", tagIds)
      .whereRef("contact_tags.contact_id", "=", "contacts.id"),
  );
}

function tagged(scope: Scope, tagIds: readonly string[], wanted: number): Condition {
  if (tagIds.length < wanted) return never;
  return (eb) => eb.and(tagIds.map((id) => links(eb, scope, [id])));
}

function untagged(scope: Scope, tagIds: readonly string[]): Condition {
  return tagIds.length === 0 ? always : (eb) => eb.not(links(eb, scope, tagIds));
}

async function tagIdsOf(scope: Scope, tags: readonly string[]): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("tags")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("name_key", "in", [...new Set(tags.map(fold))])
    .execute();
  return rows.map((row) => row.id);
}

/** For the same reason; another one stands beside it. */
function marked(scope: Scope, { channels, reason }: Extract<BulkChange, { what: "marks" }>): Condition {
  return (eb) =>
    eb.and(
      channels.map((channel) =>
        eb.exists(
          eb
            .selectFrom("do_not_contact_marks as mark")
            .select("mark.id")
            .where("mark.account_id", "=", scope.account.id)
            .where("mark.channel", "=", channel)
            .where("mark.reason", "=", reason)
            .where("mark.lifted_at", "is", null)
            .whereRef("mark.contact_id", "=", "contacts.id"),
        ),
      ),
    );
}
