/** The firm's reconciliations, each with how its last comparison ended and what the last whole one found. */
import { can } from "~/features/accounts/rights";
import { type Providers } from "~/features/connectors/connector";
import { listDeletedReconciliations } from "~/features/reconciliation/set-up/delete-reconciliation.server";
import { isAuditOrigin } from "~/features/reconciliation/records/audit-origin";
import {
  listReconciliations,
  type ReconciliationLine,
} from "~/features/reconciliation/set-up/list-reconciliations.server";
import { listSystems, sourceName, type System } from "~/features/reconciliation/set-up/sources.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { formatMoney, money } from "~/platform/money";
import { numberFormat } from "~/platform/number-formats";
import { formatInstant, type Place } from "~/platform/time";
import { daysText } from "~/features/reconciliation/results/days-text";
import { reconciliationsPath } from "~/routes/reconciliations/paths";
import { runStates } from "~/routes/reconciliations/run-words";

export async function loadList(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "reconciliations.read");
  const { name, slug } = scope.account;
  const lines = await listReconciliations(scope);
  const systems = lines.length > 0 ? await listSystems(scope, providers) : [];
  return {
    ...{ firm: name, base: reconciliationsPath(slug), mayWrite: can(scope, "reconciliations.write") },
    lines: lines.map((line) => viewOf(line, systems, scope.place)),
    deleted: (await listDeletedReconciliations(scope)).map(({ id, name, deletedAt, deletedBy }) => ({
      ...{ id, name, when: formatInstant(scope.place, deletedAt), by: deletedBy },
    })),
  };
}

function viewOf(line: ReconciliationLine, systems: readonly System[], place: Place) {
  const called = (origin: string) => sourceName(origin, systems) ?? "a source that is gone";
  const { id, name, isSetUp, lastRun, result, nextRunAt, expiresAt } = line;
  const sources = isOfTwoFiles(line)
    ? "A quick audit of two files"
    : `${line.orderOrigins.map(called).join(", ")} against ${called(line.analyticsOrigin)}`;
  return {
    ...{ id, name, isSetUp, sources: sources === name ? null : sources },
    lastRun: lastRun && {
      ...{ state: lastRun.state, word: runStates[lastRun.state], at: lastRun.at },
      when: formatInstant(place, lastRun.at),
    },
    days: result && daysText(place, result),
    capture: result && captureText(result, place.locale),
    gap: result && gapText(result, place.locale),
    until: expiresAt && `deleted on ${formatInstant(place, expiresAt)}`,
    next: nextRunAt && formatInstant(place, nextRunAt),
  };
}

function isOfTwoFiles({ orderOrigins, analyticsOrigin }: ReconciliationLine): boolean {
  return isAuditOrigin(analyticsOrigin) && orderOrigins.every((origin) => origin === analyticsOrigin);
}

type Result = NonNullable<ReconciliationLine["result"]>;

function captureText({ capture, settled }: Result, locale: string): string {
  if (capture === null) return "nothing to say yet";
  return `${numberFormat("percentTenths", locale).format(capture)} of ${settled.toLocaleString(locale)}`;
}

/** "48 missing, €3,214.50": amounts of several currencies are never added up. */
function gapText({ missing: { orders, amounts } }: Result, locale: string): string {
  if (orders === 0) return "none missing";
  const sums = amounts.map(({ minor, currency }) => formatMoney(money(BigInt(minor), currency), locale));
  return [`${orders.toLocaleString(locale)} missing`, ...sums].join(", ");
}

export type ListView = Awaited<ReturnType<typeof loadList>>;
