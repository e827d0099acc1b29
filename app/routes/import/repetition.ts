import { type ActionFunctionArgs } from "@remix-run/node";
import { providersOf } from "~/features/connectors/registry.server";
import { methodNotAllowed } from "~/http/answers.server";
import { repeatRun } from "~/routes/import/repetition.server";

export function loader() {
  methodNotAllowed();
}

export function action(args: ActionFunctionArgs) {
  return repeatRun(args, providersOf(args.context.env.providers));
}
