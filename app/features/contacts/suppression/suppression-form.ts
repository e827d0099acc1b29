import { z } from "zod";
import { limits } from "~/features/contacts/contact-limits";
import { suppressionReasons } from "~/features/contacts/suppression/suppression";
import { readEmail } from "~/features/contacts/values/email-address";
import { readPhone } from "~/features/contacts/values/phone-number";
import { isStorable, oneLine } from "~/features/contacts/values/typed-text";

/** Reasons that a person gives; an erasure has a command of its own. */
export const reasonsByHand = suppressionReasons.filter((reason) => reason !== "erased");

/** As the form says them. */
export const reasonLabels: Record<(typeof reasonsByHand)[number], string> = {
  unsubscribed: "They no longer want to hear from us",
  complained: "They complained",
  "bad-address": "It does not work",
  "by-hand": "Another reason",
};

function line(most: number, missing?: string) {
  return z
    .string()
    .optional()
    .transform((text) => oneLine(text ?? ""))
    .refine((text) => missing === undefined || text !== "", missing ?? "")
    .refine(isStorable, "There is a character in this that cannot be kept. Type it anew.")
    .refine((text) => Array.from(text).length <= most, `Use at most ${most} characters.`);
}

/** What somebody puts on the list by hand. `country`: whose numbers are written without a country code. */
export function suppressionForm(country: string) {
  return z
    .object({
      channel: z.enum(["email", "phone"], "Choose what it is."),
      value: line(limits.email, "Type the email or the number."),
      reason: z.enum(reasonsByHand as [string, ...string[]], "Choose a reason.").transform(asReason),
      note: line(limits.note).transform((note) => note || null),
    })
    .transform((typed, context) => {
      const reading = typed.channel === "email" ? readEmail(typed.value) : readPhone(typed.value, country);
      if (reading.ok) return { ...typed, value: reading.value };
      context.addIssue({ code: "custom", path: ["value"], message: reading.reason });
      return z.NEVER;
    });
}

function asReason(text: string): (typeof reasonsByHand)[number] {
  return reasonsByHand.find((reason) => reason === text) ?? "by-hand";
}

export const liftingForm = z.object({
  reason: line(limits.note, "Say why: somebody will ask for it."),
});

export type SuppressionFormFields = { channel: string; value: string; reason: string; note: string };
export type LiftingFormFields = { reason: string };
