/** Whether it was a sale, from what shops write of an order. */
import { type Standing, standings } from "~/features/reconciliation/columns/orders";

/** Of Shopify's financial status and WooCommerce's status; an order that was paid once is a sale, given back or not. */
const words: Readonly<Record<Standing, string>> = {
  sale: "sale, paid, completed, processing, refunded, partially refunded, partially paid, authorized, fulfilled, bezahlt, abgeschlossen, in bearbeitung",
  test: "test",
  "not-paid":
    "not paid, unpaid, pending, pending payment, failed, on hold, draft, checkout draft, expired, unbezahlt, ausstehend",
  "cancelled-before-capture": "cancelled before capture, voided, cancelled, canceled, trash, storniert",
};

const byWord = new Map(standings.flatMap((standing) => words[standing].split(", ").map((word) => [word, standing])));

/** Null for a word that says nothing of it. */
export function readStanding(text: string): Standing | null {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^wc-/, "")
    .replace(/[-_\s]+/g, " ");
  return byWord.get(word) ?? null;
}
