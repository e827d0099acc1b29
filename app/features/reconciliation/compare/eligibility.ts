/** Which orders take part. The others still explain the hits that they have. */
import { basisAmount } from "~/features/reconciliation/basis/value-basis";
import { type Books } from "~/features/reconciliation/columns/books";
import { type Calendar, dayOfDate } from "~/features/reconciliation/columns/calendar";
import { TooLargeError } from "~/features/reconciliation/columns/safe-minor";
import { standings } from "~/features/reconciliation/columns/orders";
import { codesOf, exclusions } from "~/features/reconciliation/compare/outcomes";
import { type Settings } from "~/features/reconciliation/compare/settings";

export interface Eligibility {
  /** By order: its day in the property's zone, counted from 1970. */
  day: Int32Array;
  /** By order: what of it is compared, in minor units. */
  amount: Float64Array;
  /** By order: the place in the list of exclusions. */
  exclusion: Uint8Array;
}

const code = codesOf(exclusions);
const byStanding = standings.map((standing) => (standing === "sale" ? code.none : code[standing]));

export function eligibility(
  books: Books,
  { settings, calendar, aside }: { settings: Settings; calendar: Calendar; aside: ReadonlySet<number> },
): Eligibility {
  const { facts, length } = books.orders;
  const result = { day: new Int32Array(length), amount: new Float64Array(length), exclusion: new Uint8Array(length) };
  const [first, last] = [dayOfDate(settings.firstDay), dayOfDate(settings.lastDay)];
  const untracked = untrackedChannels(books, settings);
  for (let order = 0; order < length; order++) {
    const day = (result.day[order] = calendar.dayAt(facts.createdMs[order]!));
    const amount = (result.amount[order] = safeAmount(basisAmount(books.orders, order, settings.basis)));
    result.exclusion[order] =
      byStanding[facts.standing[order]!]! ||
      untracked[facts.channel[order]!]! ||
      (amount === 0 && settings.leavesOutZero ? code["zero-value"] : code.none) ||
      (day < first || day > last ? code["outside-window"] : code.none);
  }
  for (const order of aside) result.exclusion[order] = code["set-aside"];
  return result;
}

function untrackedChannels({ channels }: Books, { untrackedChannels }: Settings): Uint8Array {
  const untracked = new Uint8Array(channels.size);
  for (const channel of untrackedChannels) {
    const number = channels.find(channel);
    if (number >= 0) untracked[number] = code["channel-not-tracked"];
  }
  return untracked;
}

/** Each part is exact; what they come to might not be. */
function safeAmount(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new TooLargeError("More than can be compared exactly");
  return amount;
}
