import { type ActionFunctionArgs } from "@remix-run/node";
import { providersOf } from "~/features/connectors/registry.server";
import { methodNotAllowed } from "~/http/answers.server";
import { startTicked } from "~/routes/connectors/start.server";

export function loader() {
  methodNotAllowed();
}

export function action(args: ActionFunctionArgs) {
  return startTicked(args, providersOf(args.context.env.providers));
}
