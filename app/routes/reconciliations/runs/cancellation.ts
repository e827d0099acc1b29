import { type ActionFunctionArgs } from "@remix-run/node";
import { methodNotAllowed } from "~/http/answers.server";
import { cancelIt } from "~/routes/reconciliations/runs/run-facts.server";

export function loader() {
  methodNotAllowed();
}

export function action(args: ActionFunctionArgs) {
  return cancelIt(args);
}
