import { type ActionFunctionArgs } from "@remix-run/node";
import { providers } from "~/features/connectors/registry.server";
import { methodNotAllowed } from "~/http/answers.server";
import { startOne } from "~/routes/connectors/connector/start.server";

export function loader() {
  methodNotAllowed();
}

export function action(args: ActionFunctionArgs) {
  return startOne(args, providers);
}
