import { z } from "zod";
import { readModelAddress } from "~/features/connectors/mapping-help/model-address.server";

/** Shown to a model of each column, at the most. */
export const MOST_SAMPLES = 3;
const MOST_NAME = 100;
const MOST_KEY = 500;

/** What a header can carry: a key with anything else was copied wrong. */
const printable = /^[!-~]*$/;

export const modelForm = (sandboxOrigins: ReadonlySet<string>) =>
  z.strictObject({
    version: z.coerce.number().int().min(0).catch(0),
    address: z.string("Enter the address of the model.").transform((text, context) => {
      const address = readModelAddress(text, sandboxOrigins);
      if (address !== null) return address;
      const message =
        "Enter an address that begins with https:// and that the internet can reach, like https://api.openai.com/v1.";
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }),
    model: z
      .string("Enter the name of the model.")
      .trim()
      .min(1, "Enter the name of the model.")
      .max(MOST_NAME, `Use at most ${MOST_NAME} characters.`)
      .refine((text) => printable.test(text), "Enter the name as the service writes it, without blanks."),
    key: z
      .string()
      .trim()
      .max(MOST_KEY, "This is too long for a key.")
      .refine((text) => printable.test(text), "A key has no blanks and no line breaks. Copy it once more.")
      .default(""),
    samples: z.coerce
      .number("Choose how many.")
      .int("Choose how many.")
      .min(0, "Choose one from the list.")
      .max(MOST_SAMPLES, "Choose one from the list."),
    isOn: z.enum(["yes", "no"], "Choose whether it is asked.").transform((choice) => choice === "yes"),
  });

export type ModelFields = z.input<ReturnType<typeof modelForm>>;
