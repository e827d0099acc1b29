import { hasEnded, readingWords } from "~/features/contacts/relationships/relationships";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { byKey } from "~/platform/db/by-key.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

export interface RelatedContact {
  relationshipId: string;
  type: string;
  /** Read from the other contact's side. */
  back: boolean;
  /** How this contact stands to the other: "employs". */
  words: string;
  contactId: string;
  name: string;
  archived: boolean;
  since: string | null;
  until: string | null;
  /** By the calendar of the account. */
  ended: boolean;
  note: string | null;
}

const MOST_SHOWN = 200;

/** Everyone a contact stands in a relationship with, in both directions; what has ended comes last. One statement. */
export async function listRelated(scope: Scope, contactId: string): Promise<RelatedContact[]> {
  const rows = await related(scope, contactId).execute();
  const today = dateIn(scope.account.timeZone, scope.clock.now());
  const found = rows.map((row) => toRelated(contactId, row, today));
  return found.sort((a, b) => Number(a.ended) - Number(b.ended));
}

/** One relationship as this contact reads it; null when it is not there for the reader. One statement. */
export async function findRelated(scope: Scope, contactId: string, relationshipId: string) {
  if (!isId(contactId) || !isId(relationshipId)) return null;
  const row = await related(scope, contactId).where("relationships.id", "=", relationshipId).executeTakeFirst();
  return row ? toRelated(contactId, row, dateIn(scope.account.timeZone, scope.clock.now())) : null;
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof related>["executeTakeFirst"]>>>;

function toRelated(contactId: string, row: Row, today: string): RelatedContact {
  const { from_contact_id, archived_at, reads, reads_back, ...rest } = row;
  const back = from_contact_id !== contactId;
  const own = reads === null || reads_back === null ? null : { reads, readsBack: reads_back };
  return {
    ...rest,
    back,
    words: readingWords(row.type, back, own),
    archived: archived_at !== null,
    ended: hasEnded(row, today),
  };
}

function related(scope: Scope, contactId: string) {
  return byKey(scope.db)
    .selectFrom("relationships")
    .innerJoin("contacts", (join) =>
      join
        .onRef("contacts.account_id", "=", "relationships.account_id")
        .on((eb) =>
          eb.or([
            eb.and([
              eb("relationships.from_contact_id", "=", contactId),
              eb("contacts.id", "=", eb.ref("relationships.to_contact_id")),
            ]),
            eb.and([
              eb("relationships.to_contact_id", "=", contactId),
              eb("contacts.id", "=", eb.ref("relationships.from_contact_id")),
            ]),
          ]),
        ),
    )
    .leftJoin("relationship_types as own", (join) =>
      join
        .onRef("own.account_id", "=", "relationships.account_id")
        // A built-in type's key is no id.
        .on((eb) => eb(eb.cast<string>("own.id", "text"), "=", eb.ref("relationships.type"))),
    )
    .select(["relationships.id as relationshipId", "relationships.type", "relationships.from_contact_id"])
    .select(["relationships.since", "relationships.until", "relationships.note"])
    .select(["own.reads", "own.reads_back"])
    .select(["contacts.id as contactId", "contacts.name", "contacts.archived_at"])
    .where("relationships.account_id", "=", scope.account.id)
    .where((eb) =>
      eb.or([eb("relationships.from_contact_id", "=", contactId), eb("relationships.to_contact_id", "=", contactId)]),
    )
    .where("contacts.deleted_at", "is", null)
    .where(seenBy(scope))
    .orderBy("relationships.type")
    .orderBy("contacts.name_key")
    .orderBy("relationships.since", "desc")
    .orderBy("relationships.id")
    .limit(MOST_SHOWN);
}
