/** Tables of figures as files have them: plain numbers and dates, for programs and spreadsheets. */
import { type WholeCampaign } from "~/features/campaigns/campaign";
import { type Reached } from "~/features/campaigns/figures/count-figures.server";
import { costPer, returnOnCost } from "~/features/campaigns/figures/cost";
import { funnelLines } from "~/features/campaigns/figures/funnel-lines";
import { type CampaignFigures } from "~/features/campaigns/figures/read-figures.server";
import { FEW, interval } from "~/features/campaigns/figures/shares";
import { moneyDigits } from "~/platform/money";
import { type XlsxColumn } from "~/platform/xlsx-writer.server";

export interface FigureTable {
  /** As the sheet and the file are called. */
  title: string;
  columns: XlsxColumn[];
  rows: string[][];
}

export const text = (heading: string, width = 24): XlsxColumn => ({ heading, width, type: "text" });
export const number = (heading: string, width = 14): XlsxColumn => ({ heading, width, type: "number" });
export const date = (heading: string): XlsxColumn => ({ heading, width: 12, type: "date" });

/** In percent with one decimal: the share, and between what the true one lies. Empty for few: their counts say it. */
export function shareCells(count: number, of: number): string[] {
  if (of < FEW) return ["", "", ""];
  const { low, high } = interval(count, of);
  return [count / of, low, high].map((share) => String(Math.round(share * 1_000) / 10));
}

export const shareColumns = (of: string) => [number(`${of}, %`), number(`${of}, % from`), number(`${of}, % to`)];

const reachedColumns = [
  number("Reached"),
  number("Responded"),
  number("Converted"),
  ...shareColumns("Responded"),
  ...shareColumns("Converted"),
];

function reachedCells({ reached, responded, converted }: Reached): string[] {
  return [
    ...[reached, responded, converted].map(String),
    ...shareCells(responded, reached),
    ...shareCells(converted, reached),
  ];
}

const makers = {
  funnel: ({ funnel, campaign }: CampaignFigures): FigureTable => ({
    title: "From the list to the answer",
    columns: [text("Step", 34), number("Contacts"), text("Share", 30), text("What it is", 60)],
    rows: funnelLines(funnel, campaign.channel, "en-GB").map(({ label, count, share, meaning }) => [
      ...[label, String(count), share, meaning],
    ]),
  }),
  days: ({ days }: CampaignFigures): FigureTable => ({
    title: "Answers by day",
    columns: [date("Day"), number("Responded"), number("Of them converted", 18), number("Not interested")],
    rows: days.map(({ from, responded, converted, notInterested }) => [
      from,
      ...[responded + converted, converted, notInterested].map(String),
    ]),
  }),
  tags: ({ tags }: CampaignFigures): FigureTable => ({
    title: "By tag",
    columns: [text("Tag"), ...reachedColumns],
    rows: tags.map(({ name, ...counts }) => [name, ...reachedCells(counts)]),
  }),
  towns: ({ towns, elsewhere }: CampaignFigures): FigureTable => ({
    title: "By town",
    columns: [text("Town"), ...reachedColumns],
    rows: [
      ...towns.map(({ name, ...counts }) => [name ?? "", ...reachedCells(counts)]),
      ...(elsewhere ? [["All other towns", ...reachedCells(elsewhere)]] : []),
    ],
  }),
  cost: ({ campaign }: CampaignFigures): FigureTable => ({
    title: "Cost and return",
    columns: [text("What", 30), number("Amount"), text("Currency", 10)],
    rows: costRows(campaign),
  }),
} as const;

export type FigureTableName = keyof typeof makers;

export function isFigureTable(name: string): name is FigureTableName {
  return Object.hasOwn(makers, name);
}

export function figureTable(figures: CampaignFigures, name: FigureTableName): FigureTable {
  return makers[name](figures);
}

/** Empty where nothing can be worked out. */
function costRows({ costMinor, valueMinor, currency, reached, responded, converted }: WholeCampaign): string[][] {
  const amount = (minor: bigint | null) => (minor === null ? "" : moneyDigits({ minor, currency }));
  const back = returnOnCost({ costMinor, valueMinor });
  return [
    ["Cost", amount(costMinor === 0n ? null : costMinor), currency],
    ["For each contact reached", amount(costPer(costMinor, reached)), currency],
    ["For each response", amount(costPer(costMinor, responded)), currency],
    ["For each conversion", amount(costPer(costMinor, converted)), currency],
    ["Value of all conversions", amount(valueMinor), currency],
    ["Return on cost (value divided by cost)", returnCell(back), ""],
  ];
}

/** Hundredths as a number; empty where there are none. */
export function returnCell(hundredths: bigint | null): string {
  return hundredths === null ? "" : `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;
}
