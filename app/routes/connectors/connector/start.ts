import { type ActionFunctionArgs } from "@remix-run/node";
import { providersOf } from "~/features/connectors/registry.server";
import { methodNotAllowed } from "~/http/answers.server";
import { startOne } from "~/routes/connectors/connector/start.server";

export function loader() {
  methodNotAllowed();
}

export function action(args: ActionFunctionArgs) {
  return startOne(args, providersOf(args.context.env.providers));
}
