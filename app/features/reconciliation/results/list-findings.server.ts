/**
 * Findings of a run, a page at a time along an index. What no index knows of is looked for in the next few thousand: a
 * page takes as long at a million findings as at a hundred, and says how far it has looked.
 */
import { expressionBuilder } from "kysely";
import { type FindingFilter } from "~/features/reconciliation/results/finding-filter";
import {
  cursorOf,
  isWhole,
  type Place,
  placeIn,
  type Walk,
  walkOf,
} from "~/features/reconciliation/results/finding-walk";
import { type FindingsTable } from "~/features/reconciliation/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export type FindingRow = Omit<FindingsTable, "account_id" | "run_id">;
export type Finding = Omit<FindingRow, "flags"> & { flags: string[] };

export interface FindingPage {
  findings: Finding[];
  /** Behind it the next page begins. Null: there is no more. */
  after: string | null;
  /** Of the last one looked at, where that was before the page was full. */
  lookedTo: string | null;
}

export const FINDINGS_PAGE = 50;
/** So many are looked at for a page. */
const MOST_LOOKED_AT = 5_000;

export const findingColumns = [
  ...(["position", "side", "bucket", "day", "at", "order_key", "row_id", "look_alike", "key_type"] as const),
  ...(["payment_method", "channel", "cause", "currency", "amount_minor", "tracked_currency"] as const),
  ...(["tracked_minor", "duplicates", "late_minutes", "flags"] as const),
];

export function findingOf({ flags, ...row }: FindingRow): Finding {
  return { ...row, flags: flags === null ? [] : fromJson<string[]>(flags) };
}

/** One statement, or two. @param wish `after`: from a page before, of the same filter; one of another kind begins at the beginning */
export async function listFindings(
  scope: Scope,
  runId: string,
  filter: FindingFilter,
  { after = null, limit = FINDINGS_PAGE, looksAt = MOST_LOOKED_AT }: Wish = {},
): Promise<FindingPage> {
  const walk = walkOf(filter);
  const asked = { runId, walk, from: after === null ? null : placeIn(walk, after), looksAt };
  const found = await page(scope, { ...asked, limit });
  const findings = found.slice(0, limit).map(findingOf);
  const [last, more] = found.slice(limit - 1);
  if (last && more) return { findings, after: cursorOf(placeOf(walk, last)), lookedTo: null };
  const end = isWhole(walk) ? undefined : await lastLookedAt(scope, asked);
  if (!end) return { findings, after: null, lookedTo: null };
  return { findings, after: cursorOf(placeOf(walk, end)), lookedTo: end.day };
}

type Keys = Pick<FindingRow, "position" | "day" | "payment_method" | "channel" | "cause" | "currency" | "amount_minor">;

function placeOf({ along }: Walk, row: Keys): Place {
  return { keys: along.map((column) => String(row[column])), position: row.position };
}

interface Wish {
  after?: string | null;
  limit?: number;
  /** What no index knows of is looked for in so many. */
  looksAt?: number;
}

interface Asked {
  runId: string;
  walk: Walk;
  from: Place | null;
  looksAt: number;
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

/** The part of the index that is looked at. `isPart`: of a statement. */
function walked(scope: Scope, { runId, walk, from }: Asked, isPart: boolean) {
  const { side, bucket, within, along, direction, days } = walk;
  let query = (isPart ? parts.selectFrom("findings") : scope.db.selectFrom("findings"))
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("side", "=", side)
    .where("bucket", "=", bucket);
  for (const [column, word] of within) query = query.where(column, "=", word);
  if (days.from !== null) query = query.where("day", ">=", days.from);
  if (days.until !== null) query = query.where("day", "<=", days.until);
  if (from) {
    query = query.where((eb) =>
      eb(
        // The types know no lists of a length of their own.
        eb.refTuple(...([...along, "position"] as unknown as ["day", "position"])),
        direction === "desc" ? "<" : ">",
        eb.tuple(...([...from.keys, from.position] as unknown as [string, number])),
      ),
    );
  }
  for (const column of along) query = query.orderBy(column, direction);
  return query.orderBy("position", direction);
}

function page(scope: Scope, { limit, ...asked }: Asked & { limit: number }): Promise<FindingRow[]> {
  const { walk } = asked;
  const looked = walked(scope, asked, !isWhole(walk)).select(findingColumns);
  if (isWhole(walk)) return looked.limit(limit + 1).execute();
  let query = scope.db
    .selectFrom(looked.limit(asked.looksAt).as("looked"))
    .select(findingColumns.map((column) => `looked.${column}` as const));
  for (const [column, word] of walk.beside) query = query.where(`looked.${column}`, "=", word);
  const { from, until } = walk.daysBeside;
  if (from !== null) query = query.where("looked.day", ">=", from);
  if (until !== null) query = query.where("looked.day", "<=", until);
  for (const column of walk.along) query = query.orderBy(`looked.${column}`, walk.direction);
  return query
    .orderBy("looked.position", walk.direction)
    .limit(limit + 1)
    .execute();
}

/** Undefined: there are no more than were looked at. */
function lastLookedAt(scope: Scope, asked: Asked): Promise<Keys | undefined> {
  return walked(scope, asked, false)
    .select(["position", "day", "payment_method", "channel", "cause", "currency", "amount_minor"])
    .offset(asked.looksAt - 1)
    .limit(1)
    .executeTakeFirst();
}
