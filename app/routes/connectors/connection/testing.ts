import { type ActionFunctionArgs } from "@remix-run/node";
import { testConnection } from "~/features/connectors/access/test-connection.server";
import { providersOf } from "~/features/connectors/registry.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectBack } from "~/http/redirect.server";
import { requireConnector } from "~/routes/connectors/connection/connection-facts.server";

export function loader() {
  methodNotAllowed();
}

/** Tries whether the system can be read, and says in words what is wrong. */
export async function action(args: ActionFunctionArgs) {
  const { scope, connector, provider, page } = await requireConnector(args, providersOf(args.context.env.providers));
  if (!provider) return notFound();
  const { context, request } = args;
  const problem = await testConnection(scope, { connector, provider, env: context.env, signal: request.signal });
  return redirectBack(args, page, problem === null ? flash(`${provider.name} can be read.`) : warning(problem));
}
