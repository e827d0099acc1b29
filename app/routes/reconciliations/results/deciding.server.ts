/** What the pages share on which a person decides. */
import { decide } from "~/features/reconciliation/decisions/decisions.server";
import { type Decision } from "~/features/reconciliation/compare/settings";
import { isStorable } from "~/features/reconciliation/results/finding-filter";
import { findOrder, findRow } from "~/features/reconciliation/results/sides.server";
import { notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { formatInstant, formatShortDate } from "~/platform/time";
import { type Side } from "~/features/reconciliation/results/sides.server";
import { moneyText } from "~/features/reconciliation/results/money-texts";
import { type DoneResult, headFacts, requireDone } from "~/routes/reconciliations/results/result.server";
import { orderPath, rowPath } from "~/routes/reconciliations/results/side-facts.server";

/** The order that the address names, for whoever may decide about it. */
export async function requireOrder(args: RouteArgs) {
  const result = await requireDone(args, "reconciliations.write");
  const key = args.params.orderKey ?? "";
  const order = (isStorable(key) ? await findOrder(result.scope, aboutOf(result), key) : null) ?? notFound();
  return { result, order };
}

/** The purchase that the address names. */
export async function requireRow(args: RouteArgs) {
  const result = await requireDone(args, "reconciliations.write");
  const row = (await findTracked(result, args.params.rowId ?? "")) ?? notFound();
  return { result, row };
}

/** Null for what the analytics does not have, and for what cannot be an id. */
export async function findTracked(result: DoneResult, rowId: string) {
  return isStorable(rowId) && rowId !== "" ? findRow(result.scope, aboutOf(result), rowId) : null;
}

function aboutOf({ result, run }: DoneResult) {
  return { reconciliationId: result.reconciliationId, settings: run.settings };
}

/** It is decided, and its page says so. */
export async function decided(args: RouteArgs, result: DoneResult, decision: Decision, path: string) {
  const made = await decide(result.scope, result.result.reconciliationId, decision);
  if (!made.ok) return notFound();
  return redirectTo(args, path, flash("Decided. It counts from the next comparison on."));
}

/** Both sides beside each other, to say whether they belong together. */
export function bothSides(result: DoneResult, order: Side, row: Side) {
  const { scope } = result;
  const amount = (minor: unknown, currency: unknown) => moneyText(String(minor), String(currency), scope);
  const { at, day } = row.facts;
  return [
    { what: "Called", shop: order.name, tracked: row.name },
    {
      what: "When",
      shop: formatInstant(scope.place, String(order.facts.placed_at)),
      tracked: at ? formatInstant(scope.place, String(at)) : formatShortDate(scope.place, String(day)),
    },
    {
      what: "Amount",
      shop: amount(order.facts.total_minor, order.facts.currency),
      tracked: amount(row.facts.value_minor, row.facts.currency),
    },
    { what: "Paid with", shop: String(order.facts.payment_method ?? ""), tracked: "" },
  ];
}

export function ofOrder(result: DoneResult, order: Side) {
  return { ...headFacts(result), orderName: order.name, orderHref: orderPath(result, order.key) };
}

export function ofRow(result: DoneResult, row: Side) {
  return { ...headFacts(result), rowName: row.name, rowHref: rowPath(result, row.key) };
}
