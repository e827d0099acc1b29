import { type Change } from "~/features/changes/list-changes.server";
import { subjectOf } from "~/features/contacts/history/change-words";
import { listTouched } from "~/features/contacts/history/touched-contacts.server";
import { type TouchedRow } from "~/features/contacts/history/touched-table";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { type RecordKind } from "~/features/reconciliation/records/record-kind";
import { listTouchedRecords } from "~/features/reconciliation/records/touched-records.server";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { type Scope } from "~/platform/scope.server";

/** By what a change is about: what is no contact. */
const kinds: Readonly<Record<string, RecordKind>> = { order: orderKind, transaction: transactionKind };

/** What a change set touched, whatever it is about, with the page of each that has one. */
export async function touchedRows(scope: Scope, change: Change, limit: number): Promise<TouchedRow[]> {
  const base = `/${scope.account.slug}`;
  const { kind: about, many } = subjectOf(change);
  const kind = kinds[about];
  if (!kind) {
    const contacts = await listTouched(scope, change.id, limit);
    return contacts.map(({ contactId, isThere, ...row }) => ({
      ...row,
      href: isThere ? `${base}/contacts/${contactId}` : null,
    }));
  }
  const records = await listTouchedRecords(scope, kind, { changeSetId: change.id, limit });
  return records.map(({ id, isThere, ...row }) => ({ ...row, href: isThere ? `${base}/data/${many}/${id}` : null }));
}
