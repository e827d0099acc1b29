/** The suppression list as a CSV that spreadsheets open. */
import { recordEvent } from "~/features/audit/audit.server";
import { listSuppressions } from "~/features/contacts/suppression/list-suppressions.server";
import {
  reasonNames,
  sourceWords,
  suppressedNames,
  type Suppression,
} from "~/features/contacts/suppression/suppression";
import { type SuppressionFilters } from "~/features/contacts/suppression/suppression-filters";
import { csvLine } from "~/platform/csv-line.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** Excel takes a file for UTF-8 only if it begins so. */
const MARK = "\ufeff";
const AT_ONCE = 1_000;

const headings = ["What", "Address or number", "Reason", "Note", "From", "Noted", "Noted by"];
const liftedHeadings = ["Taken off", "Taken off by", "Why taken off"];

/** That it leaves the house is recorded first; then it is read in pieces, never whole in memory. */
export async function suppressionsCsv(scope: Scope, filters: SuppressionFilters): Promise<AsyncGenerator<Uint8Array>> {
  await inTransaction(scope, (scope) => recordEvent(scope, { action: "suppressions.exported" }));
  return pieces(scope, filters);
}

async function* pieces(scope: Scope, filters: SuppressionFilters): AsyncGenerator<Uint8Array> {
  yield Buffer.from(MARK + csvLine([...headings, ...(filters.lifted ? liftedHeadings : [])]));
  let before: string | null = null;
  do {
    const page = await listSuppressions(scope, filters, { before, limit: AT_ONCE });
    yield Buffer.from(page.suppressions.map((each) => csvLine(cells(each))).join(""));
    before = page.older;
  } while (before !== null);
}

function cells({ channel, value, reason, note, source, notedAt, notedBy, lifted }: Suppression): string[] {
  return [
    ...[suppressedNames[channel], value ?? "", reasonNames[reason], note ?? "", sourceWords(source).words],
    ...[notedAt, notedBy ?? "Tallybook"],
    ...(lifted ? [lifted.at, lifted.by ?? "", lifted.reason ?? ""] : []),
  ];
}
