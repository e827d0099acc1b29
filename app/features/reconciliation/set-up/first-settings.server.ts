/** What a reconciliation goes by before anybody has chosen: proposals, which its set-up shows one after the other. */
import { type Providers } from "~/features/connectors/connector";
import { usualWaitingMs } from "~/features/reconciliation/compare/settings";
import { usualIdRules } from "~/features/reconciliation/columns/books";
import { knownDays } from "~/features/reconciliation/runs/known-days.server";
import { EARLIEST_DAY, type KeptSettings } from "~/features/reconciliation/set-up/kept-settings";
import { type System } from "~/features/reconciliation/set-up/sources.server";
import { type Scope } from "~/platform/scope.server";
import { addDays, dateIn, HOUR_MS } from "~/platform/time";

/** So much shows how it stands; who wants more says so. */
const FIRST_DAYS = 90;

export async function firstSettings(
  scope: Scope,
  { origin, systems, providers }: { origin: string; systems: readonly System[]; providers: Providers },
): Promise<KeptSettings> {
  const known = await knownDays(scope, origin, providers);
  const said = systems.find((system) => system.origin === origin)?.timeZone;
  const timeZone = said ?? known.timeZone ?? scope.account.timeZone;
  const through = known.days?.through ?? dateIn(timeZone, scope.clock.now());
  const begins = [known.days?.from ?? EARLIEST_DAY, addDays(through, 1 - FIRST_DAYS), EARLIEST_DAY];
  return {
    ...{ timeZone, startDay: begins.sort().at(-1)!, waitingHours: usualWaitingMs / HOUR_MS },
    ...{ basis: null, scheme: null, tolerance: { absoluteMinor: 0, basisPoints: 0 } },
    idRules: { affixes: [], keepsLeadingZeros: usualIdRules.keepsLeadingZeros },
    ...{ untrackedChannels: [], leavesOutZero: false },
  };
}
