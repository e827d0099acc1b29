import { WriterBusyError } from "~/platform/db/errors.server";

/** SQLite's and Postgres' (53100 disk_full) codes for a full disk, and the file system's own. */
const diskFullCodes = new Set(["SQLITE_FULL", "53100", "ENOSPC"]);
/** The database is away or overloaded: connection failures of Postgres (class 08, 57P0x, 53300) and a busy SQLite. */
const unavailableCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "SQLITE_BUSY",
]);

/** Which status the page of an unexpected error is sent with: 507 disk full, 503 database away, else 500. */
export function failureStatus(error: unknown): 500 | 503 | 507 {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    if (cause instanceof WriterBusyError) return 503;
    if (diskFullCodes.has(code)) return 507;
    if (unavailableCodes.has(code) || code.startsWith("08")) return 503;
  }
  return 500;
}
