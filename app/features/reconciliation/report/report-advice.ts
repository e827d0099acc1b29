/** What to do about what does not agree, in words for whoever owns the shop. What is missing first, as it is ranked. */
import { type Figures } from "~/features/reconciliation/figures/kept-figures";
import { rowLines } from "~/features/reconciliation/results/bucket-amounts";
import { moneysText } from "~/features/reconciliation/results/money-texts";
import { type GapLine, reasonWords } from "~/features/reconciliation/results/reason-words";
import { whyWords } from "~/features/reconciliation/results/words";
import { type Place } from "~/platform/time";

export interface Advice {
  title: string;
  text: string;
}

export function adviceOf(figures: Figures, place: Place): Advice[] {
  const advice = [
    ...figures.gaps.reasons.map((gap) => aboutGap(gap, place)),
    ...aboutRows(figures, place),
    ...aboutValues(figures, place),
    ...aboutIds(figures, place),
  ];
  return advice.length > 0
    ? advice
    : [{ title: "Nothing", text: "Both sides agree. Keep comparing: a change of the shop or of its tags shows here." }];
}

function aboutGap(gap: GapLine, place: Place): Advice {
  const { reason, orders, amounts } = gap;
  const worth = `${count(orders, "order", place)}, ${moneysText(amounts, { place })}`;
  switch (reason.kind) {
    case "no-return":
      return {
        title: `Bring buyers back from ${reason.paymentMethod}, or let the shop report the purchase itself`,
        text: `Ask for automatic return to the shop after paying, or have the shop’s server tell the analytics of a paid order. It is about ${worth}.`,
      };
    case "tag-outage":
      return {
        title: "Find out what stopped the tag",
        text: `${reasonWords(gap, place).title}: ask who changed the shop, its theme or its tags then. It is about ${worth}, which cannot be made good in the analytics.`,
      };
    case "id-rule-changed":
      return {
        title: "Have the tag send the order’s number again",
        text: `${reasonWords(gap, place).title}: ask who changed the tag. If the new ids are meant, the rule for ids in Tallybook has to follow. It is about ${worth}.`,
      };
    case "no-browser":
      return {
        title: `Leave out channel ${reason.channel}, or let the shop report its orders itself`,
        text: `No tag can see an order without a browser. It is about ${worth}.`,
      };
    case "unknown":
      return {
        title: "Look at the consent banner",
        text: `Nothing in the figures tells why ${count(orders, "order", place)} (${moneysText(amounts, { place })}) ${orders === 1 ? "is" : "are"} missing. Mostly it is visitors who refuse consent or block tags. Their refusal holds; but see to it that the banner works in every browser, and that the tag waits for its answer.`,
      };
  }
}

function aboutRows(figures: Figures, place: Place): Advice[] {
  const lines = rowLines(figures);
  const worthOf = (bucket: string) => {
    const line = lines.find((one) => one.bucket === bucket);
    return line && line.count > 0
      ? `${count(line.count, "purchase", place)}, ${moneysText(line.amounts, { place })}`
      : null;
  };
  const about = (bucket: string, title: string, text: string): Advice[] => {
    const worth = worthOf(bucket);
    return worth === null ? [] : [{ title, text: `${text} It is about ${worth}.` }];
  };
  return [
    ...about(
      "duplicate",
      "Stop purchases from being counted twice",
      "The analytics shows more than was sold: mostly the last page is loaded again, or two tags tell of the same order.",
    ),
    ...about(
      "unexpected",
      "Look at purchases without an order",
      "No order of the shop goes by their ids: they may be of a test system, of another shop, or of orders that were deleted.",
    ),
    ...about(
      "unusable-id",
      "Have an order’s number sent with each purchase",
      "They came with an empty or unusable id, so nobody can say of which orders they are.",
    ),
  ];
}

/** By the cause that most of them have. */
function aboutValues({ orders, breakdowns }: Figures, place: Place): Advice[] {
  const wrong = orders["value-mismatch"] + orders["currency-mismatch"];
  if (wrong === 0) return [];
  const byCause = new Map<string, number>();
  for (const { value, orders } of breakdowns.cause) {
    const found = orders["value-mismatch"].count + orders["currency-mismatch"].count;
    if (value !== null && found > 0) byCause.set(value, (byCause.get(value) ?? 0) + found);
  }
  const [most] = [...byCause].sort(([, one], [, other]) => other - one);
  const cause = most ? whyWords("value-mismatch", most[0]) : "";
  const mostly = most && cause ? ` Most often: ${lower(cause)} (${most[1].toLocaleString(place.locale)}).` : "";
  return [
    {
      title: "Have the tag send the amount that the shop charges",
      text: `${count(wrong, "order", place)} ${wrong === 1 ? "was" : "were"} tracked with another amount or currency.${mostly}`,
    },
  ];
}

function aboutIds({ orders }: Figures, place: Place): Advice[] {
  if (orders.ambiguous === 0) return [];
  return [
    {
      title: "Give each order a number of its own",
      text: `${count(orders.ambiguous, "order", place)} ${orders.ambiguous === 1 ? "shares its" : "share their"} number with another, so nobody can say which was tracked.`,
    },
  ];
}

function count(number: number, noun: string, { locale }: Place): string {
  return `${number.toLocaleString(locale)} ${noun}${number === 1 ? "" : "s"}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
