/** How many orders and transactions each source has brought, for the page of the zones. */
import { type AliasedExpression, expressionBuilder, sql } from "kysely";
import "~/features/connectors/tables";
import { AUDIT_ORIGINS } from "~/features/reconciliation/records/audit-origin";
import { type RecordKind } from "~/features/reconciliation/records/record-kind";
import { tableOf } from "~/features/reconciliation/records/stored-records.server";
import "~/features/reconciliation/records/tables";
import { COUNT_LIMIT, type Counted, counted } from "~/platform/counted";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface RecordCounts {
  files: Counted;
  /** By the connector's id. */
  connectors: ReadonlyMap<string, Counted>;
  /** Of connectors that were deleted. */
  others: Counted;
}

/** Read along with another statement: of each kind those that stand, of each source no further than to ten thousand. */
export function recordCounts<Name extends string>(
  scope: Scope,
  kinds: Readonly<Record<Name, RecordKind>>,
  connectorIds: readonly string[],
) {
  const named = Object.entries<RecordKind>(kinds);
  const columns = named.flatMap(([name, kind]) => [
    countOf(files(scope, kind)).as(`${name}_files`),
    countOf(ofDeleted(scope, kind)).as(`${name}_others`),
    ...connectorIds.map((id, place) => countOf(standing(scope, kind).where("origin", "=", id)).as(`${name}_${place}`)),
  ]);
  const countsOf = (row: Readonly<Record<string, number>>, name: string): RecordCounts => ({
    ...{ files: counted(row[`${name}_files`]), others: counted(row[`${name}_others`]) },
    connectors: new Map(connectorIds.map((id, place) => [id, counted(row[`${name}_${place}`])])),
  });
  return {
    // A statement with one column stands for what is in it.
    columns: columns as unknown as readonly AliasedExpression<number | null, string>[],
    read: (row: Readonly<Record<string, number>>) =>
      Object.fromEntries(named.map(([name]) => [name, countsOf(row, name)])) as Record<Name, RecordCounts>,
  };
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

function standing(scope: Scope, kind: RecordKind) {
  return parts
    .selectFrom(tableOf(kind))
    .select(sql<number>`1`.as("one"))
    .where("account_id", "=", scope.account.id)
    .where("gone_at", "is", null);
}

/** The index of names has those of files alone. */
function files(scope: Scope, kind: RecordKind) {
  return standing(scope, kind).where("source_record_id", "is", null).where("origin", "<", AUDIT_ORIGINS);
}

function ofDeleted(scope: Scope, kind: RecordKind) {
  const deleted = parts
    .selectFrom("connectors")
    .select(sql<string>`cast(${sql.ref("connectors.id")} as text)`.as("origin"))
    .where("connectors.account_id", "=", scope.account.id)
    .where("connectors.deleted_at", "is not", null);
  return standing(scope, kind).where("origin", "in", deleted);
}

function countOf(rows: ReturnType<typeof standing>) {
  return parts.selectFrom(rows.limit(COUNT_LIMIT + 1).as("some")).select((eb) => eb.fn.countAll<number>().as("count"));
}
