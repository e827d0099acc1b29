/** Whom contacts stand in a relationship with: said, changed and taken back, each with both of them in one change. */
import { type RelatedContact } from "~/features/contacts/relationships/related.server";
import { clashOf, type Clash } from "~/features/contacts/relationships/relationship-rules.server";
import {
  findReadings,
  lockRelationship,
  recordRelationship,
  type RelationshipRow,
  type RelationshipState,
  toState,
} from "~/features/contacts/relationships/relationship-row.server";
import { isMutual, type Period, type Readings } from "~/features/contacts/relationships/relationships";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface NewRelationship extends Partial<Period> {
  /** The type is read from this contact … */
  fromId: string;
  /** … to this one. */
  toId: string;
  /** A key of `relationshipTypes`, or the id of a type of the account's own. */
  type: string;
  note?: string | null;
}

const undated = { since: null, until: null, note: null };

export type RelationshipRefusal = "same-contact" | "unknown-type" | "retired-type" | "until-before-since" | Clash;

/** `changeSetId`: by which it can be undone; null where nothing was changed. */
export type RelateResult =
  | { ok: true; id: string; changeSetId: string | null }
  /** Not there, not this account's or not this reader's. */
  | { ok: false; reason: "not-found" }
  | { ok: false; reason: RelationshipRefusal };

/** Says how one contact stands to another. */
export function relate(scope: Scope, wanted: NewRelationship): Promise<RelateResult> {
  return inTransaction(scope, async (scope) => {
    const checked = await check(scope, { id: newId(), created: null, wanted: { ...undated, ...wanted } });
    if (!checked.ok) return checked;
    const { row, state } = checked;
    await scope.db
      .insertInto("relationships")
      .values({ account_id: scope.account.id, ...row })
      .execute();
    const changeSetId = await recordRelationship(scope, "contact.related", { before: null, after: state });
    return { ok: true, id: row.id, changeSetId };
  });
}

export interface RelationshipEdit {
  /** Either of the two, as whose the relationship is read. */
  contactId: string;
  relationshipId: string;
  /** The type as read from `contactId` (or, `back`, from the other). */
  type: string;
  back: boolean;
  since: string | null;
  until: string | null;
  note: string | null;
  /** What the form was opened with, as `relationshipText` has it; else somebody else's change could be lost. */
  original: string;
}

export type EditRelationshipResult =
  RelateResult | { ok: false; reason: "changed-meanwhile"; original: string; now: RelationshipState };

/** Changes how, when and with which note two contacts are related. A save that changes nothing writes nothing. */
export function editRelationship(scope: Scope, edit: RelationshipEdit): Promise<EditRelationshipResult> {
  return inTransaction(scope, async (scope) => {
    const { contactId, relationshipId, back } = edit;
    const before = await lockOf(scope, contactId, relationshipId);
    if (!before) return { ok: false, reason: "not-found" };
    const original = relationshipText(before);
    if (edit.original !== original) return { ok: false, reason: "changed-meanwhile", original, now: before };
    const otherId = before.fromContactId === contactId ? before.toContactId : before.fromContactId;
    const [fromId, toId] = back ? [otherId, contactId] : [contactId, otherId];
    const checked = await check(scope, { id: before.id, created: before, wanted: { ...edit, fromId, toId } });
    if (!checked.ok) return checked;
    const { row, state } = checked;
    if (relationshipText(state) === original) return { ok: true, id: row.id, changeSetId: null };
    await writeOver(scope, row);
    const changeSetId = await recordRelationship(scope, "contact.relationship-edited", { before, after: state });
    return { ok: true, id: row.id, changeSetId };
  });
}

/** What of a relationship a form can change, to see whether somebody else has. */
export function relationshipText({ fromContactId, toContactId, type, since, until, note }: RelationshipState): string {
  return JSON.stringify([fromContactId, toContactId, type, since, until, note]);
}

/** The same of a relationship as one of the two reads it. */
export function relatedText(contactId: string, { contactId: otherId, back, type, since, until, note }: RelatedContact) {
  return JSON.stringify([...(back ? [otherId, contactId] : [contactId, otherId]), type, since, until, note]);
}

