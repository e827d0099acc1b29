import { z } from "zod";
import { type OwnRule, type OwnRuleKind, type Untitled } from "~/features/pipeline/own-rules/own-rule";
import { patterns } from "~/features/pipeline/own-rules/patterns";
import { readNumber } from "~/features/pipeline/own-rules/rule-values";
import { type CheckedField } from "~/features/pipeline/subject";
import { isDate } from "~/platform/time";

/** The forms by which an administrator makes a rule: one for each kind. */

const MOST_VALUES = 300;
const MOST_CHARACTERS = 200;

const field = z.string({ message: "Choose what the rule is about." }).max(100);
const lines = (text: string | undefined) => {
  const values = (text ?? "").split(/\r?\n/).map((line) => line.trim().slice(0, MOST_CHARACTERS));
  return [...new Set(values)].filter((line) => line !== "");
};

const domainShape = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const domains = z
  .string()
  .max(2_000)
  .optional()
  .transform((text) =>
    (text ?? "")
      .toLowerCase()
      .split(/[\s,;]+/)
      .map((domain) => domain.replace(/^@/, ""))
      .filter((domain) => domain !== ""),
  );

const end = z
  .string()
  .max(40)
  .optional()
  .transform((text) => text?.trim() ?? null);

const forms = {
  required: z.object({ field }),
  pattern: z
    .object({ field, pattern: z.enum(Object.keys(patterns), "Choose a pattern."), domains })
    .superRefine(({ pattern, domains }, context) => {
      if (pattern !== "email-domain") return;
      const message = "Say which domain, like “okafor.example”.";
      const isGood = domains.length > 0 && domains.every((domain) => domainShape.test(domain));
      if (!isGood) context.addIssue({ code: "custom", path: ["domains"], message });
    }),
  list: z.object({
    field,
    values: z
      .string({ message: "Write the values that are allowed, one on each line." })
      .max(50_000)
      .transform(lines)
      .refine((values) => values.length > 0, "Write the values that are allowed, one on each line.")
      .refine((values) => values.length <= MOST_VALUES, `At most ${MOST_VALUES} values.`),
  }),
  range: z
    .object({ field, of: z.enum(["value", "length"]), from: end, to: end })
    .refine(({ from, to }) => from !== null || to !== null, {
      path: ["from"],
      message: "Say from where, or up to where.",
    }),
} satisfies Record<OwnRuleKind, z.ZodType>;

export const ownRuleKinds = Object.keys(forms) as OwnRuleKind[];
export const ownRuleForm = (kind: OwnRuleKind) => forms[kind];

export type RuleTyped = z.output<(typeof forms)[OwnRuleKind]>;
type Built = { ok: true; rule: Untitled } | { ok: false; field: string; message: string };

/** A rule as its form shows it. */
export function ruleTyped(rule: OwnRule): Record<string, string> {
  const { field } = rule;
  switch (rule.kind) {
    case "required":
      return { field };
    case "pattern":
      return { field, pattern: rule.pattern, domains: rule.domains.join(", ") };
    case "list":
      return { field, values: rule.values.join("\n") };
    case "range": {
      const of = rule.of === "length" ? "length" : "value";
      return { field, of, from: rule.from ?? "", to: rule.to ?? "" };
    }
  }
}

/** The rule that a form asks for; or what is wrong with it, beside which of its fields. */
export function buildRule(kind: OwnRuleKind, typed: RuleTyped, checked: readonly CheckedField[]): Built {
  const about = checked.find(({ id }) => id === typed.field);
  if (!about) return { ok: false, field: "field", message: "Choose what the rule is about." };
  const common = { field: about.id, fields: [...about.fields], label: about.label, many: about.many };
  if (kind === "required") return { ok: true, rule: { kind, ...common } };
  if (kind === "pattern" && "pattern" in typed) {
    const { pattern, domains } = typed;
    return { ok: true, rule: { kind, ...common, pattern, domains: pattern === "email-domain" ? domains : [] } };
  }
  if (kind === "list" && "values" in typed) return { ok: true, rule: { kind, ...common, values: typed.values } };
  return "of" in typed ? buildRange(typed, about, common) : { ok: false, field: "field", message: "Choose again." };
}

type Common = Pick<OwnRule, "field" | "fields" | "label" | "many">;
type RangeTyped = Extract<RuleTyped, { of: unknown }>;

function buildRange(typed: RangeTyped, about: CheckedField, common: Common): Built {
  const ofValue = about.of === "date" ? "date" : "number";
  const of = typed.of === "length" ? "length" : ofValue;
  const [from, to] = [endOf(typed.from, of), endOf(typed.to, of)];
  if (from === undefined) return { ok: false, field: "from", message: endWords[of] };
  if (to === undefined) return { ok: false, field: "to", message: endWords[of] };
  if (isUpsideDown(from, to, of)) return { ok: false, field: "to", message: "The end comes before the beginning." };
  return { ok: true, rule: { kind: "range", ...common, of, from, to } };
}

function isUpsideDown(from: string | null, to: string | null, of: keyof typeof endWords): boolean {
  if (from === null || to === null) return false;
  return of === "date" ? from > to : Number(from) > Number(to);
}

const endWords = {
  date: "Write it as a date, like 2026-05-03.",
  number: "Write it as a number.",
  length: "Write it as a whole number.",
};

/** As it is kept; null where it is open, undefined where it cannot be read. */
function endOf(text: string | null, of: keyof typeof endWords): string | null | undefined {
  if (text === null || text === "") return null;
  if (of === "date") return isDate(text) ? text : undefined;
  const number = readNumber(text);
  const isGood = number !== null && (of === "number" || (Number.isInteger(number) && number >= 0));
  return isGood ? String(number) : undefined;
}
