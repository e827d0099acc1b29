import { z } from "zod";
import { campaignLimits, responses } from "~/features/campaigns/campaign";
import { MOST_LINES } from "~/features/campaigns/responses/answer-lines";
import { amount } from "~/features/campaigns/campaign-form";
import { manyLines } from "~/features/contacts/values/typed-text";
import { isDate } from "~/platform/time";

interface Money {
  currency: string;
  locale: string;
}

const valueOfConversion = {
  isRight: ({ response, value }: { response: string; value: bigint | null }) =>
    value === null || response === "converted",
  path: ["value"],
  message: "Only a conversion has a value. Choose “Converted”, or leave this empty.",
};

/** What a recipient answered, as its form says it. */
export function responseForm(money: Money) {
  return z.object(answerShape(money)).refine(valueOfConversion.isRight, valueOfConversion);
}

/** What many answered, with who they are. `adds`: who is not on the list yet is put on it. */
export function manyResponsesForm(money: Money) {
  return z
    .object({
      ...answerShape(money),
      lines: z
        .string("Paste at least one code or email.")
        .refine((text) => text.trim() !== "", "Paste at least one code or email.")
        .refine((text) => text.length <= MOST_TYPED && lineCount(text) <= MOST_LINES, {
          message: "That is too much at once: at most 5,000 lines.",
        }),
      adds: z
        .string()
        .optional()
        .transform((ticked) => ticked !== undefined),
    })
    .refine(valueOfConversion.isRight, valueOfConversion);
}

const MOST_TYPED = 500_000;

function lineCount(text: string): number {
  return text.split("\n").filter((line) => line.trim() !== "").length;
}

function answerShape(money: Money) {
  return {
    response: z.enum(responses, "Choose how they answered."),
    respondedOn: z
      .string("Say on which day they answered.")
      .refine(isDate, "There is no such day. Write it like 2026-12-01."),
    how: z.enum(["by-hand", "phone"]).default("by-hand"),
    note: z
      .string()
      .optional()
      .transform((text) => manyLines(text ?? "") || null)
      .refine(
        (text) => Array.from(text ?? "").length <= campaignLimits.description,
        "The note is too long: at most 2,000 characters.",
      ),
    value: z
      .string()
      .optional()
      .transform((text, context) => (text?.trim() ? amount(text, context, money) : null)),
  };
}

export interface ResponseFormFields extends Record<string, string> {
  response: string;
  respondedOn: string;
  note: string;
  value: string;
}

export interface ManyResponsesFormFields extends ResponseFormFields {
  lines: string;
  adds: string;
}
