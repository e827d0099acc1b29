/** Figures, and the rows behind them, as files: CSV (safe in a spreadsheet) or a workbook. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { channelNames, responseNames, type WholeCampaign } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { deliveryNames } from "~/features/campaigns/delivery";
import { type FigureFilter } from "~/features/campaigns/figures/figure-filter";
import { type FigureRow, listFigureRows } from "~/features/campaigns/figures/figure-rows.server";
import { date, figureTable, isFigureTable, number, text } from "~/features/campaigns/figures/figure-tables.server";
import { readFigures } from "~/features/campaigns/figures/read-figures.server";
import { leftOutNames } from "~/features/campaigns/recipients/left-out";
import { type RecipientPlace } from "~/features/campaigns/recipients/list-address";
import { moneyDigits } from "~/platform/money";
import { type Scope } from "~/platform/scope.server";
import { type FileEnding, fileOf, type TableFile } from "~/platform/table-file.server";
import { dateIn } from "~/platform/time";

/** Tags or towns: more are none's business, and a file of so many still opens. */
const MOST_GROUPS = 20_000;
const PAGE = 1_000;

export async function* onePage(rows: string[][]) {
  yield rows;
}

/** One of the tables of a campaign's figures; null: no such table, or no such campaign. */
export async function figureFile(
  scope: Scope,
  campaignId: string,
  table: string,
  ending: FileEnding,
): Promise<TableFile | null> {
  if (!isFigureTable(table)) return null;
  const figures = await readFigures(scope, campaignId, { limit: MOST_GROUPS });
  if (!figures) return null;
  const made = figureTable(figures, table);
  return fileOf({ ...made, name: `${figures.campaign.name}, ${made.title.toLowerCase()}` }, onePage(made.rows), ending);
}

/** All rows that a figure counts, read some at a time; null: no such campaign. */
export async function figureRowsFile(
  scope: Scope,
  campaignId: string,
  filter: FigureFilter,
  ending: FileEnding,
): Promise<TableFile | null> {
  const campaign = await findCampaign(scope, campaignId);
  if (!campaign) return null;
  const columns = rowColumns(campaign);
  const about = { name: `${campaign.name}, recipients`, title: "Recipients", columns };
  return fileOf(about, rowsOf(scope, campaign, filter), ending);
}

function rowColumns({ channel }: WholeCampaign) {
  return [
    ...[text("Name", 30), { ...text(channelNames[channel], 30), type: "code" as const }, text("Town", 18)],
    ...[text("Left out because"), text("How far it has come"), date("Since"), text("Note")],
    ...[text("Answer", 16), date("Answered on"), number("Value"), text("Currency", 10)],
  ];
}

async function* rowsOf(scope: Scope, campaign: WholeCampaign, filter: FigureFilter) {
  let after: RecipientPlace | null = null;
  do {
    // On SQLite nothing here ever waits: others get their turn between pages.
    await nextTurn();
    const page: Awaited<ReturnType<typeof listFigureRows>> = await listFigureRows(scope, campaign, filter, {
      after,
      limit: PAGE,
    });
    yield page.rows.map((row) => cellsOf(scope, campaign, row));
    after = page.next;
  } while (after);
}

function cellsOf({ account }: Scope, { currency }: WholeCampaign, row: FigureRow): string[] {
  const { leftOut, delivery, deliveryAt, valueMinor: minor } = row;
  return [
    ...[row.name ?? "", row.address ?? "", row.town ?? ""],
    leftOut ? leftOutNames[leftOut] : "",
    ...[deliveryNames[delivery], deliveryAt ? dateIn(account.timeZone, deliveryAt) : "", row.deliveryNote ?? ""],
    ...[responseNames[row.response], row.respondedOn ?? ""],
    ...(minor === null ? ["", ""] : [moneyDigits({ minor, currency }), currency]),
  ];
}
