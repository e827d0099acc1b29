import {
  relationshipColumns,
  relationshipEntries,
  type RelationshipRow,
  type RelationshipState,
  toState,
} from "~/features/contacts/relationships/relationship-row.server";
import { actingTypes, isRelationshipType, relationshipTypes } from "~/features/contacts/relationships/relationships";
import "~/features/contacts/tables";
import { keepSaid } from "~/features/contacts/sourced/said-relations.server";
import { type Entry, type Relation, type SourcedRelating } from "~/features/pipeline/subject-sourced";
import { rowChunks } from "~/platform/db/chunks.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Relationships that a source tells of, many with a few statements. What a person has said, or changed since, is theirs. */
export async function relateSourced(scope: Scope, { at, wanted, dropped }: SourcedRelating) {
  const taken = await takeBack(scope, dropped);
  const { made, entries } = await make(scope, wanted, at);
  return { made, takenBack: taken.length, entries: [...taken.flat(), ...entries] };
}

interface Side {
  contactId: string;
  name: string | null;
}

async function make(scope: Scope, wanted: readonly Relation[], at: string) {
  const sides = await contactsOf(scope, wanted);
  const there = await relationsOf(scope, wanted, sides);
  const rows: RelationshipRow[] = [];
  const entries: Entry[] = [];
  const made = wanted.map((relation): string | null => {
    const state = stateOf(relation, sides, at);
    const key = state && keyOf(state.type, state.fromContactId, state.toContactId);
    if (!state || !key || there.has(key)) return null;
    there.add(key);
    rows.push(rowOf(state));
    entries.push(...relationshipEntries(null, state));
    return state.id;
  });
  for (const some of rowChunks(rows)) {
    await scope.db
      .insertInto("relationships")
      .values(some.map((row) => ({ account_id: scope.account.id, ...row })))
      .execute();
  }
  return { made, entries };
}

const keyOf = (type: string, fromId: string, toId: string) => `${type} ${fromId} ${toId}`;

/** Who acts for whom is for people to say. */
function stateOf(
  { type, fromSourceRecordId, toSourceRecordId }: Relation,
  sides: ReadonlyMap<string, Side>,
  at: string,
): RelationshipState | null {
  const [from, to] = [sides.get(fromSourceRecordId), sides.get(toSourceRecordId)];
  if (!from || !to || from.contactId === to.contactId || !isRelationshipType(type)) return null;
  if (actingTypes.includes(type)) return null;
  return {
    ...{ id: newId(), fromContactId: from.contactId, toContactId: to.contactId, type },
    ...{ since: null, until: null, note: null, createdAt: at, createdBy: null },
    ...{ ...relationshipTypes[type], fromName: from.name, toName: to.name },
  };
}

function rowOf(state: RelationshipState): RelationshipRow {
  return {
    ...{ id: state.id, from_contact_id: state.fromContactId, to_contact_id: state.toContactId, type: state.type },
    ...{ since: null, until: null, note: null, created_at: state.createdAt, created_by: null },
  };
}

/** Contacts that are there, by source record; held to the end of the transaction. */
async function contactsOf(scope: Scope, wanted: readonly Relation[]): Promise<ReadonlyMap<string, Side>> {
  const ids = [...new Set(wanted.flatMap((one) => [one.fromSourceRecordId, one.toSourceRecordId]))];
  if (ids.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("contact_records as record")
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.account_id", "=", "record.account_id").onRef("contacts.id", "=", "record.contact_id"),
    )
    .select(["record.source_record_id", "contacts.id", "contacts.name"])
    .where("record.account_id", "=", scope.account.id)
    .where("record.source_record_id", "in", ids)
    .where("record.withdrawn_at", "is", null)
    .where("contacts.deleted_at", "is", null)
    .orderBy("contacts.id")
    .$call(lockRows(scope, { of: "contacts", how: "share" }))
    .execute();
  const found = rows.map(({ source_record_id: key, id, name }) => [key ?? "", { contactId: id, name }] as const);
  // Where two have it, it is the first one's.
  return new Map(found.reverse());
}

/** How these stand to one another already, whoever said so. */
async function relationsOf(
  scope: Scope,
  wanted: readonly Relation[],
  sides: ReadonlyMap<string, Side>,
): Promise<Set<string>> {
  const fromIds = new Set(wanted.flatMap((one) => sides.get(one.fromSourceRecordId)?.contactId ?? []));
  if (fromIds.size === 0) return new Set();
  const rows = await scope.db
    .selectFrom("relationships")
    .select(["from_contact_id", "to_contact_id", "type"])
    .where("account_id", "=", scope.account.id)
    .where("from_contact_id", "in", [...fromIds])
    .where("type", "in", [...new Set(wanted.map(({ type }) => type))])
    .execute();
  return new Set(rows.map((row) => keyOf(row.type, row.from_contact_id, row.to_contact_id)));
}

/** Those that stand as they were made, and that no record says any more; the entries of each. */
export async function takeBack(scope: Scope, dropped: SourcedRelating["dropped"]): Promise<Entry[][]> {
  if (dropped.length === 0) return [];
  const typeOf = new Map(dropped.map(({ id, type }) => [id, type]));
  const rows = await scope.db
    .selectFrom("relationships")
    .select(relationshipColumns)
    .where("account_id", "=", scope.account.id)
    .where("id", "in", [...typeOf.keys()])
    .where("since", "is", null)
    .where("until", "is", null)
    .where("note", "is", null)
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
  const asMade = rows.filter(({ id, type }) => typeOf.get(id) === type);
  const said = await keepSaid(
    scope,
    asMade.map(({ id }) => id),
  );
  const ours = asMade.filter(({ id }) => !said.has(id));
  if (ours.length === 0) return [];
  const names = await namesOf(scope, ours);
  await scope.db
    .deleteFrom("relationships")
    .where("account_id", "=", scope.account.id)
    .where(
      "id",
      "in",
      ours.map(({ id }) => id),
    )
    .execute();
  return ours.map((row) => {
    const readings = isRelationshipType(row.type) ? relationshipTypes[row.type] : { reads: "", readsBack: "" };
    const nameOf = (id: string) => names.get(id) ?? null;
    const told = { ...readings, fromName: nameOf(row.from_contact_id), toName: nameOf(row.to_contact_id) };
    return relationshipEntries(toState(row, told), null);
  });
}

async function namesOf(scope: Scope, rows: readonly RelationshipRow[]): Promise<ReadonlyMap<string, string>> {
  const found = await scope.db
    .selectFrom("contacts")
    .select(["id", "name"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", [...new Set(rows.flatMap((row) => [row.from_contact_id, row.to_contact_id]))])
    .execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}
