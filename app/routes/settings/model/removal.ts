import { type ActionFunctionArgs } from "@remix-run/node";
import { removeModel } from "~/features/connectors/mapping-help/model-settings.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  return methodNotAllowed();
}

/** Takes the model away, and erases its key. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const wasThere = await removeModel(scope);
  const message = wasThere ? flash("The model and its key are taken away.") : undefined;
  return redirectTo(args, `/${scope.account.slug}/settings/model`, message);
}
