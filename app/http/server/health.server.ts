import { type RequestHandler } from "express";
import { facts } from "~/http/server/request-facts.server";

/** What must be true for this process to be given work, by name. The names go to the log, never to the asker. */
export interface Health {
  isDraining(): boolean;
  checks: Record<string, () => Promise<boolean>>;
}

const CHECK_TIMEOUT_MS = 1_000;

/** `/healthz` asks nothing but whether the process turns; `/readyz` whether it can serve. Before the host check: probes use addresses of their own. */
export function healthEndpoints(health: Health): RequestHandler {
  return (req, res, next) => {
    if (req.path === "/healthz") return void res.type("text/plain").end("ok\n");
    if (req.path !== "/readyz") return next();
    void failedChecks(health).then((names) => {
      if (names.length > 0) facts(res).log.warn({ names }, "Not ready");
      res
        .status(names.length > 0 ? 503 : 200)
        .type("text/plain")
        .end(names.length > 0 ? "not ready\n" : "ready\n");
    });
  };
}

async function failedChecks(health: Health): Promise<string[]> {
  if (health.isDraining()) return ["draining"];
  const results = await Promise.all(
    Object.entries(health.checks).map(async ([name, check]) => ((await holds(check)) ? [] : [name])),
  );
  return results.flat();
}

/** A check that throws or takes longer than a second has failed. */
async function holds(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
  });
  return Promise.race([check().catch(() => false), tooLate]).finally(() => clearTimeout(timer));
}
