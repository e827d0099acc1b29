import { expressionBuilder, sql } from "kysely";
import "~/features/contacts/tables";
import { COUNT_LIMIT } from "~/platform/counted";
import { fromJson } from "~/platform/db/json.server";
import { packRows } from "~/platform/db/pack-rows";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** Whom it would concern if what waits for an answer were followed; of the first ten thousand records that wait. */
export interface Concerned {
  /** Contacts whom nothing else stands for: they would be archived. */
  archived: number;
  /** Contacts that would only lose what this source alone says. */
  lessened: number;
  /** More records than that are gone. */
  capped: boolean;
  /** The first of those who would be archived. */
  firstArchived: NamedContact[];
  /** The first of those whose newest version, which waits, empties a field. */
  firstBlanked: NamedContact[];
}

export interface NamedContact {
  id: string;
  name: string;
}

/** Several records may be of one contact: some more are looked at than are named. */
const PER_CONTACT = 3;

/**
 * Counted as the archiving would find it: of the connector's records only those that wait are gone through, and of these no
 * more than `most`. One statement. @param named How many of each are named.
 */
export async function findConcerned(
  scope: Scope,
  connectorId: string,
  named: number,
  most = COUNT_LIMIT,
): Promise<Concerned> {
  const going = { connectorId, state: "going", most } as const;
  const row = await scope.db
    .selectFrom(contactsOf(scope, going).groupBy("record.contact_id").as("theirs"))
    .select((eb) => [
      eb.fn.countAll<number>().as("all"),
      eb.fn
        .countAll<number>()
        .filterWhere(eb.not(eb.exists(saidElsewhere(scope, connectorId, "theirs"))))
        .as("archived"),
    ])
    .select(() => [
      parts
        .selectFrom(waitingOf(scope, { ...going, most: most + 1 }).as("some"))
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .as("waiting"),
      first(scope, going, named).as("firstArchived"),
      first(scope, { ...going, state: "held" }, named).as("firstBlanked"),
    ])
    .executeTakeFirstOrThrow();
  return {
    ...{ archived: Number(row.archived), lessened: Number(row.all) - Number(row.archived) },
    capped: Number(row.waiting) > most,
    firstArchived: onceEach(row.firstArchived, named),
    firstBlanked: onceEach(row.firstBlanked, named),
  };
}

interface Waiting {
  connectorId: string;
  state: "going" | "held";
  /** How many records are looked at. */
  most: number;
}

/**
 * How the JSON of a record begins to say one of what `displayName` goes by. Within a text quotes are escaped: only keys are
 * found.
 */
const knownBy = [
  ...['"typedName":"', '"givenName":"', '"familyName":"', '"company":"'],
  ...['"emails":[{', '"phones":[{'],
];

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

/** In the order of the index over what waits, so that it is gone through no further than needed. */
function first(scope: Scope, waiting: Waiting, named: number) {
  return parts
    .selectFrom(
      contactsOf(scope, waiting)
        .select(["contacts.name", "source.id"])
        .$if(waiting.state === "going", (query) =>
          query.where((eb) => eb.not(eb.exists(saidElsewhere(scope, waiting.connectorId, "record")))),
        )
        .orderBy("source.stream")
        .orderBy("source.id")
        .limit(named * PER_CONTACT)
        .as("some"),
    )
    .select((eb) =>
      packRows(scope.database.dialect, [eb.ref("some.id"), eb.ref("some.contact_id"), eb.ref("some.name")]).as("all"),
    );
}

function onceEach(packed: string | null, named: number): NamedContact[] {
  const rows = fromJson<[recordId: string, id: string, name: string][]>(packed ?? "[]");
  const inOrder = rows.sort(([a], [b]) => (a < b ? -1 : 1));
  return [...new Map(inOrder.map(([, id, name]) => [id, { id, name }])).values()].slice(0, named);
}

/**
 * Contacts that are here, and say something of a record that waits. Joined so that SQLite begins with the few that wait: it
 * reorders other joins, and would go through all that the account has.
 */
function contactsOf(scope: Scope, waiting: Waiting) {
  return parts
    .selectFrom(waitingOf(scope, waiting).as("source"))
    .crossJoin("contact_records as record")
    .crossJoin("contacts")
    .select("record.contact_id")
    .where("record.account_id", "=", scope.account.id)
    .where("contacts.account_id", "=", scope.account.id)
    .whereRef("record.source_record_id", "=", "source.id")
    .whereRef("contacts.id", "=", "record.contact_id")
    .where("record.withdrawn_at", "is", null)
    .where("contacts.archived_at", "is", null)
    .where("contacts.deleted_at", "is", null);
}

/** In the order of the index that holds only what is open. */
function waitingOf(scope: Scope, { connectorId, state, most }: Waiting) {
  return (
    parts
      .selectFrom("source_records")
      .select(["id", "stream"])
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", connectorId)
      // In the words of that index.
      .where(sql<boolean>`state in ('refused', 'held', 'going')`)
      .where("state", "=", state)
      .orderBy("stream")
      .orderBy("state")
      .orderBy("id")
      .limit(most)
  );
}

/**
 * What else stands for one of theirs: a person, a file, another source, or a record of this one that is not going. It has to
 * say what a contact can be known by: notes alone keep nobody.
 */
function saidElsewhere(scope: Scope, connectorId: string, theirs: "theirs" | "record") {
  return parts
    .selectFrom("contact_records as other")
    .leftJoin("source_records as origin", (join) =>
      join.onRef("origin.account_id", "=", "other.account_id").onRef("origin.id", "=", "other.source_record_id"),
    )
    .select("other.id")
    .where("other.account_id", "=", scope.account.id)
    .where("other.contact_id", "=", sql.ref<string>(`${theirs}.contact_id`))
    .where("other.withdrawn_at", "is", null)
    .where((eb) =>
      eb.or([
        eb("origin.connector_id", "is", null),
        eb("origin.connector_id", "!=", connectorId),
        eb("origin.state", "!=", "going"),
      ]),
    )
    .where((eb) => eb.or(knownBy.map((said) => eb("other.data", "like", `%${said}%`))));
}
