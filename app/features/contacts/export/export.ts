/** An export: a list of contacts as a file, made in the background and kept for a day. These are its words. */
import { DAY_MS, dateIn, later } from "~/platform/time";

export const exportFormats = ["csv", "csv-for-excel", "xlsx", "vcard"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Those of the list, or everything that is known of each contact. A vCard always says everything. */
export const exportColumns = ["view", "everything"] as const;
export type ExportColumns = (typeof exportColumns)[number];

export type ExportState = "waiting" | "running" | "done" | "failed";

export const EXPORT_KEPT_MS = DAY_MS;

/** Whoever asks for a file waits so long for it on its page; then they may be elsewhere. */
const WAITED_FOR_MS = 30_000;

/** Whether it was ready while its person waited for it, counted from when they asked. */
export function isQuick(askedAt: string, readyAt: string): boolean {
  return readyAt < later(askedAt, WAITED_FOR_MS);
}

export const formatNames: Record<ExportFormat, string> = {
  csv: "CSV",
  "csv-for-excel": "CSV for Excel",
  xlsx: "Excel workbook",
  vcard: "vCard",
};

export const fileKinds: Record<ExportFormat, { ending: string; mediaType: string }> = {
  csv: { ending: "csv", mediaType: "text/csv; charset=utf-8" },
  "csv-for-excel": { ending: "csv", mediaType: "text/csv; charset=utf-8" },
  xlsx: { ending: "xlsx", mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  vcard: { ending: "vcf", mediaType: "text/vcard; charset=utf-8" },
};

export function isExportAtWork(state: ExportState): boolean {
  return state === "waiting" || state === "running";
}

/** "CSV, columns as in the list" */
export function exportWords({ format, columns }: { format: ExportFormat; columns: ExportColumns }): string {
  if (format === "vcard") return formatNames.vcard;
  return `${formatNames[format]}, ${columns === "view" ? "columns as in the list" : "everything"}`;
}

export interface ExportFacts {
  id: string;
  state: ExportState;
  format: ExportFormat;
  columns: ExportColumns;
  query: string;
  askedBy: { id: string; name: string };
  createdAt: string;
  rows: number;
  /** Of a file that is there, for whoever reads this. */
  fileId: string | null;
  /** It holds everybody's contacts, and whoever reads this sees only their own now. */
  isWithheld: boolean;
  problem: string | null;
  problemReference: string | null;
}

/** The file is for whoever asked for it, and for admins. */
export function mayDownload(
  who: { user: { id: string } | null; role: string },
  { askedBy, fileId }: ExportFacts,
): boolean {
  return fileId !== null && who.user !== null && (who.role === "admin" || askedBy.id === who.user.id);
}

/** "Contacts 2026-05-04.csv", by the day when it was asked for. */
export function fileName(timeZone: string, { format, createdAt }: Pick<ExportFacts, "format" | "createdAt">): string {
  return `Contacts ${dateIn(timeZone, createdAt)}.${fileKinds[format].ending}`;
}
