import { recordChange } from "~/features/contacts/record-change.server";
import { isRelationshipType, type Readings, relationshipTypes } from "~/features/contacts/relationships/relationships";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** A relationship's row, and how its change entries tell of it. */
export interface RelationshipRow {
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

export const relationshipColumns = [
  "id",
  "from_contact_id",
  "to_contact_id",
  "type",
  "since",
  "until",
  "note",
  "created_at",
  "created_by",
] as const;

/** All of a relationship, so that an undo can put it back, with the words and names of the day. */
export interface RelationshipState extends Readings {
  id: string;
  fromContactId: string;
  toContactId: string;
  type: string;
  since: string | null;
  until: string | null;
  note: string | null;
  createdAt: string;
  createdBy: string | null;
  fromName: string | null;
  toName: string | null;
}

type Told = Readings & Pick<RelationshipState, "fromName" | "toName">;

export function toState(row: RelationshipRow, { reads, readsBack, fromName, toName }: Told): RelationshipState {
  const { id, type, since, until, note } = row;
  return {
    ...{ id, fromContactId: row.from_contact_id, toContactId: row.to_contact_id },
    ...{ type, since, until, note, createdAt: row.created_at, createdBy: row.created_by },
    ...{ reads, readsBack, fromName, toName },
  };
}

export function toRow(state: RelationshipState): RelationshipRow {
  const { id, type, since, until, note } = state;
  return {
    ...{ id, from_contact_id: state.fromContactId, to_contact_id: state.toContactId },
    ...{ type, since, until, note, created_at: state.createdAt, created_by: state.createdBy },
  };
}

/** One entry for each of the two, so that both histories tell it. */
export function relationshipEntries(before: RelationshipState | null, after: RelationshipState | null) {
  const one = after ?? before;
  return [one?.fromContactId ?? "", one?.toContactId ?? ""].map((subjectId) => ({
    subjectKind: "relationship",
    subjectId,
    before: before && { ...before },
    after: after && { ...after },
  }));
}

/** The change set's id. */
export function recordRelationship(
  scope: Scope,
  action: "contact.related" | "contact.unrelated" | "contact.relationship-edited",
  { before, after }: { before: RelationshipState | null; after: RelationshipState | null },
): Promise<string> {
  const one = after ?? before;
  const [relationshipId, fromContactId, toContactId] = [
    one?.id ?? "",
    one?.fromContactId ?? "",
    one?.toContactId ?? "",
  ];
  return recordChange(scope, {
    action,
    subject: { relationshipId, fromContactId, toContactId },
    entries: relationshipEntries(before, after),
  });
}

/** The relationship with what is told of it; locked to the end of the transaction. Null: it is not there. */
export async function lockRelationship(scope: Scope, relationshipId: string): Promise<RelationshipState | null> {
  const row = await scope.db
    .selectFrom("relationships")
    .select(relationshipColumns)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", relationshipId)
    .$call(lockRows(scope))
    .executeTakeFirst();
  if (!row) return null;
  const names = await namesOf(scope, [row.from_contact_id, row.to_contact_id]);
  const type = await findReadings(scope, row.type);
  const readings = type ?? { reads: row.type, readsBack: row.type };
  return toState(row, {
    ...{ reads: readings.reads, readsBack: readings.readsBack },
    ...{ fromName: names.get(row.from_contact_id) ?? null, toName: names.get(row.to_contact_id) ?? null },
  });
}

async function namesOf(scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await scope.db
    .selectFrom("contacts")
    .select(["id", "name"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How a type reads, built in or the account's own, which stays as it is to the end of the transaction. */
export async function findReadings(scope: Scope, type: string): Promise<(Readings & { retired: boolean }) | null> {
  if (isRelationshipType(type)) return { ...relationshipTypes[type], retired: false };
  if (!isId(type)) return null;
  const row = await scope.db
    .selectFrom("relationship_types")
    .select(["reads", "reads_back", "retired_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", type)
    .$call(lockRows(scope))
    .executeTakeFirst();
  return row ? { reads: row.reads, readsBack: row.reads_back, retired: row.retired_at !== null } : null;
}
