import { refusedFileColumns, arranged } from "~/features/pipeline/corrections/correction";
import {
  listRefusals,
  readCells,
  refusedFirst,
  type RefusedLine,
} from "~/features/pipeline/corrections/refused-rows.server";
import { type RowKeys, rowKeys } from "~/features/pipeline/corrections/row-key.server";
import { readRunSettings, type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** The refused rows as a table that can be mended and sent again: what is wrong with each, the row as it came, its key. */

const PAGE = 500;

export interface RefusedTable {
  /** Of the file they came in, without its ending. */
  name: string;
  columns: string[];
  /** A few hundred rows at a time, never all in memory; those that were corrected since are left out. */
  pages: AsyncGenerator<string[][]>;
}

/** Null when there is no such run. */
export async function refusedTable(scope: Scope, runId: string): Promise<RefusedTable | null> {
  const run = await findRefusing(scope, runId);
  if (!run) return null;
  const name = (run.fileName ?? "import").replace(/\.[^.]*$/, "").replace(/ - refused rows(?: \(\d+\))?$/, "");
  return {
    name: `${name} - refused rows`,
    columns: refusedFileColumns(run.settings.columns),
    pages: pagesOf(scope, runId, run.settings),
  };
}

async function findRefusing(scope: Scope, runId: string) {
  const run = await scope.db
    .selectFrom("runs")
    .select(["file_name", "settings"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "!=", "draft")
    .executeTakeFirst();
  return run ? { fileName: run.file_name, settings: readRunSettings(run.settings) } : null;
}

async function* pagesOf(scope: Scope, runId: string, settings: RunSettings): AsyncGenerator<string[][]> {
  const width = settings.columns.length;
  for await (const rows of openRows(scope, runId, settings)) {
    yield rows.map(({ refusals, cells, key }) => rowOf(refusals, cells, { width, key }));
  }
}

/** The first lines of a run's refused rows, without those that were corrected since: at most so many rows. */
export async function listToCorrect(
  scope: Scope,
  run: { id: string; continuesId: string | null },
  limit: number,
): Promise<RefusedLine[]> {
  const found: RefusedLine[] = [];
  let rows = 0;
  for await (const page of openRefusals(scope, run)) {
    for (const refusals of page.slice(0, limit - rows)) found.push(...refusals);
    rows += page.length;
    if (rows >= limit) break;
  }
  return found;
}

/** What is wrong with each row that was not corrected since, a page of rows at a time: one statement for each. */
async function* openRefusals(
  scope: Scope,
  run: { id: string; continuesId: string | null },
): AsyncGenerator<OneRow[], void> {
  const open = refusedFirst(run);
  let after = 0;
  for (;;) {
    const lines = await listRefusals(scope, run.id, { after, limit: PAGE, open });
    const isLast = lines.length < PAGE;
    const rows = wholeRows(lines, isLast);
    if (rows.length > 0) yield rows;
    if (isLast) return;
    after = rows.at(-1)?.[0].position ?? after;
  }
}

async function* openRows(scope: Scope, runId: string, settings: RunSettings) {
  const keys = rowKeys(scope.keys, scope.account.id);
  const continuesId = settings.correction?.runId ?? null;
  for await (const rows of openRefusals(scope, { id: runId, continuesId })) {
    const positions = rows.map(([first]) => first.position);
    const received = await readCells(scope, runId, positions);
    yield rows.map((refusals) => {
      const { position } = refusals[0];
      return { refusals, ...keyed({ runId, position }, received.get(position) ?? [], { settings, keys }) };
    });
  }
}

interface Keyed {
  cells: readonly string[];
  /** As it is to stand in the file. */
  key: string;
}

/** Rows that were refused again keep the key they came with. */
function keyed(
  place: { runId: string; position: number },
  received: readonly string[],
  { settings: { correction }, keys }: { settings: RunSettings; keys: RowKeys },
): Keyed {
  if (!correction) return { cells: received, key: keys.write(place) };
  const surplus = received.slice(correction.columns.length);
  return { cells: [...arranged(received, correction), ...surplus], key: received[correction.keyAt] ?? "" };
}

/** What a row has beyond its columns stands behind the key, for its column to be the same in every row. */
function rowOf(refusals: OneRow, cells: readonly string[], { width, key }: { width: number; key: string }): string[] {
  const own = Array.from({ length: width }, (_, index) => cells[index] ?? "");
  return [...told(refusals), ...own, key, ...cells.slice(width)];
}

type OneRow = [RefusedLine, ...RefusedLine[]];

/** Lines of the same row together. The last row of a full page may go on in the next one, so it waits for that. */
function wholeRows(lines: readonly RefusedLine[], isLast: boolean): OneRow[] {
  const rows: OneRow[] = [];
  for (const refusal of lines) {
    const row = rows.at(-1);
    if (row?.[0].position === refusal.position) row.push(refusal);
    else rows.push([refusal]);
  }
  return isLast || rows.length === 1 ? rows : rows.slice(0, -1);
}

function told(refusals: OneRow): string[] {
  const each = (pick: (refusal: RefusedLine) => string | null) =>
    refusals
      .map(pick)
      .filter((text) => text !== null && text !== "")
      .join(" | ");
  return [
    String(refusals[0].position),
    each(({ column }) => column),
    each(({ value }) => value),
    each(({ reason }) => reason),
  ];
}
