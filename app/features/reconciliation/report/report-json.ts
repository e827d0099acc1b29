import { type ReportOf } from "~/features/reconciliation/report/report";

/** A report for programs: figures as they are kept, amounts as text in minor units. */
export function reportJson(reconciliationId: string, { name, run }: ReportOf) {
  const { id, firstDay, lastDay, finishedAt, settings, figures, trend } = run;
  const { rates, orders, excluded, rows, currencies, gaps, breakdowns, basis } = figures;
  return {
    reconciliation: { id: reconciliationId, name },
    run: { id, firstDay, lastDay, comparedAt: finishedAt, timeZone: settings.kept.timeZone, basis },
    ...{ rates, orders, excluded, rows, currencies, gaps, breakdowns, trend },
  };
}
