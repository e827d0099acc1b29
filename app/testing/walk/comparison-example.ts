/** A comparison of ours: one that is done, with its findings, and one that a worker has taken up. */
import { annotate, listAnnotations } from "~/features/reconciliation/decisions/annotations.server";
import { decide } from "~/features/reconciliation/decisions/decisions.server";
import { addRecipient, listRecipients } from "~/features/reconciliation/report/recipients.server";
import { linkDays, listReportLinks, makeReportLink } from "~/features/reconciliation/report/report-links.server";
import { type OpenComparison, openComparison } from "~/features/reconciliation/runs/open-comparison.server";
import { type Scope } from "~/platform/scope.server";
import { askedFor, compareNow, keptForMay, keepShop, reconciliation } from "~/testing/given-comparisons";
import { purchase, shopOrder } from "~/testing/given-shop";
import { must } from "~/testing/walk/examples";

export interface ComparisonExample {
  reconciliationId: string;
  decisionId: string;
  /** What stands beside a day. */
  annotationId: string;
  /** Done. */
  runId: string;
  /** Who gets its report. */
  recipientId: string;
  linkId: string;
  linkToken: string;
  /** Of another reconciliation. */
  open: OpenComparison;
}

/** Of a shop of its own, by words that nobody else has. */
export async function comparisonExample(scope: Scope, origin = "file:Zymurgy"): Promise<ComparisonExample> {
  const orders = [shopOrder(1, { paymentMethod: "Quillfeather Pay" }), shopOrder(2)];
  await keepShop(scope, { orders, rows: [purchase(2), purchase(3, { id: "Zymurgy-3" })] }, origin);
  const settings = { ...keptForMay, startDay: "2020-01-01" };
  const facts = { name: "Zymurgy’s shop", orderOrigins: [origin], analyticsOrigin: origin, settings };
  const [reconciliationId, other] = [await reconciliation(scope, facts), await reconciliation(scope, facts)];
  const aside = { kind: "set-row-aside", rowId: "Zymurgy-3", reason: "Quillfeather" } as const;
  const { id: decisionId } = must(await decide(scope, reconciliationId, aside));
  must(await annotate(scope, reconciliationId, { day: "2026-05-12", text: "Quillfeather" }));
  const [annotation] = await listAnnotations(scope, reconciliationId);
  const runId = await compareNow(scope, reconciliationId);
  const open = await openComparison(scope, await askedFor(scope, other));
  if (!open) throw new Error("The example lacks a comparison");
  const handed = await handedOn(scope, reconciliationId, runId);
  return { reconciliationId, decisionId, annotationId: annotation?.id ?? "", runId, open, ...handed };
}

/** Its report is mailed to somebody, and somebody else has a link to it. */
async function handedOn(scope: Scope, reconciliationId: string, runId: string) {
  must(
    await addRecipient(scope, reconciliationId, {
      name: "Zelda Zymurgy",
      email: "zelda@zymurgy.example",
      often: "each",
    }),
  );
  const [recipient] = await listRecipients(scope, reconciliationId);
  const wanted = { runId, label: "Quentin Quillfeather", lastDay: linkDays(scope).last };
  const path = await makeReportLink(scope, reconciliationId, wanted);
  const [link] = await listReportLinks(scope, reconciliationId);
  if (!recipient || !link || path === null) throw new Error("The example lacks a report that is handed on");
  return { recipientId: recipient.id, linkId: link.id, linkToken: path.replace("/report/", "") };
}
