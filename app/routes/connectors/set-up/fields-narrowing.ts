import { type ActionFunctionArgs } from "@remix-run/node";
import { connectorReach } from "~/composition.server";
import { methodNotAllowed } from "~/http/answers.server";
import { narrowFields } from "~/routes/connectors/set-up/fields-facts.server";

export function loader() {
  methodNotAllowed();
}

/** Keeps what was ticked, and shows the fields that were looked for. */
export function action(args: ActionFunctionArgs) {
  return narrowFields(args, connectorReach(args.context.env));
}
