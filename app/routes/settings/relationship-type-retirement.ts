import { type ActionFunctionArgs } from "@remix-run/node";
import { setTypeRetired } from "~/features/contacts/relationships/relationship-types.server";
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
  const { typeId = "" } = args.params;
  if (!isId(typeId)) return notFound();
  const result = await setTypeRetired(scope, typeId, true);
  if (!result.ok) return notFound();
  return redirectTo(
    args,
    `/${scope.account.slug}/settings/relationship-types`,
    flash("Retired. What is related by it stays so."),
  );
}
