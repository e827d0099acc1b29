/** Why orders are missing, each with its findings. */
import { type Figures } from "~/features/reconciliation/figures/kept-figures";
import { type FindingFilter } from "~/features/reconciliation/results/finding-filter";
import { reasonWords } from "~/features/reconciliation/results/reason-words";
import { rateText } from "~/features/reconciliation/results/rate-text";
import { moneysText } from "~/features/reconciliation/results/money-texts";
import { type DoneResult, findingsLink } from "~/routes/reconciliations/results/result.server";

type Gap = Figures["gaps"]["reasons"][number];

/** Which findings they are. An outage and a change of ids are known by their cause and their days. */
function filterOf({ reason }: Gap): Partial<FindingFilter> {
  const base = { side: "order" as const, bucket: "missing", why: reason.kind };
  if (reason.kind === "no-browser") return { ...base, channel: reason.channel };
  if (reason.kind === "no-return") return { ...base, method: reason.paymentMethod };
  if (reason.kind === "id-rule-changed") return { ...base, from: reason.firstDay, until: reason.lastDay };
  return base;
}

export function gapLines(result: DoneResult) {
  const { scope, run } = result;
  const { gaps } = run.figures;
  return gaps.reasons.map((gap, place) => ({
    key: String(place),
    ...reasonWords(gap, scope.place),
    href: findingsLink(result, filterOf(gap)),
    orders: gap.orders.toLocaleString(scope.place.locale),
    share: rateText(gaps.missing === 0 ? null : gap.orders / gaps.missing, scope.place.locale),
    amount: moneysText(gap.amounts, scope),
  }));
}
