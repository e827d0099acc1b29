/** By what an order may be tracked. Where two fit equally often, the earlier one is taken. */
export const aliasTypes = [
  "id",
  "name",
  "bare-name",
  "number",
  "order-key",
  "confirmation",
  "token",
  "payment-reference",
] as const;
export type AliasType = (typeof aliasTypes)[number];

export interface Alias {
  /** `bare-name` comes from a name by a rule and is never given. */
  type: Exclude<AliasType, "bare-name">;
  /** As the source writes it. */
  value: string;
}

/** What an id is stripped of before it is looked up: learned, then approved by a person. In lower case. */
export interface AffixRule {
  /** Order names are stripped of it, or the ids that were tracked. */
  of: "names" | "tracked-ids";
  prefix: string;
  suffix: string;
}

/** What is left between prefix and suffix; null where they are not both there or nothing is left. */
export function stripped(key: string, { prefix, suffix }: AffixRule): string | null {
  if (key.length <= prefix.length + suffix.length) return null;
  if (!key.startsWith(prefix) || !key.endsWith(suffix)) return null;
  return key.slice(prefix.length, key.length - suffix.length);
}
