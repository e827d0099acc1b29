/** Disconnecting: access is given back and forgotten; what was read stays or is taken away. */
import { disconnect } from "~/features/connectors/access/disconnect.server";
import { isOAuth } from "~/features/connectors/access/oauth-provider";
import { revocationWords } from "~/features/connectors/access/revocation-words";
import { type Providers } from "~/features/connectors/connector";
import { isRunning } from "~/features/connectors/runs/start-sync.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import { notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { connectionPath, requireConnector } from "~/routes/connectors/connection/connection-facts.server";
import { requireWhole } from "~/routes/connectors/connector/whole.server";
import { begunMeanwhile, recordsWanted, stopFirst, whatStays } from "~/routes/connectors/connector/what-stays.server";

async function requireProvider(args: RouteArgs, providers: Providers) {
  const { provider, ...rest } = await requireConnector(args, providers);
  return provider ? { provider, ...rest } : notFound();
}

export async function loadDisconnection(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider, system } = await requireWhole(args, providers);
  if (!provider) notFound();
  return {
    ...{ firm: scope.account.name, name: connector.name, system },
    page: connectionPath(scope.account.slug, connector.id),
    stays: await whatStays(args, scope, { connector, provider }),
    isByKey: !isOAuth(provider),
  };
}

export async function disconnectIt(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider, page } = await requireProvider(args, providers);
  const records = recordsWanted(await readForm(args.request));
  if (await isRunning(scope, connector.id)) return redirectTo(args, `${page}/disconnection`, stopFirst);
  const { env } = args.context;
  const revocation = await disconnect(installationScope(args.context), scope, { connector, provider, env });
  const taken = records === "go" ? await takeAway(scope, connector.id, provider) : null;
  if (taken && !taken.ok) {
    if (taken.reason !== "at-work") notFound();
    const message = begunMeanwhile(provider.name, revocation, "what it brought is still here");
    return redirectTo(args, `${page}/disconnection`, message);
  }
  const words = revocationWords(provider.name, revocation);
  const message = revocation === "failed" ? warning(words) : flash(words);
  return redirectTo(args, taken?.runId ? `/${scope.account.slug}/imports/${taken.runId}` : page, message);
}
