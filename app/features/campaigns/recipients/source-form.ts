import { z } from "zod";
import { responses } from "~/features/campaigns/campaign";

const froms = ["list", "import", "answers", "emails"] as const;

/** `view`: "" for all contacts. */
export const sourceForm = z
  .object({
    from: z.enum(froms, "Choose where they come from."),
    view: z.string().optional(),
    run: z.string().optional(),
    campaign: z.string().optional(),
    responses: z
      .union([z.enum(responses), z.array(z.enum(responses))])
      .optional()
      .transform((some) => [some ?? []].flat()),
    emails: z.string().max(200_000, "That is too much at once: use an import.").optional(),
  })
  .superRefine((said, context) => {
    const missing = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (said.from === "import" && !said.run) missing("run", "Choose the import.");
    if (said.from === "answers" && !said.campaign) missing("campaign", "Choose the campaign.");
    if (said.from === "answers" && said.responses.length === 0) missing("responses", "Choose which answers.");
    if (said.from === "emails" && !said.emails?.trim()) missing("emails", "Write at least one email address.");
  });

export type SourceFormFields = {
  from: string;
  view: string;
  run: string;
  campaign: string;
  responses: string[];
  emails: string;
};
