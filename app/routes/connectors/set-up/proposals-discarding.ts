import { type ActionFunctionArgs } from "@remix-run/node";
import { providersOf } from "~/features/connectors/registry.server";
import { discardProposals } from "~/features/connectors/mapping-help/proposals.server";
import { methodNotAllowed } from "~/http/answers.server";
import { redirectTo } from "~/http/redirect.server";
import { requireSetUp } from "~/routes/connectors/set-up/set-up-facts.server";

export function loader() {
  methodNotAllowed();
}

/** Throws away what a model said; it can be asked anew. */
export async function action(args: ActionFunctionArgs) {
  const { scope, setUp, base } = await requireSetUp(args, providersOf(args.context.env.providers));
  await discardProposals(scope, setUp.connector.id);
  return redirectTo(args, `${base}/mapping/proposals`);
}
