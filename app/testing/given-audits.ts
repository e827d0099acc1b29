/** Files as shops and analytics export them, and audits of them. */
import { askToRead } from "~/features/reconciliation/audit/ask-to-read.server";
import { type AuditSide } from "~/features/reconciliation/audit/audit-file";
import { readAudit } from "~/features/reconciliation/audit/read-audit.server";
import { beginAudit, takeAuditFile } from "~/features/reconciliation/audit/take-files.server";
import { type Scope } from "~/platform/scope.server";

export const shopifyFile = [
  "Name,Email,Financial Status,Currency,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem name,Payment Method,Refunded Amount,Id,Source",
  "#1001,ann@okafor.example,paid,GBP,4.95,7.00,46.95,0.00,2026-05-04 10:15:00 +0100,Stoneware bowl,Shopify Payments,0.00,4507894690001,web",
  "#1001,ann@okafor.example,,,,,,,2026-05-04 10:15:00 +0100,Oak spoon,,,,",
  "#1002,ben@hale.example,paid,GBP,4.95,8.00,52.95,0.00,2026-05-05 18:40:00 +0100,Linen apron,PayPal,0.00,4507894690002,web",
  "#1003,cara@hale.example,paid,GBP,0.00,10.00,60.00,0.00,2026-05-06 09:00:00 +0100,Teapot,Shopify Payments,0.00,4507894690003,web",
  "#1004,dev@hale.example,paid,XXQ,0.00,1.00,6.00,0.00,2026-05-06 09:30:00 +0100,Mug,Shopify Payments,0.00,4507894690004,web",
  "",
].join("\n");

export const analyticsFile = [
  "# ----------------------------------------",
  "# Purchases",
  "# Start date: 20260501",
  "# ----------------------------------------",
  "Transaction ID,Date,Currency,Ecommerce purchases,Purchase revenue",
  "1001,20260504,GBP,1,46.95",
  "1003,20260506,GBP,1,59.00",
  "(not set),20260506,GBP,1,12.00",
  "",
].join("\n");

async function* bytesOf(text: string | Buffer) {
  yield await Promise.resolve(Buffer.from(text));
}

/** @returns why it is not taken; null where it is */
export async function takeText(
  scope: Scope,
  reconciliationId: string,
  [side, name, content]: readonly [AuditSide, string, string | Buffer],
): Promise<string | null> {
  const upload = { name, mediaType: "text/csv", bytes: bytesOf(content) };
  const taken = await takeAuditFile(scope, { reconciliationId, side }, upload);
  return taken.ok ? null : taken.reason;
}

/** Both files taken, and asked for. */
export async function askedAudit(scope: Scope, { orders = shopifyFile, transactions = analyticsFile } = {}) {
  const id = await beginAudit(scope);
  await takeText(scope, id, ["orders", "orders_export.csv", orders]);
  await takeText(scope, id, ["transactions", "purchases.csv", transactions]);
  const asked = await askToRead(scope, id);
  if (!asked.ok) throw new Error(asked.reason);
  return id;
}

/** Both files read. */
export async function audited(scope: Scope, files: { orders?: string; transactions?: string } = {}): Promise<string> {
  const id = await askedAudit(scope, files);
  await readAudit(scope, id, new AbortController().signal);
  return id;
}
