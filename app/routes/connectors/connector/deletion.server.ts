/** Deleting a connector: disconnected first, then gone; what it brought stays or is taken away. */
import { disconnect } from "~/features/connectors/access/disconnect.server";
import { type Revocation } from "~/features/connectors/access/take-back.server";
import { revocationWords } from "~/features/connectors/access/revocation-words";
import { type Providers } from "~/features/connectors/connector";
import { deleteConnector } from "~/features/connectors/delete-connector.server";
import { isRunning } from "~/features/connectors/runs/start-sync.server";
import { notFound } from "~/http/answers.server";
import { flash, type Flash, warning } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { requireConnector } from "~/routes/connectors/connection/connection-facts.server";
import { connectorPath, connectorsPath } from "~/routes/connectors/paths";
import { begunMeanwhile, recordsWanted, stopFirst, whatStays } from "~/routes/connectors/connector/what-stays.server";
import { isConnected, requireWhole } from "~/routes/connectors/connector/whole.server";

export async function loadDeletion(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider, system, page } = await requireWhole(args, providers);
  return {
    ...{ firm: scope.account.name, name: connector.name, system, page },
    isConnected: provider !== null && isConnected(connector, provider),
    isByKey: provider?.access.kind === "key",
    /** Only who knows its records can take them away. */
    mayGo: provider !== null,
    stays: await whatStays(args, scope, { connector, provider }),
  };
}

export async function deleteIt(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider } = await requireConnector(args, providers);
  const records = recordsWanted(await readForm(args.request));
  const { slug } = scope.account;
  const deletion = `${connectorPath(slug, connector.id)}/deletion`;
  // Before anything is given back: a run that is at work still needs it.
  if (await isRunning(scope, connector.id)) return redirectTo(args, deletion, stopFirst);
  const revocation = provider
    ? await disconnect(installationScope(args.context), scope, { connector, provider, env: args.context.env })
    : "none";
  const takesAway = records === "go" ? provider : null;
  const deleted = await deleteConnector(scope, connector.id, { takesAway });
  const system = provider?.name ?? connector.provider;
  if (!deleted.ok) {
    if (deleted.reason !== "at-work") notFound();
    return redirectTo(args, deletion, begunMeanwhile(system, revocation, "it was not deleted"));
  }
  const message = deletedMessage(connector.name, system, revocation);
  return redirectTo(args, deleted.runId ? `/${slug}/imports/${deleted.runId}` : connectorsPath(slug), message);
}

function deletedMessage(name: string, system: string, revocation: Revocation): Flash {
  const given = revocation === "none" ? "" : ` ${revocationWords(system, revocation)}`;
  const told = `${name} is deleted.${given}`.slice(0, 500);
  return revocation === "failed" ? warning(told) : flash(told);
}
