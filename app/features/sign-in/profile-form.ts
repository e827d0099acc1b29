import { z } from "zod";
import { line } from "~/features/accounts/form-fields";
import { isOfferedLocale } from "~/platform/locales.server";

/** What a person may choose for themselves, in every account. `present`: their locale, which may be one not on offer. */
export const profileForm = (present: string | null) =>
  z.strictObject({
    /** How the form was when it was opened. */
    began: z.string().optional(),
    name: line("Enter your name."),
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
