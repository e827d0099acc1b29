/** Why orders are missing, and whether that is usual, in words. */
import { type Figures } from "~/features/reconciliation/figures/kept-figures";
import { type GapNow } from "~/features/reconciliation/gaps/gap-now";
import { rateText } from "~/features/reconciliation/results/rate-text";
import { formatInstant, formatShortDate, type Place } from "~/platform/time";

export type GapLine = Figures["gaps"]["reasons"][number];

/** "PayPal, the buyer did not come back", and what that means. */
export function reasonWords({ reason, orders }: GapLine, place: Place): { title: string; meaning: string } {
  const number = (count: number) => count.toLocaleString(place.locale);
  switch (reason.kind) {
    case "no-browser":
      return {
        title: `Channel ${reason.channel}: no browser`,
        meaning:
          "No browser was involved that could have told. Set the channel aside as one that is never tracked here.",
      };
    case "id-rule-changed":
      return {
        title: `Other ids from ${formatShortDate(place, reason.firstDay)} to ${formatShortDate(place, reason.lastDay)}`,
        meaning:
          "As many purchases were tracked under ids that nobody can read as orders are missing: most likely the tag was changed.",
      };
    case "tag-outage":
      return {
        title: `Nothing tracked from ${formatInstant(place, reason.from)} to ${formatInstant(place, reason.to)}`,
        meaning: "The shop sold as usual, and not one purchase was tracked: most likely the tag was out.",
      };
    case "no-return":
      return {
        title: `${reason.paymentMethod}, buyer did not return`,
        meaning: `${number(orders)} of ${number(reason.ofItsOrders)} such orders are missing, far more than of the others: most likely buyers do not come back to the shop’s last page after paying.`,
      };
    case "unknown":
      return {
        title: "Not known",
        meaning: "Nothing in the figures tells why. The usual work of consent banners and blockers is among these.",
      };
  }
}

/** Of the latest settled day; null: none is settled. */
export function bandWords(now: GapNow | null, place: Place): { text: string; isUnusual: boolean } | null {
  if (!now) return null;
  const { latest, band, leaves } = now;
  const share = (rate: number) => rateText(rate, place.locale);
  const day = formatShortDate(place, latest.day);
  const said = `On ${day} ${share(latest.missing / latest.of)} of the orders were missing (${latest.missing.toLocaleString(place.locale)} of ${latest.of.toLocaleString(place.locale)})`;
  if (!band) {
    return { text: `${said}. Whether that is usual is known from fourteen settled days on.`, isUnusual: false };
  }
  const usual = `its usual ${share(band.low)} to ${share(band.high)}, by the ${band.days} settled days before`;
  if (leaves === null) return { text: `${said}: within ${usual}.`, isUnusual: false };
  return { text: `${said}: ${leaves === "above" ? "more" : "less"} than ${usual}.`, isUnusual: true };
}
