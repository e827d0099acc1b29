import { z } from "zod";
import { customFieldTypes, fieldLimits } from "~/features/contacts/custom/custom-field";
import { sameChoice } from "~/features/contacts/custom/custom-value";
import { oneLine } from "~/features/contacts/values/typed-text";

function line(most: number, what: string) {
  return z
    .string()
    .transform(oneLine)
    .refine((text) => Array.from(text).length <= most, `${what}: at most ${most} characters.`);
}

const NAMELESS = "Say how the field is called, like “Membership number”.";

/** A field of an account's own as its form sends it. */
export const customFieldForm = z.object({
  name: line(fieldLimits.name, "The name is too long")
    .optional()
    .transform((name) => name ?? "")
    .refine((name) => name !== "", NAMELESS),
  type: z.enum(customFieldTypes, "Choose what can stand in it."),
  choices: z
    .string()
    .optional()
    .transform((text, context) => {
      const choices: string[] = [];
      for (const part of (text ?? "").split("\n").map(oneLine)) {
        if (part !== "" && !choices.some((each) => sameChoice(each, part))) choices.push(part);
      }
      const long = choices.find((each) => Array.from(each).length > fieldLimits.choice);
      if (long) {
        context.addIssue({
          code: "custom",
          message: `A choice is too long: at most ${fieldLimits.choice} characters.`,
        });
      }
      return choices;
    }),
  hint: line(fieldLimits.hint, "The hint is too long")
    .optional()
    .transform((hint) => hint || null),
  required: z
    .literal("yes")
    .optional()
    .transform((said) => said === "yes"),
});

/** `choices`: in their order, each once; of any other type none count. */
export type FieldFacts = z.output<typeof customFieldForm>;
export type CustomFieldFormFields = { name: string; type: string; choices: string; hint: string; required: string };
