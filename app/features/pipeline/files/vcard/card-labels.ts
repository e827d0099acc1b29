import { type Property, unescaped } from "~/features/pipeline/files/vcard/property";

/** What a number or address of a card is called, and which comes first. */

/** The first type that is there decides: a fax at work is a fax. */
const labels: readonly [type: RegExp, label: string][] = [
  [/^FAX$/, "fax"],
  [/^(?:CELL|MOBILE|IPHONE)$/, "mobile"],
  [/^PAGER$/, "pager"],
  [/^WORK$/, "work"],
  [/^HOME$/, "home"],
];

/** `item1.X-ABLabel`, as Apple and Google write what no type says, by group. */
export function labelsByGroup(properties: readonly Property[]): ReadonlyMap<string, string> {
  const found = properties.filter(({ name, group }) => name === "X-ABLABEL" && group !== "");
  return new Map(found.map(({ group, value }) => [group, plainLabel(value)]));
}

/** `_$!<Work>!$_` is Apple's way of writing a word that each shows in its language. */
function plainLabel(value: string): string {
  const apples = /^_\$!<(.*)>!\$_$/.exec(value.trim());
  return apples ? (apples[1] ?? "").toLowerCase() : value.replace(/\\(.)/g, "$1").trim();
}

export function labelOf({ group, types }: Property, byGroup: ReadonlyMap<string, string>): string {
  const own = byGroup.get(group);
  if (own) return own;
  return labels.find(([type]) => types.some((one) => type.test(one)))?.[1] ?? "";
}

/** What our own cards have noted beside a value: `item1.X-TALLYBOOK-NOTE`, by group. */
export function notesByGroup(properties: readonly Property[]): ReadonlyMap<string, string> {
  const found = properties.filter(({ name, group }) => name === "X-TALLYBOOK-NOTE" && group !== "");
  return new Map(found.map(({ group, value }) => [group, unescaped(value)]));
}

export function noteOf({ group }: Property, byGroup: ReadonlyMap<string, string>): string {
  return group === "" ? "" : (byGroup.get(group) ?? "");
}

/** The preferred ones first, the others as they stand. */
export function byPreference(properties: readonly Property[]): Property[] {
  return [...properties].sort((a, b) => rank(a) - rank(b));
}

function rank({ types, parameters }: Property): number {
  if (types.includes("PREF")) return 1;
  const stated = Number(parameters.get("PREF"));
  return stated >= 1 && stated <= 100 ? stated : 101;
}
