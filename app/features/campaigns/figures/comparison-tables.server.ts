/** The comparison as files have it: plain numbers and dates. */
import { type Campaign, channelNames, stateNames } from "~/features/campaigns/campaign";
import { type Comparison } from "~/features/campaigns/figures/compare-campaigns.server";
import { type ChannelTotal, type Compared, type MoneyTotal } from "~/features/campaigns/figures/comparison";
import { costPer, returnOnCost } from "~/features/campaigns/figures/cost";
import {
  date,
  type FigureTable,
  number,
  returnCell,
  shareCells,
  shareColumns,
  text,
} from "~/features/campaigns/figures/figure-tables.server";
import { moneyDigits } from "~/platform/money";

const counts = [number("On the list"), number("Reached"), number("Responded"), number("Converted")];
const shares = [...shareColumns("Responded"), ...shareColumns("Converted")];
const amounts = [text("Currency", 10), number("Cost"), number("Value")];

const tables = {
  campaigns: ({ campaigns }: Comparison): FigureTable => ({
    title: "Campaigns compared",
    columns: [
      ...[text("Campaign", 34), text("Channel", 12), text("Topic"), text("State", 12), date("Began")],
      ...[...counts, ...shares, ...amounts],
      ...[number("Cost of a response"), number("Return on cost")],
    ],
    rows: campaigns.map(campaignRow),
  }),
  channels: ({ totals }: Comparison): FigureTable => ({
    title: "Channels compared",
    columns: [text("Channel", 14), number("Campaigns"), ...counts, ...shares, ...amounts, number("Return on cost")],
    rows: totals.flatMap((total) => total.money.map((money) => channelRow(total, money))),
  }),
} as const;

/** Null: there is no such table. */
export function comparisonTable(comparison: Comparison, name: string): FigureTable | null {
  return Object.hasOwn(tables, name) ? tables[name as keyof typeof tables](comparison) : null;
}

/** Both are of those reached. */
const answersOf = ({ reached, reachedResponded, reachedConverted }: Campaign) => [
  ...shareCells(reachedResponded, reached),
  ...shareCells(reachedConverted, reached),
];

function campaignRow(campaign: Compared): string[] {
  const { name, channel, topic, state, beganOn, listed, reached, reachedResponded, reachedConverted, currency } =
    campaign;
  const { costMinor, valueMinor, responded } = campaign;
  const money = (minor: bigint | null) => (minor === null ? "" : moneyDigits({ minor, currency }));
  return [
    ...[name, channelNames[channel], topic ?? "", stateNames[state], beganOn],
    ...[listed, reached, reachedResponded, reachedConverted].map(String),
    ...answersOf(campaign),
    ...[currency, money(costMinor === 0n ? null : costMinor), money(valueMinor)],
    ...[money(costPer(costMinor, responded)), returnCell(returnOnCost(campaign))],
  ];
}

/** A row for each currency; the counts are the channel's, whatever was paid in. */
function channelRow(
  total: ChannelTotal,
  { currency, costMinor, valueMinor, valueOfCostedMinor }: MoneyTotal,
): string[] {
  const { channel, campaigns, listed, reached, responded, converted } = total;
  return [
    ...[channelNames[channel], ...[campaigns, listed, reached, responded, converted].map(String)],
    ...[...shareCells(responded, reached), ...shareCells(converted, reached)],
    ...[currency, moneyDigits({ minor: costMinor, currency }), moneyDigits({ minor: valueMinor, currency })],
    returnCell(returnOnCost({ costMinor, valueMinor: valueOfCostedMinor })),
  ];
}
