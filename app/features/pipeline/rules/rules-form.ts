import { z } from "zod";
import { type RuleField, fieldRules, type WritingRules, writings } from "~/features/pipeline/subject-rules";

/** Rules of writing as a page sends them: one `rule:<field>` for each field that the columns bring. */

const form = z.object({ what: z.enum(writings), match: z.string().max(50) });
const rule = z.enum(fieldRules);

export const ruleName = (id: string) => `rule:${id}`;

/** Null for what no page of ours sends. */
export function readRulesForm(sent: FormData, fields: readonly RuleField[]): WritingRules | null {
  const chosen = form.safeParse(Object.fromEntries(sent));
  if (!chosen.success) return null;
  const rules: Record<string, z.infer<typeof rule>> = {};
  for (const { id } of fields) {
    const read = rule.safeParse(sent.get(ruleName(id)) ?? "overwrite");
    if (!read.success) return null;
    rules[id] = read.data;
  }
  return { ...chosen.data, fields: rules };
}
