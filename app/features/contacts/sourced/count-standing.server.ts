import { expressionBuilder, sql } from "kysely";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface Standing {
  /** Contacts that say something of what a connector brought. */
  contacts: number;
  /** Of these, whom nothing else stands for: no other source, no file, no person. */
  alone: number;
}

/**
 * What stands here of a connector: what would go if all of it were taken away, and what would only lose something.
 * `streams`: those that it reads; what is left of others it once read stays.
 */
export async function countStandingOf(
  scope: Scope,
  connectorId: string,
  streams: readonly string[],
): Promise<Standing> {
  if (streams.length === 0) return { contacts: 0, alone: 0 };
  const row = await scope.db
    .selectFrom((eb) =>
      eb
        .selectFrom("contact_records as record")
        .innerJoin("source_records as source", (join) =>
          join.onRef("source.account_id", "=", "record.account_id").onRef("source.id", "=", "record.source_record_id"),
        )
        .innerJoin("contacts", (join) =>
          join.onRef("contacts.account_id", "=", "record.account_id").onRef("contacts.id", "=", "record.contact_id"),
        )
        .select(["record.contact_id", "contacts.archived_at"])
        .distinct()
        .where("record.account_id", "=", scope.account.id)
        .where("source.connector_id", "=", connectorId)
        .where("source.stream", "in", streams)
        .where("record.withdrawn_at", "is", null)
        .where("contacts.deleted_at", "is", null)
        // Of whom is archived only what was not followed yet can go.
        .where((eb) => eb.or([eb("contacts.archived_at", "is", null), eb("source.state", "!=", "gone")]))
        .as("theirs"),
    )
    .select((eb) => {
      const isKnown = eb.exists(saidElsewhere(scope, connectorId, streams));
      const isHere = eb("theirs.archived_at", "is", null);
      return [
        eb.fn.countAll<number>().filterWhere(isKnown).as("known"),
        eb.fn
          .countAll<number>()
          .filterWhere(eb.and([isHere, eb.not(isKnown)]))
          .as("alone"),
      ];
    })
    .executeTakeFirstOrThrow();
  return { contacts: Number(row.known) + Number(row.alone), alone: Number(row.alone) };
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

/** What else stands for one of theirs. */
function saidElsewhere(scope: Scope, connectorId: string, streams: readonly string[]) {
  return parts
    .selectFrom("contact_records as other")
    .leftJoin("source_records as origin", (join) =>
      join.onRef("origin.account_id", "=", "other.account_id").onRef("origin.id", "=", "other.source_record_id"),
    )
    .select("other.id")
    .where("other.account_id", "=", scope.account.id)
    .where("other.contact_id", "=", sql.ref<string>("theirs.contact_id"))
    .where("other.withdrawn_at", "is", null)
    .where((eb) =>
      eb.or([
        eb("origin.connector_id", "is", null),
        eb("origin.connector_id", "!=", connectorId),
        eb("origin.stream", "not in", streams),
      ]),
    );
}
