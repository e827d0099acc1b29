/** What can be chosen of a day's transactions, and one of them as cells. */
import { type Json, type JsonObject, type SourceField } from "~/features/connectors/connector";
import { amountIn } from "~/features/connectors/reading/amounts";
import { isObject } from "~/features/connectors/reading/answers";

const TRANSACTION = "The transaction";
const field = { group: TRANSACTION, usual: true, always: true } as const;

export const transactionFields: readonly SourceField[] = [
  {
    ...{ id: "transactionId", label: "Transaction id", ...field },
    columns: [{ id: "transactionId", label: "Transaction id", goesTo: "transactionId" }],
  },
  {
    ...{ id: "day", label: "Day", ...field },
    columns: [{ id: "day", label: "Day, in the property’s time zone", goesTo: "day" }],
  },
  {
    ...{ id: "revenue", label: "Value and currency", ...field },
    columns: [
      { id: "value", label: "Value", goesTo: "value" },
      { id: "currency", label: "Currency", goesTo: "currency" },
      { id: "rounded", label: "Whether the value had more decimals", goesTo: "rounded" },
    ],
  },
  {
    ...{ id: "eventCount", label: "Number of purchase events", group: TRANSACTION, usual: true },
    columns: [{ id: "eventCount", label: "Purchase events", goesTo: "events" }],
  },
];

/** What Google calls an event that had none: an empty cell would be as if nobody had asked. */
const NOT_SET = "(not set)";

export function cellsOf(payload: JsonObject): ReadonlyMap<string, string> {
  const { transactionId, day, revenue, eventCount } = payload;
  const cells: [string, string][] = [
    ["transactionId", transactionId === "" ? NOT_SET : textOf(transactionId)],
    ["day", textOf(day)],
    ...revenueCells(revenue),
    ["eventCount", textOf(eventCount)],
  ];
  return new Map(cells.filter(([, text]) => text !== ""));
}

function revenueCells(revenue: Json | undefined): [string, string][] {
  if (!isObject(revenue)) return [];
  const [written, currency] = [textOf(revenue.value), textOf(revenue.currency)];
  const amount = amountIn(written, currency);
  return [
    ["value", amount?.text ?? written],
    ["currency", currency],
    ["rounded", amount?.isRounded ? "yes" : ""],
  ];
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value.trim() : "";
}
