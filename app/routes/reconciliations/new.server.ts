/** A new reconciliation: its name, and what it compares. All else is proposed, and looked at in the steps that follow. */
import { data } from "@remix-run/node";
import { can } from "~/features/accounts/rights";
import { type Providers } from "~/features/connectors/connector";
import { firstSettings } from "~/features/reconciliation/set-up/first-settings.server";
import { createReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import {
  judgeSources,
  NO_SOURCE,
  type Offered,
  offeredSources,
  readSources,
} from "~/routes/reconciliations/chosen-sources.server";
import { reconciliationPath, reconciliationsPath } from "~/routes/reconciliations/paths";

export async function loadNew(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "reconciliations.write");
  const { name, slug } = scope.account;
  const { offered } = await offeredSources(scope, providers);
  return {
    ...{ firm: name, base: reconciliationsPath(slug), account: `/${slug}`, offered, ...proposedOf(offered) },
    may: { connect: can(scope, "connectors.manage"), import: can(scope, "contacts.import") },
  };
}

export type NewView = Awaited<ReturnType<typeof loadNew>>;

/** Where there is one of each, nothing is left to choose. */
function proposedOf({ orders, analytics }: Offered) {
  const [shop, property] = [orders, analytics].map((choices) => (choices.length === 1 ? choices[0] : undefined));
  return {
    name: shop && property ? shop.label.slice(0, 100) : "",
    orders: shop ? [shop.value] : [],
    analytics: property?.value ?? "",
  };
}

export async function makeReconciliation(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "reconciliations.write");
  const sent = readSources(await readForm(args.request));
  const { systems, offered } = await offeredSources(scope, providers);
  const { isRight, fields } = judgeSources(sent, { offered });
  const refuse = (problems: string[]) => data({ sent, fields, problems }, { status: 422 });
  if (!isRight) return refuse([]);
  const settings = await firstSettings(scope, { origin: sent.analytics, systems, providers });
  const facts = { name: sent.name, orderOrigins: sent.orders, analyticsOrigin: sent.analytics, settings };
  const made = await createReconciliation(scope, facts);
  if (!made.ok) return refuse([NO_SOURCE]);
  return redirectTo(args, `${reconciliationPath(scope.account.slug, made.id)}/time-and-money`);
}
