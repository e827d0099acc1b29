/** Amounts as they are kept (minor units as text), as text for people. */
import { formatMoney } from "~/platform/money";
import { type Place } from "~/platform/time";

interface Reader {
  place: Place;
}

export function moneyText(minor: string | bigint, currency: string, { place }: Reader): string {
  return formatMoney({ minor: BigInt(minor), currency }, place.locale);
}

/** Amounts of several currencies beside each other: they are never added up. Those of nothing are left out. */
export function moneysText(amounts: readonly { currency: string; amount: string }[], reader: Reader): string {
  const some = amounts.filter(({ amount }) => amount !== "0");
  return some.map(({ currency, amount }) => moneyText(amount, currency, reader)).join(", ");
}
