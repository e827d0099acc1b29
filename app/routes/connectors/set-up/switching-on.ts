import { type ActionFunctionArgs } from "@remix-run/node";
import { connectorReach } from "~/composition.server";
import { methodNotAllowed } from "~/http/answers.server";
import { switchItOn } from "~/routes/connectors/set-up/trial-facts.server";

export function loader() {
  methodNotAllowed();
}

/** The end of the wizard: it is read from now on. */
export function action(args: ActionFunctionArgs) {
  return switchItOn(args, connectorReach(args.context.env));
}
