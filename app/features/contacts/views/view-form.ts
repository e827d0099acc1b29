import { z } from "zod";
import { oneLine } from "~/features/contacts/values/typed-text";
import { MOST_NAME } from "~/features/contacts/views/saved-view";
import { type CannotSave } from "~/features/contacts/views/saved-views.server";

/** What a view is called and who sees it, as a form sends it. */
export const viewForm = z.object({
  name: z
    .string()
    .transform(oneLine)
    .refine((name) => name !== "", "Give the view a name.")
    .refine((name) => Array.from(name).length <= MOST_NAME, `Use at most ${MOST_NAME} characters.`),
  seenBy: z.enum(["me", "everybody"], { message: "Choose who sees it." }),
});

/** Why it cannot be saved, beside the field that it is about. */
export const viewRefusals: Record<CannotSave, { field: "name" | "seenBy"; message: string }> = {
  "name-taken": { field: "name", message: "There is a view of this name already. Choose another name." },
  "too-many": { field: "name", message: "There are as many views as there can be. Delete one first." },
  "not-yours-to-share": { field: "seenBy", message: "Only who may edit contacts can share a view." },
};
