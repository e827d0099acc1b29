import { type RequestHandler } from "express";
import { type Pages } from "~/http/server/pages.server";
import { sendRefusal } from "~/http/server/refusal.server";
import { type Environment } from "~/platform/env.server";

/**
 * Answers only to the host and port of APP_ORIGIN (421 otherwise, RFC 9110 15.5.20), so that nothing downstream can be
 * misled by a forged one. Forwarded hosts are not read by anybody: they are taken off.
 */
export function knownHost(env: Environment, pages: Pages): RequestHandler {
  const { host, port, protocol } = new URL(env.appOrigin);
  // A browser leaves the scheme's own port out; other clients may spell it.
  const hosts = new Set(port ? [host] : [host, `${host}:${protocol === "https:" ? 443 : 80}`]);
  return (req, res, next) => {
    delete req.headers["x-forwarded-host"];
    delete req.headers.forwarded;
    const named = req.headers.host?.toLowerCase();
    if (named !== undefined && hosts.has(named)) return next();
    sendRefusal(req, res, pages, 421, { home: env.appOrigin, detail: `Open Tallybook at ${env.appOrigin}.` });
  };
}
