import { type Figures } from "~/features/reconciliation/figures/kept-figures";
import { moneyText } from "~/features/reconciliation/results/money-texts";
import { stepWords } from "~/features/reconciliation/results/words";
import { type Place } from "~/platform/time";

/** A line for each step that any currency takes, with what it comes to in each. */
export function bridgeLines(figures: Pick<Figures, "currencies">, place: Place) {
  const bridges = figures.currencies.map(({ bridge }) => bridge);
  const texts = (of: (bridge: (typeof bridges)[number]) => string) =>
    bridges.map((bridge) => (of(bridge) === "" ? "" : moneyText(of(bridge), bridge.currency, { place })));
  const steps = (bridges[0]?.steps ?? []).map(({ step }, at) => {
    const amounts = texts(({ steps }) => (steps[at]?.amount === "0" ? "" : (steps[at]?.amount ?? "")));
    return { step: step as string, label: stepWords[step], amounts };
  });
  return {
    currencies: bridges.map(({ currency }) => currency),
    lines: [
      { step: "shop", label: "Shop, all that take part", amounts: texts(({ shop }) => shop) },
      ...steps.filter(({ amounts }) => amounts.some((amount) => amount !== "")),
    ],
    analytics: texts(({ analytics }) => analytics),
    remainders: bridges.map(({ currency, remainder }) => ({
      ...{ currency, text: moneyText(remainder, currency, { place }), closes: remainder === "0" },
    })),
  };
}
