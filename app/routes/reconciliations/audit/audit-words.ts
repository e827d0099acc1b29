import { type AuditSide } from "~/features/reconciliation/audit/audit-file";

export const sideNouns: Record<AuditSide, { title: string; rows: string }> = {
  orders: { title: "Orders", rows: "orders" },
  transactions: { title: "Tracked purchases", rows: "tracked purchases" },
};

export function untilSaved(until: string): string {
  return `This is a quick audit of two files. It is deleted with them on ${until}, unless it is saved as a reconciliation.`;
}
