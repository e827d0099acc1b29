/** What a reconciliation compares: shown, and changed later. */
import { data } from "@remix-run/node";
import { type Providers } from "~/features/connectors/connector";
import { type Reconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { findReconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { sourceName, type System } from "~/features/reconciliation/set-up/sources.server";
import { readForm } from "~/http/form.server";
import { type RouteArgs } from "~/http/scope.server";
import {
  judgeSources,
  type Offered,
  offeredSources,
  readSources,
} from "~/routes/reconciliations/chosen-sources.server";
import { requireReconciliation } from "~/routes/reconciliations/reconciliation.server";
import {
  comparedOrigins,
  frameFacts,
  goOn,
  saveChange,
  versionIn,
} from "~/routes/reconciliations/set-up/set-up-facts.server";

export async function loadSources(args: RouteArgs, providers: Providers) {
  const page = await requireReconciliation(args, "reconciliations.write");
  const { scope, reconciliation } = page;
  const { systems, offered } = await offeredSources(scope, providers);
  return {
    ...frameFacts(page, "sources"),
    offered: withStanding(offered, reconciliation, systems),
    chosen: chosenIn(reconciliation),
  };
}

export type SourcesView = Awaited<ReturnType<typeof loadSources>>;

const chosenIn = (reconciliation: Reconciliation) => ({
  ...{ orders: comparedOrigins(reconciliation), analytics: reconciliation.analyticsOrigin },
});

/** What stands is shown, though it is there no longer or has nothing left of what is wanted: so that it can be taken out. */
function withStanding(offered: Offered, reconciliation: Reconciliation, systems: readonly System[]): Offered {
  const standing = (origins: readonly string[], among: Offered["orders"]) =>
    origins
      .filter((origin) => !among.some(({ value }) => value === origin))
      .map((value) => {
        const label = sourceName(value, systems) ?? "A source that is gone";
        const isDeleted = systems.some(({ origin, isDeleted }) => origin === value && isDeleted);
        return { value, label, hint: isDeleted ? "Deleted: it cannot be compared any more." : null };
      });
  const { orders, analytics } = chosenIn(reconciliation);
  return {
    orders: [...offered.orders, ...standing(orders, offered.orders)],
    analytics: [...offered.analytics, ...standing([analytics], offered.analytics)],
  };
}

export async function saveSources(args: RouteArgs, providers: Providers) {
  const page = await requireReconciliation(args, "reconciliations.write");
  const { scope, reconciliation } = page;
  const form = await readForm(args.request);
  const sent = readSources(form);
  const { offered } = await offeredSources(scope, providers);
  const { orders, analytics } = chosenIn(reconciliation);
  const { isRight, fields } = judgeSources(sent, { offered, kept: [...orders, analytics] });
  const refuse = (problems: string[], version: number) => data({ sent, fields, problems, version }, { status: 422 });
  if (!isRight) return refuse([], versionIn(form));
  const change = { name: sent.name, orderOrigins: sent.orders, analyticsOrigin: sent.analytics };
  const problem = await saveChange(page, { version: versionIn(form), change });
  if (problem === null) return goOn(args, page, { to: "time-and-money" });
  const now = (await findReconciliation(scope, reconciliation.id)) ?? reconciliation;
  return refuse([problem], now.version);
}
