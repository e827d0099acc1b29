/** The firm's connectors, each with how it stands and what its last run did. */
import { listConnectors } from "~/features/connectors/list-connectors.server";
import { type Providers } from "~/features/connectors/connector";
import { type ShownState } from "~/features/connectors/connector-state";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { formatInstant, type Place } from "~/platform/time";
import { connectorsPath, logoPath } from "~/routes/connectors/paths";
import { runView, standingOf } from "~/routes/connectors/standing";

export async function loadList(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "connectors.manage");
  const { name, slug } = scope.account;
  const { place } = scope;
  const connectors = await listConnectors(scope);
  return {
    ...{ firm: name, base: connectorsPath(slug), account: `/${slug}` },
    connectors: connectors.map(({ id, provider, name, state, whose, nextRunAt, lastRun }) => {
      const known = providers.get(provider);
      return {
        ...{ id, name, whose, standing: standingOf(state, lastRun, { isByKey: known?.access.kind === "key" }) },
        system: known?.name ?? provider,
        logo: known?.logo ? logoPath(slug, provider) : null,
        lastRun: lastRun && runView(lastRun, place),
        next: nextWords(place, { state, nextRunAt }),
      };
    }),
  };
}

/** Null: not before it is on again. */
export function nextWords(
  place: Place,
  { state, nextRunAt }: { state: ShownState; nextRunAt: string | null },
): string | null {
  if (state !== "on") return null;
  return nextRunAt === null ? "when you say so" : formatInstant(place, nextRunAt);
}

export type ListView = Awaited<ReturnType<typeof loadList>>;
