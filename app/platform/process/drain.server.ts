/** How a process ends: it finishes what it has begun, closes what it has open, and is gone within 50 seconds. */
import { type Log } from "~/platform/log.server";

/** Fly and our own parent kill at 60 s; ending by ourselves before that leaves a line in the log. */
const HARD_EXIT_MS = 50_000;

/** The child's exit code for "start me again at once": in development, when its own code has changed. */
export const RESTART_EXIT_CODE = 75;

/**
 * Ends this process on SIGTERM, SIGINT, the parent's death (code 0), or an error nobody caught (code 1): `drain` once,
 * then exit. Returns a way to ask for the same. The one place where a process ends itself.
 */
export function endsByDraining(log: Log, drain: () => Promise<void>): (exitCode: number, reason: string) => void {
  let ending = false;
  const end = (exitCode: number, reason: string) => {
    if (ending) return;
    ending = true;
    log.info({ reason }, "Stopping");
    setTimeout(() => {
      log.fatal("Did not stop in time");
      process.exit(1);
    }, HARD_EXIT_MS).unref();
    drain().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.fatal({ error }, "Stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => end(0, "SIGTERM"));
  process.on("SIGINT", () => end(0, "SIGINT"));
  process.on("disconnect", () => end(0, "the parent process is gone"));
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ error, event }, "Nobody caught this error");
      end(1, event);
    });
  }
  return end;
}
