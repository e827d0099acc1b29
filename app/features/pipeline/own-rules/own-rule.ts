import { z } from "zod";
import { patterns } from "~/features/pipeline/own-rules/patterns";
import { formatDate } from "~/platform/time";

/** What an account asks of the rows of an import beyond what is built in: data, bound to the fields of a subject. */

const common = {
  /** What of the record it is about, and the fields of columns that say it. */
  field: z.string().min(1),
  fields: z.array(z.string()).min(1),
  label: z.string(),
  /** The rule in words. */
  title: z.string(),
  /** A cell may hold several values. */
  many: z.boolean(),
};

export const ownRule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("required"), ...common }),
  /** `domains`: of email addresses, where the pattern asks for some. */
  z.strictObject({ kind: z.literal("pattern"), ...common, pattern: z.string(), domains: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("list"), ...common, values: z.array(z.string()).min(1) }),
  /** Both ends belong to it; null: open. Dates are plain dates. */
  z.strictObject({
    kind: z.literal("range"),
    ...common,
    of: z.enum(["number", "date", "length"]),
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
]);

export type OwnRule = z.infer<typeof ownRule>;
/** A rule that has no name in words yet. */
export type Untitled = OwnRule extends infer Each ? (Each extends OwnRule ? Omit<Each, "title"> : never) : never;
export type OwnRuleKind = OwnRule["kind"];

/** The name by which refusals are counted. */
export function ruleName({ field, kind }: Pick<OwnRule, "field" | "kind">): string {
  return `own:${field}:${kind}`;
}

/** The rule in words: “Postcode is a British postcode”. */
export function ruleTitle(rule: Untitled, locale: string): string {
  switch (rule.kind) {
    case "required":
      return `${rule.label} is filled in`;
    case "pattern": {
      const domains = rule.domains.length > 0 ? ` ${rule.domains.join(" or ")}` : "";
      return `${rule.label} is ${patterns[rule.pattern]?.noun ?? "as it should be"}${domains}`;
    }
    case "list":
      return `${rule.label} is one of ${someOf(rule.values, 3)}`;
    case "range":
      return rangeTitle(rule, locale);
  }
}

function rangeTitle({ label, of, from, to }: Extract<Untitled, { kind: "range" }>, locale: string): string {
  const say = (end: string) =>
    of === "date" ? formatDate({ locale, timeZone: "UTC" }, end) : Number(end).toLocaleString(locale);
  const verb = of === "length" ? "has" : "is";
  const unit = of === "length" ? " characters" : "";
  if (from !== null && to !== null) {
    return of === "length"
      ? `${label} has ${say(from)} to ${say(to)} characters`
      : `${label} is between ${say(from)} and ${say(to)}`;
  }
  const words = of === "date" ? ["not before", "not after"] : ["at least", "at most"];
  return from === null
    ? `${label} ${verb} ${words[1]} ${say(to ?? "")}${unit}`
    : `${label} ${verb} ${words[0]} ${say(from)}${unit}`;
}

export function someOf(values: readonly string[], limit: number): string {
  const shown = values.slice(0, limit).map((value) => `“${value}”`);
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
