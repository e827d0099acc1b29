import { listConnectors } from "~/features/connectors/list-connectors.server";
import { type Providers } from "~/features/connectors/connector";
import { type StartResult, startSync } from "~/features/connectors/runs/start-sync.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { nothingTicked, startedMessage, tickedIds } from "~/routes/connectors/many.server";
import { connectorsPath } from "~/routes/connectors/paths";

/** Those that were ticked; each says by itself why it cannot begin now. */
export async function startTicked(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "connectors.manage");
  const ids = new Set(await tickedIds(args));
  const list = connectorsPath(scope.account.slug);
  const ticked = (await listConnectors(scope)).filter(({ id }) => ids.has(id));
  if (ticked.length === 0) return redirectTo(args, list, nothingTicked);
  const results: { name: string; result: StartResult }[] = [];
  for (const { id, name } of ticked) {
    results.push({ name, result: await startSync(scope, id, { doors: { providers } }) });
  }
  return redirectTo(args, list, startedMessage(results));
}
