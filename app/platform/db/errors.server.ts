/**
 * What a database refuses, in words that are the same on both engines. Everything else the drivers throw stays as it
 * is: a bug or an outage.
 */

/** The disk (or the quota) is full: nothing was written, reading goes on. The web answers 507. */
export class StorageFullError extends Error {
  override name = "StorageFullError";
}

/** The one writer of the SQLite file was not free in time. Either a transaction hangs, or this waits for itself. */
export class WriterBusyError extends Error {
  override name = "WriterBusyError";
}

/** A value that the two engines would not store alike (or not at all) was about to be written. */
export class UnstorableValueError extends Error {
  override name = "UnstorableValueError";
}

/** A statement that is not plainly constrained to its account. Always a bug of ours, never a person's doing. */
export class UnguardedStatementError extends Error {
  override name = "UnguardedStatementError";
}

/** SQLite says `SQLITE_CONSTRAINT_UNIQUE`, Postgres the five characters of SQLSTATE. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/** SQLite: another process writes at this moment. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith("SQLITE_BUSY");
}

/** Postgres: others held what had to be locked for longer than `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(error) === "55P03";
}

/** The same error, or the typed one that stands for it. */
export function typedError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === "SQLITE_FULL" || code === "53100") {
    return new StorageFullError("The disk that holds the database is full.", { cause: error });
  }
  return error;
}
