import { type ActionFunctionArgs } from "@remix-run/node";
import { moveField } from "~/features/contacts/custom/custom-fields.server";
import { badRequest, methodNotAllowed, notFound } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { fieldId = "" } = args.params;
  if (!isId(fieldId)) return notFound();
  const direction = onlyText(await readForm(args.request), "direction");
  if (direction !== "up" && direction !== "down") return badRequest();
  const result = await moveField(scope, fieldId, direction);
  if (!result.ok) return notFound();
  return redirectTo(args, `/${scope.account.slug}/settings/fields`);
}