/** Takes back that two contacts are related. `contactId` is either of them. */
export function unrelate(
  scope: Scope,
  { contactId, relationshipId }: { contactId: string; relationshipId: string },
): Promise<{ ok: true; changeSetId: string } | { ok: false; reason: "not-found" }> {
  return inTransaction(scope, async (scope) => {
    const before = await lockOf(scope, contactId, relationshipId);
    if (!before) return { ok: false, reason: "not-found" };
    await scope.db
      .deleteFrom("relationships")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", relationshipId)
      .execute();
    return { ok: true, changeSetId: await recordRelationship(scope, "contact.unrelated", { before, after: null }) };
  });
}

/** Writes a relationship over what it was. */
export async function writeOver(scope: Scope, { id, ...row }: RelationshipRow): Promise<void> {
  await scope.db
    .updateTable("relationships")
    .set(row)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
}

/** A relationship of this contact, when both are there for the reader. The contacts are held, then the relationship. */
async function lockOf(scope: Scope, contactId: string, relationshipId: string): Promise<RelationshipState | null> {
  const row = await scope.db
    .selectFrom("relationships")
    .select(["from_contact_id", "to_contact_id"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", relationshipId)
    .where((eb) => eb.or([eb("from_contact_id", "=", contactId), eb("to_contact_id", "=", contactId)]))
    .executeTakeFirst();
  if (!row || (await lockBoth(scope, [row.from_contact_id, row.to_contact_id])).size < 2) return null;
  return lockRelationship(scope, relationshipId);
}

type Checked =
  | { ok: true; row: RelationshipRow; state: RelationshipState }
  | { ok: false; reason: "not-found" | RelationshipRefusal };

interface ToCheck {
  id: string;
  /** What it was, for one that is edited. */
  created: RelationshipState | null;
  wanted: Required<NewRelationship>;
}

async function check(scope: Scope, toCheck: ToCheck): Promise<Checked> {
  const { created, wanted } = toCheck;
  const atOnce = refusedAtOnce(wanted);
  if (atOnce) return { ok: false, reason: atOnce };
  const names = await lockBoth(scope, [wanted.fromId, wanted.toId]);
  if (names.size < 2) return { ok: false, reason: "not-found" };
  const readings = await findReadings(scope, wanted.type);
  if (!readings) return { ok: false, reason: "unknown-type" };
  // What stands with a retired type may still be given a date or a note.
  if (readings.retired && created?.type !== wanted.type) return { ok: false, reason: "retired-type" };
  const row = newRow(scope, toCheck, readings);
  const clash = await clashOf(scope, row);
  if (clash) return { ok: false, reason: clash };
  const nameOf = (id: string) => names.get(id) ?? null;
  const [fromName, toName] = [nameOf(row.from_contact_id), nameOf(row.to_contact_id)];
  return {
    ok: true,
    row,
    state: toState(row, { reads: readings.reads, readsBack: readings.readsBack, fromName, toName }),
  };
}

function refusedAtOnce({ fromId, toId, since, until }: Required<NewRelationship>): RelationshipRefusal | null {
  if (fromId === toId) return "same-contact";
  return since !== null && until !== null && until < since ? "until-before-since" : null;
}

function newRow(scope: Scope, { id, created, wanted }: ToCheck, readings: Readings): RelationshipRow {
  const { fromId, toId, type, since, until, note } = wanted;
  // What reads alike both ways is stored one way only, or it could be there twice.
  const turned = isMutual(readings) && fromId > toId;
  return {
    id,
    from_contact_id: turned ? toId : fromId,
    to_contact_id: turned ? fromId : toId,
    ...{ type, since, until, note },
    created_at: created?.createdAt ?? scope.clock.now(),
    created_by: created ? created.createdBy : (scope.user?.id ?? null),
  };
}

/** Names by id. Held, so that of two who say the same at once one sees the other. */
async function lockBoth(scope: Scope, ids: readonly [string, string]): Promise<Map<string, string>> {
  const found = await scope.db
    .selectFrom("contacts")
    .select(["id", "name"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .where("deleted_at", "is", null)
    .where(seenBy(scope))
    .orderBy("id")
    .$call(lockRows(scope))
    .execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}
