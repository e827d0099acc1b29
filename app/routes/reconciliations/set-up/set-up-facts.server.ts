/** A reconciliation as the pages need it on which it is set up, and where each of them leads. */
import { type Reconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { type KeptSettings } from "~/features/reconciliation/set-up/kept-settings";
import { saveReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import { settingTabs, type SetUpStep, stepsOf } from "~/features/reconciliation/set-up/steps";
import { notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { NO_SOURCE } from "~/routes/reconciliations/chosen-sources.server";
import { type OneReconciliation } from "~/routes/reconciliations/reconciliation.server";

/** What the frame of each of these pages shows. */
export interface SetUpFrameFacts {
  firm: string;
  name: string;
  /** Its page, without a slash at the end. */
  base: string;
  /** Of the wizard; null: it is set up, and only changed here. */
  steps: ReturnType<typeof stepsOf> | null;
  tabs: ReturnType<typeof settingTabs>;
  version: number;
}

export function frameFacts({ scope, reconciliation, base }: OneReconciliation, step: SetUpStep): SetUpFrameFacts {
  return { firm: scope.account.name, base, ...framedAs(reconciliation, base, step) };
}

export function framedAs(
  { name, version, isSetUp }: Pick<Reconciliation, "name" | "version" | "isSetUp">,
  base: string,
  step: SetUpStep,
) {
  return { name, version, steps: isSetUp ? null : stepsOf(base, step), tabs: settingTabs(base, step) };
}

/** The version of the reconciliation that the page was made of. */
export function versionIn(sent: FormData): number {
  const text = onlyText(sent, "version");
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

interface Change {
  name?: string;
  orderOrigins?: readonly string[];
  analyticsOrigin?: string;
  settings?: Partial<KeptSettings>;
}

/** All else as it stands. Null: it is saved; else what is wrong, in words. */
export async function saveChange(
  { scope, reconciliation }: OneReconciliation,
  { version, change }: { version: number; change: Change },
): Promise<string | null> {
  const saved = await saveReconciliation(scope, reconciliation.id, {
    name: change.name ?? reconciliation.name,
    orderOrigins: change.orderOrigins ?? comparedOrigins(reconciliation),
    analyticsOrigin: change.analyticsOrigin ?? reconciliation.analyticsOrigin,
    settings: { ...reconciliation.settings, ...change.settings },
    version,
  });
  if (saved.ok) return null;
  if (saved.reason === "not-found") notFound();
  return saved.reason === "changed" ? CHANGED : NO_SOURCE;
}

export function comparedOrigins({ orderSources }: Reconciliation): string[] {
  return orderSources.flatMap(({ origin, isCompared }) => (isCompared ? [origin] : []));
}

/** To the next step of the wizard; of one that is set up, back to its page. `stays`: to this page once more. */
export function goOn(
  args: RouteArgs,
  { reconciliation, base }: OneReconciliation,
  { to, stays }: { to: SetUpStep; stays?: SetUpStep },
): Promise<Response> {
  if (stays) return redirectTo(args, `${base}/${stays}`, flash("Saved, and tried again."));
  if (!reconciliation.isSetUp) return redirectTo(args, `${base}/${to}`);
  return redirectTo(args, base, flash("Saved. It holds from the next comparison on."));
}

const CHANGED =
  "Somebody else has changed this reconciliation since you opened the page. Nothing of yours is lost: it stands below. Look whether it still fits, then save again.";
