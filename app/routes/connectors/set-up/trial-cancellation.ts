import { type ActionFunctionArgs } from "@remix-run/node";
import { connectorReach } from "~/composition.server";
import { methodNotAllowed } from "~/http/answers.server";
import { cancelTrial } from "~/routes/connectors/set-up/trial-facts.server";

export function loader() {
  methodNotAllowed();
}

export function action(args: ActionFunctionArgs) {
  return cancelTrial(args, connectorReach(args.context.env));
}
