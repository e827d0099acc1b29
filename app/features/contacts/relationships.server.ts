import { recordChange } from "~/features/contacts/record-change.server";
import { isMutual, isRelationshipType, type RelationshipTypeId } from "~/features/contacts/relationships";
import "~/features/contacts/tables";
import { byKey } from "~/platform/db/by-key.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface RelatedContact {
  relationshipId: string;
  type: string;
  /** Read from the other contact's side: "employs". */
  back: boolean;
  contactId: string;
  name: string;
  archived: boolean;
  since: string | null;
  until: string | null;
  note: string | null;
}

const MOST_SHOWN = 100;

/** Everyone a contact stands in a relationship with, in both directions. One statement. */
export async function listRelated(scope: Scope, contactId: string): Promise<RelatedContact[]> {
  const rows = await byKey(scope.db)
    .selectFrom("relationships")
    .innerJoin("contacts as other", (join) =>
      join
        .onRef("other.account_id", "=", "relationships.account_id")
        .on((eb) =>
          eb.or([
            eb.and([
              eb("relationships.from_contact_id", "=", contactId),
              eb("other.id", "=", eb.ref("relationships.to_contact_id")),
            ]),
            eb.and([
              eb("relationships.to_contact_id", "=", contactId),
              eb("other.id", "=", eb.ref("relationships.from_contact_id")),
            ]),
          ]),
        ),
    )
    .select([
      "relationships.id as relationshipId",
      "relationships.type",
      "relationships.from_contact_id",
      "relationships.since",
      "relationships.until",
      "relationships.note",
      "other.id as contactId",
      "other.name",
      "other.archived_at",
    ])
    .where("relationships.account_id", "=", scope.account.id)
    .where((eb) =>
      eb.or([eb("relationships.from_contact_id", "=", contactId), eb("relationships.to_contact_id", "=", contactId)]),
    )
    .orderBy("relationships.type")
    .orderBy("other.name_key")
    .orderBy("relationships.id")
    .limit(MOST_SHOWN)
    .execute();
  return rows.map(({ from_contact_id, archived_at, ...row }) => ({
    ...row,
    back: from_contact_id !== contactId,
    archived: archived_at !== null,
  }));
}

export interface NewRelationship {
  /** The type is read from this contact … */
  fromId: string;
  /** … to this one. */
  toId: string;
  /** A key of `relationshipTypes`. */
  type: string;
  note?: string | null;
}

export type RelateResult =
  { ok: true; id: string } | { ok: false; reason: "not-found" | "same-contact" | "unknown-type" | "already-related" };

/** Says how one contact stands to another. */
export function relate(scope: Scope, wanted: NewRelationship): Promise<RelateResult> {
  return inTransaction(scope, async (scope) => {
    const { fromId, toId, type } = wanted;
    if (fromId === toId) return { ok: false, reason: "same-contact" };
    if (!isRelationshipType(type)) return { ok: false, reason: "unknown-type" };
    const found = await scope.db
      .selectFrom("contacts")
      .select(["id", "name"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", [fromId, toId])
      .orderBy("id")
      // Held, so that of two who say the same at once one sees the other.
      .$if(scope.database.dialect === "postgres", (query) => query.forUpdate())
      .execute();
    if (found.length < 2) return { ok: false, reason: "not-found" };

    const row = toRow(scope, { ...wanted, type });
    if (await isRelated(scope, row)) return { ok: false, reason: "already-related" };
    await scope.db
      .insertInto("relationships")
      .values({ account_id: scope.account.id, ...row })
      .execute();
    await recordRelationship(scope, "contact.related", row, new Map(found.map(({ id, name }) => [id, name])));
    return { ok: true, id: row.id };
  });
}

async function isRelated(scope: Scope, row: RelationshipRow): Promise<boolean> {
  const there = await scope.db
    .selectFrom("relationships")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("from_contact_id", "=", row.from_contact_id)
    .where("to_contact_id", "=", row.to_contact_id)
    .where("type", "=", row.type)
    .executeTakeFirst();
  return there !== undefined;
}

function toRow(
  scope: Scope,
  { fromId, toId, type, note }: NewRelationship & { type: RelationshipTypeId },
): RelationshipRow {
  // What reads alike both ways is stored one way only, or it could be there twice.
  const turned = isMutual(type) && fromId > toId;
  return {
    id: newId(),
    from_contact_id: turned ? toId : fromId,
    to_contact_id: turned ? fromId : toId,
    type,
    since: null,
    until: null,
    note: note ?? null,
    created_at: scope.clock.now(),
    created_by: scope.user?.id ?? null,
  };
}

/** Takes back that two contacts are related. `contactId` is either of them. */
export function unrelate(
  scope: Scope,
  { contactId, relationshipId }: { contactId: string; relationshipId: string },
): Promise<{ ok: true } | { ok: false; reason: "not-found" }> {
  return inTransaction(scope, async (scope) => {
    const row = await scope.db
      .deleteFrom("relationships")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", relationshipId)
      .where((eb) => eb.or([eb("from_contact_id", "=", contactId), eb("to_contact_id", "=", contactId)]))
      .returning([
        "id",
        "from_contact_id",
        "to_contact_id",
        "type",
        "since",
        "until",
        "note",
        "created_at",
        "created_by",
      ])
      .executeTakeFirst();
    if (!row) return { ok: false, reason: "not-found" };
    const names = await scope.db
      .selectFrom("contacts")
      .select(["id", "name"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", [row.from_contact_id, row.to_contact_id])
      .execute();
    await recordRelationship(scope, "contact.unrelated", row, new Map(names.map(({ id, name }) => [id, name])));
    return { ok: true };
  });
}

interface RelationshipRow {
  id: string;
  from_contact_id: string;
  to_contact_id: string;
  type: string;
  since: string | null;
  until: string | null;
  note: string | null;
  created_at: string;
  created_by: string | null;
}

/** One entry for each of the two, so that both histories tell it. */
async function recordRelationship(
  scope: Scope,
  action: "contact.related" | "contact.unrelated",
  row: RelationshipRow,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const { id, from_contact_id, to_contact_id, type, since, until, note, created_at, created_by } = row;
  const whole = {
    id,
    fromContactId: from_contact_id,
    toContactId: to_contact_id,
    type,
    since,
    until,
    note,
    createdAt: created_at,
    createdBy: created_by,
    fromName: names.get(from_contact_id) ?? null,
    toName: names.get(to_contact_id) ?? null,
  };
  const made = action === "contact.related";
  await recordChange(scope, {
    action,
    subject: { relationshipId: id, fromContactId: from_contact_id, toContactId: to_contact_id },
    entries: [from_contact_id, to_contact_id].map((subjectId) => ({
      subjectKind: "relationship",
      subjectId,
      before: made ? null : whole,
      after: made ? whole : null,
    })),
  });
}
