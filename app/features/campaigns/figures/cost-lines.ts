/** What a campaign cost and what came back, in words; where nothing can be worked out, why. */
import { type WholeCampaign } from "~/features/campaigns/campaign";
import { costPer, returnOnCost, returnText } from "~/features/campaigns/figures/cost";
import { formatMoney } from "~/platform/money";

export interface CostLine {
  label: string;
  value: string;
  /** How it is worked out. */
  how: string;
}

const NO_COST = "Not counted: no cost given";

type Costed = Pick<WholeCampaign, "costMinor" | "valueMinor" | "currency" | "reached" | "responded" | "converted">;

export function costLines(campaign: Costed, locale: string): CostLine[] {
  const { costMinor, valueMinor, currency, reached, responded, converted } = campaign;
  const money = (minor: bigint) => formatMoney({ minor, currency }, locale);
  const per = (count: number, nobody: string) => {
    if (costMinor === 0n) return NO_COST;
    const each = costPer(costMinor, count);
    return each === null ? nobody : money(each);
  };
  const back = returnOnCost({ costMinor, valueMinor });
  const number = (count: number) => count.toLocaleString(locale);
  return [
    { label: "Cost", value: costMinor === 0n ? NO_COST : money(costMinor), how: "as it stands in the campaign" },
    {
      label: "For each contact",
      value: per(reached, "Nobody was reached"),
      how: `reached, ${number(reached)} of them`,
    },
    {
      label: "For each response",
      value: per(responded, "Nobody responded"),
      how: `of ${number(responded)}, converted or not`,
    },
    { label: "For each conversion", value: per(converted, "Nobody converted"), how: `of ${number(converted)}` },
    { label: "Value", value: money(valueMinor), how: "of all conversions" },
    {
      label: "Return on cost",
      value: back === null ? NO_COST : `${returnText(back, locale)} times the cost`,
      how: "value divided by cost",
    },
  ];
}
