import { type ActionFunctionArgs } from "@remix-run/node";
import { resumeConnectors } from "~/features/connectors/move-connectors.server";
import { methodNotAllowed } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { movedMessage, nothingTicked, tickedIds } from "~/routes/connectors/many.server";
import { connectorsPath } from "~/routes/connectors/paths";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "connectors.manage");
  const ids = await tickedIds(args);
  const list = connectorsPath(scope.account.slug);
  if (ids.length === 0) return redirectTo(args, list, nothingTicked);
  return redirectTo(args, list, movedMessage(await resumeConnectors(scope, ids), "Switched on"));
}
