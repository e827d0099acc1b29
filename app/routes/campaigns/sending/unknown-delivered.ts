import { type ActionFunctionArgs } from "@remix-run/node";
import { countAsDelivered } from "~/features/campaigns/mailing/begin-sending.server";
import { methodNotAllowed } from "~/http/answers.server";
import { decideUnknown } from "~/routes/campaigns/sending/decide-unknown.server";

export function loader() {
  methodNotAllowed();
}

export function action(args: ActionFunctionArgs) {
  return decideUnknown(args, countAsDelivered, "counted as delivered");
}
