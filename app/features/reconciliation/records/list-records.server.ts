/** Orders and transactions, to browse: those of a connector from the latest on, all of them from the last brought in on. */
import "~/features/pipeline/tables";
import { AUDIT_ORIGINS } from "~/features/reconciliation/records/audit-origin";
import { type Facts, type RecordKind } from "~/features/reconciliation/records/record-kind";
import { factsIn, tableOf } from "~/features/reconciliation/records/stored-records.server";
import "~/features/reconciliation/records/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { isDate, isInstant } from "~/platform/time";

export const RECORDS_PAGE = 50;

export interface RecordRow {
  id: string;
  remoteId: string;
  /** Those of lists, and the currency. */
  facts: Facts;
  /** The file, or how the connector was called. */
  from: string | null;
  isGone: boolean;
}

interface Page {
  rows: RecordRow[];
  /** What to ask for to go on. */
  after: string | null;
}

const nothing: Page = { rows: [], after: null };

/** Whoever sees only their own contacts sees none: they are nobody's. Texts that are none of ours find nothing. One statement. */
export async function listRecords(
  scope: Scope,
  kind: RecordKind,
  { connectorId, after }: { connectorId: string | null; after: string | null },
): Promise<Page> {
  const last = after === null ? null : lastIn(after);
  if (scope.ownOnly || (after !== null && !last) || (connectorId !== null && !isId(connectorId))) return nothing;
  const found = await rowsOf(scope, kind, { connectorId, last });
  const shown = found.slice(0, RECORDS_PAGE);
  const end = found.length > RECORDS_PAGE ? shown.at(-1) : undefined;
  const rows = shown.map(({ id, remoteId, from, goneAt, ...row }) => ({
    ...{ id, remoteId, from, isGone: goneAt !== null },
    facts: factsIn([...kind.inLists, "currency"], row),
  }));
  return { rows, after: end ? `${end.when}_${end.id}` : null };
}

interface Last {
  when: string;
  id: string;
}

function lastIn(after: string): Last | null {
  const [when = "", id = ""] = after.split("_");
  return isId(id) && (isDate(when) || isInstant(when)) ? { when, id } : null;
}

function rowsOf(
  scope: Scope,
  kind: RecordKind,
  { connectorId, last }: { connectorId: string | null; last: Last | null },
) {
  const column = (name: string) => `record.${name}` as "record.number";
  const when = column(kind.when);
  return scope.db
    .selectFrom(`${tableOf(kind)} as record`)
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "record.account_id").onRef("run.id", "=", "record.run_id"),
    )
    .select(["record.id", "record.remote_id as remoteId", "record.gone_at as goneAt", "run.file_name as from"])
    .select([...kind.inLists, "currency"].map(column))
    .select(`${when} as when` as "record.placed_at as when")
    .where("record.account_id", "=", scope.account.id)
    .$if(connectorId === null, (query) => query.where("record.origin", "<", AUDIT_ORIGINS))
    .$if(connectorId !== null, (query) => query.where("record.origin", "=", connectorId).orderBy(when, "desc"))
    .$if(last !== null && connectorId === null, (query) => query.where("record.id", "<", last?.id ?? ""))
    .$if(last !== null && connectorId !== null, (query) =>
      query.where((eb) => eb(eb.refTuple(when, "record.id"), "<", eb.tuple(last?.when ?? "", last?.id ?? ""))),
    )
    .orderBy("record.id", "desc")
    .limit(RECORDS_PAGE + 1)
    .execute();
}
