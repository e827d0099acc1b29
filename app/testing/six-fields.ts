/** One field of an account's own of each type, and what two contacts say of them. */
import { type ContactValues } from "~/features/contacts/contact";
import { type CustomFieldType } from "~/features/contacts/custom/custom-field";
import { type Scope } from "~/platform/scope.server";
import { given } from "~/testing/given";

export const sixNames: Record<CustomFieldType, string> = {
  text: "Membership number",
  number: "Yearly fee",
  date: "Renewal date",
  choice: "Tier",
  "yes-no": "Has a key",
  link: "Profile",
};

export type SixIds = Record<CustomFieldType, string>;

export async function sixFields(scope: Scope): Promise<SixIds> {
  const ids: Partial<SixIds> = {};
  for (const [type, name] of Object.entries(sixNames) as [CustomFieldType, string][]) {
    const choices = type === "choice" ? ["Gold", "Silver", "Bronze"] : [];
    ids[type] = (await given.field(scope, { name, type, choices })).id;
  }
  return ids as SixIds;
}

type Said = Record<CustomFieldType, string>;

/** As people type it, here and there. */
export const typedOnce: Said = {
  text: "M-0042",
  number: "1,234.50",
  date: "14 March 2026",
  choice: "gold",
  "yes-no": "yes",
  link: "www.okafor.example/ann",
};
export const saidOnce: Said = {
  text: "M-0042",
  number: "1234.5",
  date: "2026-03-14",
  choice: "Gold",
  "yes-no": "yes",
  link: "https://www.okafor.example/ann",
};
export const shownOnce: Said = {
  text: "M-0042",
  number: "1234.5",
  date: "14 March 2026",
  choice: "Gold",
  "yes-no": "Yes",
  link: "www.okafor.example/ann",
};
export const saidNext: Said = {
  text: "M-0099",
  number: "-20",
  date: "2027-01-31",
  choice: "Silver",
  "yes-no": "no",
  link: "https://www.okafor.example/about",
};

export function valuesOfSix(ids: SixIds, said: Partial<Said>): Partial<ContactValues> {
  const entries = Object.entries(said) as [CustomFieldType, string][];
  return Object.fromEntries(entries.map(([type, value]) => [`custom:${ids[type]}`, value])) as Partial<ContactValues>;
}
