/** The two files of a quick audit: how far they are read, and which of their rows were not taken. */
import { can } from "~/features/accounts/rights";
import { auditSides, type AuditSide, isReady } from "~/features/reconciliation/audit/audit-file";
import { type AuditFile } from "~/features/reconciliation/audit/find-audit.server";
import { listAuditRefusals, REFUSALS_SHOWN } from "~/features/reconciliation/audit/list-refusals.server";
import { findResult } from "~/features/reconciliation/results/find-result.server";
import { refreshAfter } from "~/http/answers.server";
import { type RouteArgs } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { type OneAudit, requireAudit } from "~/routes/reconciliations/audit/audit.server";
import { sideNouns } from "~/routes/reconciliations/audit/audit-words";

const REFRESH_SECONDS = 2;

export async function loadFiles(args: RouteArgs) {
  const page = await requireAudit(args, "reconciliations.read");
  const { scope, audit, base } = page;
  const result = await findResult(scope, { reconciliationId: audit.id, runId: null });
  const isReading = audit.state === "queued" || audit.state === "reading";
  const atWork = isReading || (result !== null && result.atWork !== null);
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (atWork && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  return {
    ...{ firm: scope.account.name, name: audit.name, base, locale: scope.place.locale, atWork, isReading, refreshes },
    read: auditSides.reduce((sum, side) => sum + (audit.files[side]?.rows ?? 0), 0),
    ...{ state: audit.state, problem: audit.problem, reference: audit.reference },
    until: audit.expiresAt && formatInstant(scope.place, audit.expiresAt),
    hasResult: result !== null && result.run !== null,
    mayWrite: can(scope, "reconciliations.write"),
    files: await Promise.all(auditSides.map((side) => fileView(page, side, isReading))),
  };
}

export type FilesView = Awaited<ReturnType<typeof loadFiles>>;

async function fileView({ scope, audit }: OneAudit, side: AuditSide, isReading: boolean) {
  const { title } = sideNouns[side];
  const file = audit.files[side];
  if (!file) return { side, title, file: null };
  const { name, rows, refused, fileId, settings } = file;
  const count = (number: number) => number.toLocaleString(scope.place.locale);
  const shown = {
    ...{ name, from: fromWords(file), isReady: isReady(side, settings), isKept: fileId !== null },
    ...{ rows: count(rows), refusedText: count(refused), isCut: refused > REFUSALS_SHOWN },
    refused: isReading || refused === 0 ? [] : await listAuditRefusals(scope, audit.id, { side }),
  };
  return { side, title, file: shown };
}

function fromWords({ settings: { layout, currency, decimalMark } }: AuditFile): string {
  const said = [
    layout === null ? "with columns as you chose them" : `recognised as an export of ${layout}`,
    ...(currency === null ? [] : [`in ${currency} where a row names no currency`]),
    ...(decimalMark === null ? [] : [decimalMark === "." ? "decimals after a point" : "decimals after a comma"]),
  ];
  return said.join(", ");
}
