import { type PreparedRow } from "~/features/pipeline/stages/prepare-rows.server";
import { type RowKeys, rowKeys } from "~/features/pipeline/corrections/row-key.server";
import { type RunOfFile, withoutCorrected } from "~/features/pipeline/corrections/corrected-before.server";
import { type Correction, NO_KEY } from "~/features/pipeline/corrections/correction";
import { type LoadOutcome, type Refusal } from "~/features/pipeline/subject";
import { openPositions, stillRefused } from "~/features/pipeline/corrections/taken-rows.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Corrected rows are taken once: a row's key is claimed in the transaction that stores it, and given back when it is
 * refused again. Who comes second, in whichever file, finds it taken.
 */

/** `before`: the row came in corrected already, by another run, so that there is nothing to do. */
export type RowOutcome = LoadOutcome | { kind: "before" };

/** The rule of refusal for rows whose key is not what it should be. */
export const ROW_KEY = "row-key";

/** Who has taken which of the rows that a run refused, by their positions there. */
export interface Ledger {
  /** Takes those that nobody has, for the rows at these positions of this run. */
  take(wanted: ReadonlyMap<number, number>): Promise<ReadonlySet<number>>;
  /** Those that this run has. */
  takenHere(positions: readonly number[]): Promise<ReadonlySet<number>>;
  giveBack(positions: readonly number[]): Promise<void>;
}

interface LoadingOnce {
  run: RunOfFile;
  rows: readonly PreparedRow[];
  correction: Correction | undefined;
  ledgerOf: (correction: Correction) => Ledger;
  loadRows: (rows: readonly PreparedRow[]) => Promise<LoadOutcome[]>;
}

/** What becomes of a batch, corrected rows among it taken once. In the batch's transaction. */
export async function loadOnce(
  scope: Scope,
  { run, rows, correction, ledgerOf, loadRows }: LoadingOnce,
): Promise<RowOutcome[]> {
  if (!correction) return withoutCorrected(scope, run, { rows, outcomes: await loadRows(rows) });
  const ledger = ledgerOf(correction);
  const keyed = withKeys(scope, correction, rows);
  const standing = await claim(scope, { ledger, runId: correction.runId, rows: keyed });
  const toLoad = keyed.filter((_, index) => standing[index] !== "before");
  const loaded = (await loadRows(toLoad.map(({ row }) => row))).values();
  const outcomes = standing.map((stands): RowOutcome => {
    return stands === "before" ? { kind: "before" } : (loaded.next().value as LoadOutcome);
  });
  const back = keyed.flatMap(({ position }, index) => {
    const isOurs = standing[index] === "ours" && position !== null;
    return isOurs && outcomes[index]?.kind === "refused" ? [position] : [];
  });
  await ledger.giveBack(back);
  return outcomes;
}

/** For a check before the start: the rows with what their keys say against them, and which were taken already. */
export async function lookAtKeys(
  scope: Scope,
  correction: Correction | undefined,
  rows: readonly PreparedRow[],
): Promise<{ row: PreparedRow; before: boolean }[]> {
  if (!correction) return rows.map((row) => ({ row, before: false }));
  const keyed = withKeys(scope, correction, rows);
  const positions = positionsOf(keyed);
  const refused = await stillRefused(scope, correction.runId, positions);
  const open = await openPositions(scope, correction.runId, [...refused]);
  return keyed.map(({ row, position }) => ({
    row,
    before: row.ok && position !== null && !open.has(position),
  }));
}

interface KeyedRow {
  row: PreparedRow;
  /** Of the row in the run that refused it; null where it is not to be told. */
  position: number | null;
}

function withKeys(scope: Scope, correction: Correction, rows: readonly PreparedRow[]): KeyedRow[] {
  const keys = rowKeys(scope.keys, scope.account.id);
  return rows.map((row) => withKey(row, correction, keys));
}

function withKey(row: PreparedRow, { keyAt, runId }: Correction, keys: RowKeys): KeyedRow {
  const text = (row.raw.cells[keyAt] ?? "").trim();
  const place = keys.read(text);
  if (place?.runId === runId) return { row, position: place.position };
  if (text === "") return { row: refusedFor(row, NO_KEY_REASON, NO_KEY), position: null };
  return { row: refusedFor(row, place ? OTHER_RUN : DAMAGED), position: null };
}

const NO_KEY_REASON =
  "The row is new here: it has no key in the column “Tallybook row”. Import it in a file of its own, without that column.";
const OTHER_RUN =
  "The row belongs to another import than the rows above it. Send it in a file of its own, with the others of that import.";
const DAMAGED =
  "The key of this row in the column “Tallybook row” was changed. Fetch the refused rows again, and correct it in that file.";
const TWICE =
  "Another row of this file has the same key. If this is a new one, send it in a file without the column “Tallybook row”.";

function refusedFor({ raw }: PreparedRow, reason: string, rule = ROW_KEY): PreparedRow {
  const refusals: Refusal[] = [{ column: null, value: null, reason, rule }];
  return { ok: false, raw, refusals };
}

function positionsOf(rows: readonly KeyedRow[]): number[] {
  const positions = rows.flatMap(({ row, position }) => (row.ok && position !== null ? [position] : []));
  return [...new Set(positions)].sort((a, b) => a - b);
}

/** How each row stands: `ours` to store. Rows of the same key as one above them are turned into refused ones. */
async function claim(
  scope: Scope,
  { ledger, runId, rows }: { ledger: Ledger; runId: string; rows: KeyedRow[] },
): Promise<("ours" | "before" | "refused")[]> {
  const open = await stillRefused(scope, runId, positionsOf(rows));
  const wanted = new Map<number, number>();
  for (const { row, position } of rows) {
    if (row.ok && position !== null && open.has(position) && !wanted.has(position)) {
      wanted.set(position, row.raw.position);
    }
  }
  const ours = await ledger.take(wanted);
  const takenHere = await ledger.takenHere([...wanted.keys()]);
  return rows.map((keyed) => {
    const { row, position } = keyed;
    if (!row.ok || position === null) return "refused";
    if (ours.has(position) && wanted.get(position) === row.raw.position) return "ours";
    if (!takenHere.has(position)) return "before";
    keyed.row = refusedFor(row, TWICE);
    return "refused";
  });
}
