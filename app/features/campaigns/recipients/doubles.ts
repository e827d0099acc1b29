/** Whom another is before, so that an address is not written to twice. */
import { type Judged } from "~/features/campaigns/recipients/judged";

/** Somebody who may be written to at an address. */
export type Addressed = Pick<Judged, "contactId" | "nameKey" | "familyName"> & { addressKey: string };

/** Two of whom somebody said that they live apart, in either order. */
export type Apart = (one: string, other: string) => boolean;

/** An email or a number is used once, whoever has it. */
export const isOneAddress = () => true;

/** Letters go to households: of one family name, or of the same name altogether; unless somebody said that they live apart. */
export function isOneHousehold(apart: Apart) {
  return (one: Addressed, other: Addressed): boolean => {
    const isOneFamily = one.familyName !== null && one.familyName === other.familyName;
    return (isOneFamily || one.nameKey === other.nameKey) && !apart(one.contactId, other.contactId);
  };
}

/** Those of these people, in their order, who are one with somebody written to: `listed` already, or before them. */
export function doublesAmong(
  people: readonly Judged[],
  listed: readonly Addressed[],
  isOne: (one: Addressed, other: Addressed) => boolean,
): Set<string> {
  const written = new Map<string, Addressed[]>();
  const write = (person: Addressed) =>
    written.set(person.addressKey, [...(written.get(person.addressKey) ?? []), person]);
  for (const person of listed) write(person);
  const doubles = new Set<string>();
  for (const person of people) {
    if (!isAddressed(person)) continue;
    if (written.get(person.addressKey)?.some((other) => isOne(person, other))) doubles.add(person.contactId);
    else write(person);
  }
  return doubles;
}

/** Whether they would be written to, if nobody is before them. */
export function isAddressed(person: Judged): person is Judged & { addressKey: string } {
  return person.leftOut === null && person.addressKey !== null;
}
