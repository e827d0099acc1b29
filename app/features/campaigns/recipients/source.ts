/** From where contacts come onto a campaign's list. */
import { z } from "zod";
import { responses } from "~/features/campaigns/campaign";

export const sourceShape = z.discriminatedUnion("from", [
  /** All that a list of contacts shows: its address. `name`: of the saved view, where it is one. */
  z.strictObject({ from: z.literal("list"), query: z.string(), name: z.string().nullable() }),
  /** Ticked in a list, or named one by one. */
  z.strictObject({ from: z.literal("selection") }),
  /** Whoever an import brought or changed. */
  z.strictObject({ from: z.literal("import"), runId: z.uuid(), name: z.string() }),
  /** Who answered another campaign so. */
  z.strictObject({
    from: z.literal("answers"),
    campaignId: z.uuid(),
    name: z.string(),
    responses: z.array(z.enum(responses)).min(1),
  }),
]);

export type Source = z.infer<typeof sourceShape>;
