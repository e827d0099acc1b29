/** An order or a transaction in words, for the check before an import and for histories. */
import { type Change, type FieldChange } from "~/features/pipeline/subject";
import { type CanonicalRecord, type Facts, type RecordKind } from "~/features/reconciliation/records/record-kind";
import { formatMoney, isCurrency } from "~/platform/money";
import { formatDate, formatInstant, isDate, isInstant, type Place } from "~/platform/time";

export function describeFacts(
  { labels, called }: RecordKind,
  { name, shop, facts }: CanonicalRecord,
  place: Place,
): { label: string; text: string }[] {
  const lines = Object.entries(labels).map(([column, label]) => ({ label, text: factText(column, { facts, place }) }));
  const known = called(facts) === null ? [{ label: "Known by", text: name }] : [];
  return [...known, ...lines, { label: "Shop", text: shop ?? "" }].filter(({ text }) => text !== "");
}

export function describeFactChange({ labels }: RecordKind, { before, after }: Change, place: Place): FieldChange[] {
  const [was, is] = [(before ?? {}) as Facts, (after ?? {}) as Facts];
  const columns = Object.keys(labels).filter((column) => (was[column] ?? null) !== (is[column] ?? null));
  const said = columns.map((column) => ({
    label: labels[column] ?? column,
    before: factText(column, { facts: was, place }),
    after: factText(column, { facts: is, place }),
  }));
  const gone = (facts: Facts) => (typeof facts.goneAt === "string" ? formatInstant(place, facts.goneAt) : "");
  const isGone = (was.goneAt ?? null) !== (is.goneAt ?? null);
  return isGone ? [...said, { label: "Gone at the source", before: gone(was), after: gone(is) }] : said;
}

const ownWords: Readonly<Record<string, (value: string | number) => string>> = {
  is_rounded: (value) => (value === 1 ? "yes" : "no"),
  standing: (value) => String(value).replaceAll("-", " "),
};

/** As people write it; "" for nothing. */
export function factText(column: string, { facts, place }: { facts: Facts; place: Place }): string {
  const value = facts[column] ?? null;
  if (value === null) return "";
  const own = ownWords[column];
  if (own) return own(value);
  if (typeof value === "number") return value.toLocaleString(place.locale);
  if (column.endsWith("_minor")) return amountText(value, { currency: facts.currency ?? null, locale: place.locale });
  if (isInstant(value)) return formatInstant(place, value);
  return isDate(value) ? formatDate(place, value) : value;
}

/** Where only the amount changed, its currency is not told with it: then the smallest units are. */
function amountText(minor: string, { currency, locale }: { currency: string | number | null; locale: string }): string {
  if (typeof currency !== "string" || !isCurrency(currency)) return `${minor} (smallest units)`;
  return formatMoney({ minor: BigInt(minor), currency }, locale);
}
