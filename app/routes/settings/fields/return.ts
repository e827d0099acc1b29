import { type ActionFunctionArgs } from "@remix-run/node";
import { setFieldRetired } from "~/features/contacts/custom/custom-fields.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
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
  const result = await setFieldRetired(scope, fieldId, false);
  if (!result.ok) return notFound();
  return redirectTo(
    args,
    `/${scope.account.slug}/settings/fields`,
    flash("The field is shown again, with what contacts said of it."),
  );
}
