import { type ActionFunctionArgs } from "@remix-run/node";
import { connectorReach } from "~/composition.server";
import { methodNotAllowed } from "~/http/answers.server";
import { discardChoice } from "~/routes/connectors/set-up/fields-facts.server";

export function loader() {
  methodNotAllowed();
}

/** Throws a choice away that was not saved. */
export function action(args: ActionFunctionArgs) {
  return discardChoice(args, connectorReach(args.context.env));
}
