import { type RequestHandler } from "express";
import { type Pages } from "~/http/server/pages.server";
import { isReadable } from "~/http/server/readable-addresses.server";
import { facts } from "~/http/server/request-facts.server";

/** Asked often and by machines: they would drown the rest. */
const quietPaths = /^\/(?:assets\/|healthz$|readyz$)/;

/** One line a response: the route's pattern, not the address, since addresses carry names, searches and tokens. */
export function accessLog(pages: Pages): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    const bytesBefore = req.socket.bytesWritten;
    res.once("close", () => {
      const { log } = facts(res);
      const line = {
        method: req.method,
        path: isReadable(req.url) ? pages.routeAt(req.path).pattern : "(unreadable)",
        status: res.statusCode,
        durationMs: Math.round(performance.now() - startedAt),
        bytes: req.socket.bytesWritten - bytesBefore,
      };
      const sentence = res.writableFinished ? "Answered" : "The client went away";
      if (quietPaths.test(req.path)) log.debug(line, sentence);
      else log.info(line, sentence);
    });
    next();
  };
}
