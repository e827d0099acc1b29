/** What one record says less fully than another: a list without labels, a town without its street, a name without its title. */
import { type Address, type ContactValues } from "~/features/contacts/contact";

interface Labelled {
  label: string | null;
  note?: string;
}

/** The newer of two that are the same, with the label and the note of the older where it has none itself. */
export function completed<Item>(newer: Item, older: Item): Item {
  if (typeof newer !== "object" || newer === null) return newer;
  const [one, other] = [newer, older] as unknown as [Labelled, Labelled];
  const label = one.label ?? other.label;
  const note = one.note ?? other.note;
  if (label === one.label && note === one.note) return newer;
  return { ...newer, label, ...(note === undefined ? {} : { note }) };
}

const parts = ["street", "city", "region", "postalCode", "country"] as const;
type Part = (typeof parts)[number];

function plainPart(address: Address, part: Part): string {
  return (address[part] ?? "")
    .toLowerCase()
    .replace(/[\s,.]+/g, " ")
    .trim();
}

/** As two records write the same address. */
export function addressKey(address: Address): string {
  return parts.map((part) => plainPart(address, part)).join("|");
}

/** Each record's addresses without those that another record says with more parts: "London" is no second address in London. */
export function withoutPartial(lists: readonly (readonly Address[] | undefined)[]): (readonly Address[] | undefined)[] {
  if (lists.length < 2) return [...lists];
  return lists.map((list, place) =>
    list?.filter((address) => !lists.some((other, at) => at !== place && other?.some((more) => isPart(address, more)))),
  );
}

function isPart(address: Address, more: Address): boolean {
  let isLess = false;
  for (const part of parts) {
    const [said, saidThere] = [plainPart(address, part), plainPart(more, part)];
    if (said !== "" && said !== saidThere) return false;
    isLess ||= said !== saidThere;
  }
  return isLess;
}

type Name = Pick<ContactValues, "typedName" | "givenName" | "familyName">;

/** The ways in which this name is written out. */
function forms({ typedName, givenName, familyName }: Partial<Name>): string[] {
  const together = [givenName, familyName].filter(Boolean).join(" ");
  const reversed = givenName && familyName ? `${familyName}, ${givenName}` : "";
  return [typedName ?? "", together, reversed].filter((form) => form !== "");
}

function fullness({ typedName, givenName, familyName }: Partial<Name>): number {
  return (typedName ? 1 : 0) + (givenName ? 2 : 0) + (familyName ? 2 : 0);
}

/** Of names, the newest first: the newest, or where another writes the same one more fully, that. */
export function fullestName<Record extends Partial<Name>>(names: readonly Record[]): Record | undefined {
  const [newest, ...others] = names;
  if (!newest || others.length === 0) return newest;
  const wanted = forms(newest);
  const same = others.filter(
    (other) => fullness(other) > fullness(newest) && wanted.every((form) => forms(other).includes(form)),
  );
  return same[0] ?? newest;
}
