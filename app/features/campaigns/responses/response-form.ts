import { z } from "zod";
import { campaignLimits, responses } from "~/features/campaigns/campaign";
import { amount } from "~/features/campaigns/campaign-form";
import { manyLines } from "~/features/contacts/values/typed-text";
import { isDate } from "~/platform/time";

/** What a recipient answered, as its form says it. */
export function responseForm(money: { currency: string; locale: string }) {
  return z
    .object({
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
    })
    .refine(({ response, value }) => value === null || response === "converted", {
      path: ["value"],
      message: "Only a conversion has a value. Choose “Converted”, or leave this empty.",
    });
}

export interface ResponseFormFields extends Record<string, string> {
  response: string;
  respondedOn: string;
  note: string;
  value: string;
}
