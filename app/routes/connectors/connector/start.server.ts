import { type Providers } from "~/features/connectors/connector";
import { findConnector } from "~/features/connectors/find-connector.server";
import { startSync, type SyncMode } from "~/features/connectors/runs/start-sync.server";
import { badRequest, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { connectorId } from "~/routes/connectors/connection/connection-facts.server";
import { begun, whyNotStarted } from "~/routes/connectors/many.server";
import { connectorPath } from "~/routes/connectors/paths";

const modes: readonly SyncMode[] = ["changes", "whole", "refused"];

/** Leads to the run; where none can begin, back to the connector with why. */
export async function startOne(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "connectors.manage");
  const { id } = (await findConnector(scope, connectorId(args))) ?? notFound();
  const wanted = onlyText(await readForm(args.request), "mode") || "changes";
  const mode = modes.find((each) => each === wanted) ?? badRequest();
  const { slug } = scope.account;
  const started = await startSync(scope, id, { mode, doors: { providers } });
  if (!started.ok) return redirectTo(args, connectorPath(slug, id), warning(whyNotStarted(started.reason)));
  return redirectTo(args, `/${slug}/imports/${started.runId}`, flash(begun[mode]));
}
