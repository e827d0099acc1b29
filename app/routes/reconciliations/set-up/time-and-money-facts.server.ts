/** Where days begin, and what counts as the same amount: tried on stored rows, and chosen. */
import { data } from "@remix-run/node";
import { type Providers } from "~/features/connectors/connector";
import { basisShares, foundOnce } from "~/features/reconciliation/basis/detect-basis";
import { valueBases, type ValueBasis } from "~/features/reconciliation/basis/value-basis";
import { basisWords } from "~/features/reconciliation/results/words";
import { findReconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { type KeptSettings } from "~/features/reconciliation/set-up/kept-settings";
import { listSystems, sourceName, type System } from "~/features/reconciliation/set-up/sources.server";
import { type Tried, trySettings } from "~/features/reconciliation/set-up/try-settings.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RouteArgs } from "~/http/scope.server";
import { numberFormat } from "~/platform/number-formats";
import { type Place } from "~/platform/time";
import { timeZoneNamed, timeZoneNames } from "~/platform/time-zones.server";
import { requireReconciliation } from "~/routes/reconciliations/reconciliation.server";
import { daysText } from "~/features/reconciliation/results/days-text";
import {
  comparedOrigins,
  frameFacts,
  goOn,
  saveChange,
  versionIn,
} from "~/routes/reconciliations/set-up/set-up-facts.server";

/** What stands for "found anew at each comparison". */
export const ANEW = "anew";

export async function loadTimeAndMoney(args: RouteArgs, providers: Providers) {
  const page = await requireReconciliation(args, "reconciliations.write");
  const { scope, reconciliation } = page;
  const systems = await listSystems(scope, providers);
  const systemOf = (origin: string) => systems.find((system) => system.origin === origin);
  const tried = await trySettings(scope, reconciliation);
  const { timeZone, tolerance, basis } = reconciliation.settings;
  return {
    ...frameFacts(page, "time-and-money"),
    sources: [...comparedOrigins(reconciliation), reconciliation.analyticsOrigin].map((origin) => ({
      ...{ origin, name: sourceName(origin, systems) ?? "A source that is gone", says: saidBy(systemOf(origin)) },
    })),
    propertyZone: systemOf(reconciliation.analyticsOrigin)?.timeZone ?? null,
    zones: timeZoneNames,
    bases: basesOf(tried, scope.place),
    tried: tried && triedWords(tried, scope.place),
    typed: { timeZone: timeZoneNamed(timeZone) ?? timeZone, basis: basis ?? ANEW, ...toleranceText(tolerance) },
  };
}

/** "Europe/Berlin, EUR" */
function saidBy(system: System | undefined): string {
  const said = [system?.timeZone, system?.currency].filter(Boolean).join(", ");
  return said || "It does not say.";
}

export type TimeAndMoneyView = Awaited<ReturnType<typeof loadTimeAndMoney>>;

function basesOf(tried: Tried | null, place: Place) {
  const shares = tried ? basisShares(tried.books, tried.pairs) : [];
  const best = shares[0];
  const words = (basis: ValueBasis) => {
    const share = shares.find((one) => one.basis === basis);
    return share ? fitText(share.share, place) : null;
  };
  const anew =
    best && best.equal > 0 ? `Now that would be: ${lowerFirst(basisWords[best.basis])}.` : "The one that fits most.";
  return [
    { value: ANEW, label: "Find it anew at each comparison", hint: anew },
    ...valueBases.map((basis) => ({ value: basis, label: basisWords[basis], hint: words(basis) })),
  ];
}

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

export function fitText(share: number | null, { locale }: Place): string | null {
  return share === null ? null : `Fits ${numberFormat("percentTenths", locale).format(share)} of them.`;
}

function triedWords(tried: Tried, place: Place): string {
  const found = foundOnce(tried.books, tried.pairs).length;
  const days = daysText(place, tried);
  if (found === 0) return `Of the latest rows, ${days}, none is of an order by its id: look at the next step first.`;
  const orders = `${found.toLocaleString(place.locale)} ${found === 1 ? "order" : "orders"}`;
  return `Tried on ${orders} that were tracked, ${days}.`;
}

/** Hundredths of a per cent as per cent. */
function toleranceText({ absoluteMinor, basisPoints }: KeptSettings["tolerance"]) {
  return { absolute: String(absoluteMinor), relative: String(basisPoints / 100) };
}

interface Sent {
  timeZone: string;
  basis: string;
  absolute: string;
  relative: string;
}

export type TimeAndMoneyErrors = Partial<Record<"" | keyof Sent, string>>;

export async function saveTimeAndMoney(args: RouteArgs) {
  const page = await requireReconciliation(args, "reconciliations.write");
  const { scope, reconciliation } = page;
  const form = await readForm(args.request);
  const [timeZone, basis] = [onlyText(form, "timeZone"), onlyText(form, "basis")];
  const sent = { timeZone, basis, absolute: onlyText(form, "absolute"), relative: onlyText(form, "relative") };
  const refuse = (errors: TimeAndMoneyErrors, version: number) => data({ sent, errors, version }, { status: 422 });
  const judged = judge(sent);
  if (!judged.ok) return refuse(judged.errors, versionIn(form));
  const problem = await saveChange(page, { version: versionIn(form), change: { settings: judged.settings } });
  if (problem === null) return goOn(args, page, { to: "ids", stays: again(form, "time-and-money") });
  const now = (await findReconciliation(scope, reconciliation.id)) ?? reconciliation;
  return refuse({ "": problem }, now.version);
}

/** Where the button was pressed by which the page is tried once more. */
export function again<Step extends string>(form: FormData, step: Step): Step | undefined {
  return onlyText(form, "again") === "yes" ? step : undefined;
}

type Judged = { ok: true; settings: Partial<KeptSettings> } | { ok: false; errors: TimeAndMoneyErrors };

function judge({ timeZone, basis, absolute, relative }: Sent): Judged {
  const zone = timeZoneNamed(timeZone);
  const chosen = basisOf(basis);
  const [absoluteMinor, basisPoints] = [wholeNumber(absolute), hundredths(relative)];
  if (zone !== null && chosen && absoluteMinor !== null && basisPoints !== null) {
    const tolerance = { absoluteMinor, basisPoints };
    return { ok: true, settings: { timeZone: zone, basis: chosen.basis, tolerance } };
  }
  const errors: TimeAndMoneyErrors = {
    ...(zone === null ? { timeZone: "Choose where the days of the analytics begin." } : {}),
    ...(chosen ? {} : { basis: "Choose what is sent as the value." }),
    ...(absoluteMinor === null ? { absolute: "Enter a whole number, 0 to 1,000,000." } : {}),
    ...(basisPoints === null ? { relative: "Enter per cent from 0 to 100, such as 0.5." } : {}),
  };
  return { ok: false, errors };
}

/** Null: it is neither one of them nor found anew. */
function basisOf(typed: string): { basis: ValueBasis | null } | null {
  if (typed === ANEW) return { basis: null };
  const basis = valueBases.find((one) => one === typed);
  return basis ? { basis } : null;
}

function wholeNumber(typed: string): number | null {
  const text = typed.trim() || "0";
  return /^\d{1,7}$/.test(text) && Number(text) <= 1_000_000 ? Number(text) : null;
}

/** "0.5" and "0,5" are 50. */
function hundredths(typed: string): number | null {
  const text = typed.trim().replace(",", ".") || "0";
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text) || Number(text) > 100) return null;
  return Math.round(Number(text) * 100);
}
