/** Of which days an audit's files are: those are what is compared. */
import { type AuditSide } from "~/features/reconciliation/audit/audit-file";
import { auditOrigin } from "~/features/reconciliation/records/audit-origin";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { type RecordKind } from "~/features/reconciliation/records/record-kind";
import "~/features/reconciliation/records/tables";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { EARLIEST_DAY } from "~/features/reconciliation/set-up/kept-settings";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

export const auditKinds: Record<AuditSide, RecordKind> = { orders: orderKind, transactions: transactionKind };

export type TakenDays = { ok: true; firstDay: string; lastDay: string } | { ok: false; problem: string };

const nothing = (noun: string) =>
  `No row of the file of ${noun} could be read. What is wrong with each stands below; choose its columns again, or another file.`;

/** From the first day of either to the last. */
export async function daysTaken(scope: Scope, reconciliationId: string): Promise<TakenDays> {
  const origin = auditOrigin(reconciliationId);
  const orders = [await orderTime(scope, origin, "asc"), await orderTime(scope, origin, "desc")].flatMap((at) =>
    at === undefined ? [] : [dateIn(scope.account.timeZone, at)],
  );
  if (orders.length === 0) return { ok: false, problem: nothing("orders") };
  const rows = [await rowDay(scope, origin, "asc"), await rowDay(scope, origin, "desc")].flatMap((day) => day ?? []);
  if (rows.length === 0) return { ok: false, problem: nothing("tracked purchases") };
  const days = [...orders, ...rows].sort();
  const [firstDay = EARLIEST_DAY, lastDay = firstDay] = [days[0], days.at(-1)];
  return { ok: true, firstDay: firstDay < EARLIEST_DAY ? EARLIEST_DAY : firstDay, lastDay };
}

/** The end of an index, however many there are. */
async function orderTime(scope: Scope, origin: string, order: "asc" | "desc"): Promise<string | undefined> {
  const row = await scope.db
    .selectFrom("orders")
    .select("placed_at")
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", origin)
    .orderBy("placed_at", order)
    .limit(1)
    .executeTakeFirst();
  return row?.placed_at;
}

async function rowDay(scope: Scope, origin: string, order: "asc" | "desc"): Promise<string | undefined> {
  const row = await scope.db
    .selectFrom("transactions")
    .select("day")
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", origin)
    .orderBy("day", order)
    .limit(1)
    .executeTakeFirst();
  return row?.day;
}
