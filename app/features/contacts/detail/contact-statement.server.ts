import { type QueryCreator, sql } from "kysely";
import { carersOf } from "~/features/contacts/relationships/carer-rows.server";
import { matesOf } from "~/features/contacts/household/household-rows.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { byKey } from "~/platform/db/by-key.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * A contact and all its parts in one statement: each row has one part, by its slot, so that they do not multiply.
 */
export function readContact(scope: Scope, contactId: string) {
  return byKey(scope.db)
    .with("slot", (db) => slots(db, scope, contactId))
    .with("mate", (db) => matesOf(plain(db), scope, contactId))
    .with("carer", (db) => carersOf(plain(db), scope, [contactId]))
    .selectFrom("contacts")
    .innerJoin("slot", (join) => join.onTrue())
    .leftJoin("users as archiver", "archiver.id", "contacts.archived_by")
    .leftJoin("users as owner", "owner.id", "contacts.owner_id")
    .leftJoin("contact_records as record", (join) =>
      join
        .onRef("record.account_id", "=", "contacts.account_id")
        .onRef("record.contact_id", "=", "contacts.id")
        .on("record.withdrawn_at", "is", null)
        .on("slot.n", "=", 1),
    )
    .leftJoin("users as recorder", "recorder.id", "record.created_by")
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "record.account_id").onRef("run.id", "=", "record.run_id"),
    )
    .leftJoin("raw_records as raw", (join) =>
      join.onRef("raw.account_id", "=", "record.account_id").onRef("raw.id", "=", "record.raw_record_id"),
    )
    .leftJoin("contact_pins as pin", (join) =>
      join
        .onRef("pin.account_id", "=", "contacts.account_id")
        .onRef("pin.contact_id", "=", "contacts.id")
        .on("slot.n", "=", 2),
    )
    .leftJoin("users as pinner", "pinner.id", "pin.pinned_by")
    .leftJoin("do_not_contact_marks as mark", (join) =>
      join
        .onRef("mark.account_id", "=", "contacts.account_id")
        .onRef("mark.contact_id", "=", "contacts.id")
        .on("slot.n", "=", 3),
    )
    .leftJoin("users as marker", "marker.id", "mark.marked_by")
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "contacts.account_id")
        .onRef("point.contact_id", "=", "contacts.id")
        .on("point.suppressed_at", "is not", null)
        .on("slot.n", "=", 6),
    )
    .leftJoin("suppressions as listed", (join) =>
      join.onRef("listed.account_id", "=", "point.account_id").onRef("listed.id", "=", "point.suppression_id"),
    )
    .leftJoin("mate", (join) => join.on("slot.n", "=", 4))
    .leftJoin("carer", (join) => join.on("slot.n", "=", 5))
    .select([...ownColumns, ...recordColumns, ...markColumns])
    .select([...mateColumns, ...carerColumns, ...listedColumns])
    .select(["pin.field", "pin.pinned_at", "pinner.name as pinned_by_name"])
    .where("contacts.account_id", "=", scope.account.id)
    .where("contacts.id", "=", contactId)
    .where("contacts.deleted_at", "is", null)
    .where(seenBy(scope))
    .execute();
}

const ownColumns = [
  ...(["contacts.id", "contacts.name", "contacts.version", "contacts.created_at", "contacts.changed_at"] as const),
  ...(["contacts.archived_at", "archiver.name as archived_by_name"] as const),
  ...(["contacts.owner_id", "owner.name as owner_name"] as const),
] as const;

const recordColumns = [
  ...(["record.id as record_id", "record.source", "record.hash", "record.data", "record.observed_at"] as const),
  ...(["record.run_id", "recorder.name as recorded_by_name", "run.file_name", "raw.position as line"] as const),
] as const;

const markColumns = [
  ...(["mark.id as mark_id", "mark.channel", "mark.reason", "mark.marked_at", "mark.lifted_at"] as const),
  "marker.name as marked_by_name",
] as const;

const mateColumns = [
  ...(["mate.id as mate_id", "mate.name as mate_name", "mate.family_name as mate_family_name"] as const),
  ...(["mate.why", "mate.said_at", "mate.said_by"] as const),
] as const;

const carerColumns = [
  ...(["carer.id as carer_id", "carer.type as carer_type", "carer.name as carer_name"] as const),
  ...([
    "carer.kind as carer_kind",
    "carer.died_on as carer_died_on",
    "carer.archived_at as carer_archived_at",
    "carer.deleted_at as carer_deleted_at",
  ] as const),
  ...(["carer.no_letter_at as carer_no_letter_at", "carer.since", "carer.until", "carer.position"] as const),
  ...(["carer.label", "carer.street", "carer.city", "carer.region", "carer.postal_code", "carer.country"] as const),
] as const;

const listedColumns = [
  ...(["listed.id as listed_id", "listed.reason as listed_reason", "point.suppressed_at"] as const),
  ...(["point.channel as listed_channel", "point.value as listed_value", "point.street as listed_street"] as const),
  ...(["point.postal_code as listed_postal_code", "point.city as listed_city"] as const),
] as const;

/** Of the tables alone: what a statement prepares for itself is none of its parts' business. */
function plain<Known extends Tables>(db: QueryCreator<Known>): QueryCreator<Tables> {
  return db as unknown as QueryCreator<Tables>;
}

/** Records, pins, marks, housemates, carers, values on the suppression list. */
const SLOTS = [1, 2, 3, 4, 5, 6] as const;

function slots(db: QueryCreator<Tables>, scope: Scope, contactId: string) {
  const slot = (n: number) =>
    db
      .selectFrom("contacts")
      .select(sql<number>`${sql.lit(n)}`.as("n"))
      .where("contacts.account_id", "=", scope.account.id)
      .where("contacts.id", "=", contactId);
  const [first, ...others] = SLOTS;
  // The limit keeps SQLite from working out the whole statement once for each slot.
  return others.reduce((query, n) => query.unionAll(slot(n)), slot(first)).limit(SLOTS.length);
}
