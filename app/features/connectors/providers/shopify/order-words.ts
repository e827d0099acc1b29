/** What Shopify's words for channels and payments mean to a comparison. */
import { type Json, type JsonObject } from "~/features/connectors/connector";

/**
 * Numbers are those of Shopify's own apps: the online shop, the till, and draft orders. Everything else keeps the
 * source's word: which app stands behind a number, and whether there is a browser in it, only the shop knows.
 */
const channels: Readonly<Record<string, string>> = {
  ...{ web: "web", "580111": "web", checkout_next: "web" },
  ...{ pos: "pos", "129785": "pos" },
  ...{ shopify_draft_order: "draft", "1354745": "draft" },
  ...{ subscription_contract: "subscription", subscription_contract_checkout_one: "subscription" },
  ...{ amazon: "marketplace", ebay: "marketplace", etsy: "marketplace", walmart: "marketplace" },
};

export function channelOf(sourceName: string): string {
  return channels[sourceName.toLowerCase()] ?? sourceName;
}

/** Money came in, whatever became of it since. */
const captured = new Set<Json | undefined>(["PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED"]);
/** Nothing came in, and nothing is promised. Authorised is: the shop takes it when it sends the goods. */
const unpaid = new Set<Json | undefined>(["PENDING", "EXPIRED", "VOIDED"]);

export function standingOf({ test, cancelledAt, displayFinancialStatus: payment }: JsonObject): string {
  if (test === true) return "test";
  const isCancelled = typeof cancelledAt === "string" && cancelledAt !== "";
  if (isCancelled && !captured.has(payment)) return "cancelled-before-capture";
  return unpaid.has(payment) ? "not-paid" : "sale";
}
