import { type CannotSave } from "~/features/contacts/views/saved-views.server";
import { type ViewErrors, type ViewTyped } from "~/features/contacts/views/view-fields";
import { viewRefusals } from "~/features/contacts/views/view-form";
import { onlyText } from "~/http/form.server";

export function readTyped(form: FormData): ViewTyped {
  return { name: onlyText(form, "name"), seenBy: onlyText(form, "seenBy") };
}

/** What was typed, with what was wrong beside it. */
export function refusedView(
  typed: ViewTyped,
  why: CannotSave | readonly { path: readonly PropertyKey[]; message: string }[],
): { typed: ViewTyped; errors: ViewErrors } {
  if (typeof why === "string") return { typed, errors: { [viewRefusals[why].field]: [viewRefusals[why].message] } };
  return { typed, errors: Object.fromEntries(why.map(({ path, message }) => [String(path[0]), [message]])) };
}
