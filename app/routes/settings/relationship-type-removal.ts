import { type ActionFunctionArgs } from "@remix-run/node";
import { typeRefusal } from "~/features/contacts/relationships/relationship-type-refusal";
import { removeType } from "~/features/contacts/relationships/relationship-types.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { typeId = "" } = args.params;
  if (!isId(typeId)) return notFound();
  const result = await removeType(scope, typeId);
  if (!result.ok && result.reason === "not-found") return notFound();
  return redirectTo(
    args,
    `/${scope.account.slug}/settings/relationship-types`,
    result.ok ? flash("Removed.") : warning(typeRefusal(result)),
  );
}
