import { type ActionFunctionArgs } from "@remix-run/node";
import { resumeConnectors } from "~/features/connectors/move-connectors.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { connectorId } from "~/routes/connectors/connection/connection-facts.server";
import { movedMessage } from "~/routes/connectors/many.server";
import { connectorPath } from "~/routes/connectors/paths";
import { findConnector } from "~/features/connectors/find-connector.server";

export function loader() {
  methodNotAllowed();
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "connectors.manage");
  const { id } = (await findConnector(scope, connectorId(args))) ?? notFound();
  const moved = await resumeConnectors(scope, [id]);
  return redirectTo(args, connectorPath(scope.account.slug, id), movedMessage(moved, "Switched on"));
}
