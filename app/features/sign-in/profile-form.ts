import { z } from "zod";
import { isOfferedLocale } from "~/platform/locales.server";

const MAX_NAME = 200;

/** What a person may choose for themselves, in every account. `present`: their locale, which may be one not on offer. */
export const profileForm = (present: string | null) =>
  z.strictObject({
    /** How the form was when it was opened. */
    began: z.string().optional(),
    name: z
      .string("Enter your name.")
      .trim()
      .min(1, "Enter your name.")
      .max(MAX_NAME, `Use at most ${MAX_NAME} characters.`)
      .refine((text) => !/\p{Cc}/u.test(text), "Leave out line breaks and other invisible characters."),
    locale: z
      .string()
      .refine((tag) => isOfferedLocale(tag) || tag === present, "Choose one from the list.")
      .optional()
      .transform((tag) => tag ?? null),
    colourScheme: z
      .enum(["system", "light", "dark"], "Choose how pages look.")
      .transform((choice) => (choice === "system" ? null : choice)),
    noticesMailed: z
      .literal("on")
      .optional()
      .transform((ticked) => ticked === "on"),
  });

export type ProfileFields = z.input<ReturnType<typeof profileForm>>;
