import { stringify } from "csv-stringify/sync";
import { refusalColumns } from "~/features/pipeline/columns";
import { listRefusals, readCells, type RefusedLine } from "~/features/pipeline/refused-rows.server";
import { readRunSettings } from "~/features/pipeline/run-settings.server";
import "~/features/pipeline/tables";
import { spreadsheetCell } from "~/platform/spreadsheet-cell.server";
import { type Scope } from "~/platform/scope.server";

/** The refused rows as a CSV that can be mended and sent again: what is wrong with each, then the row as it came. */

const PAGE = 500;
/** Excel takes a file for UTF-8 only if it begins so. */
const MARK = "\ufeff";

/** @returns null when there is no such run; else the file in pieces, never whole in memory. */
export async function refusedRowsCsv(
  scope: Scope,
  runId: string,
): Promise<{ fileName: string; pieces: AsyncGenerator<string> } | null> {
  const run = await scope.db
    .selectFrom("runs")
    .select(["file_name", "settings"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "!=", "draft")
    .executeTakeFirst();
  if (!run) return null;
  const { columns } = readRunSettings(run.settings);
  const base = (run.file_name ?? "import").replace(/\.[^.]*$/, "");
  return { fileName: `${base} - refused rows.csv`, pieces: pieces(scope, runId, columns) };
}

async function* pieces(scope: Scope, runId: string, columns: readonly string[]): AsyncGenerator<string> {
  yield MARK + line([...refusalColumns, ...columns]);
  let after = 0;
  for (;;) {
    const lines = await listRefusals(scope, runId, { after, limit: PAGE });
    const rows = wholeRows(lines, lines.length < PAGE);
    if (rows.length === 0) return;
    const positions = rows.map(([first]) => first.position);
    const cells = await readCells(scope, runId, positions);
    yield rows.map((refusals) => line([...told(refusals), ...(cells.get(refusals[0].position) ?? [])])).join("");
    after = positions.at(-1) ?? after;
  }
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

function line(cells: readonly string[]): string {
  // csv-stringify quotes a cell for the whole line end only, but a lone \n or \r ends a row for many readers.
  return stringify([cells.map(spreadsheetCell)], { record_delimiter: "\r\n", quoted_match: /[\r\n]/ });
}
