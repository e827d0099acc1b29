import { type RequestHandler } from "express";
import { type Pages } from "~/http/server/pages.server";
import { sendRefusal } from "~/http/server/refusal.server";

const methods = new Set(["GET", "HEAD", "POST"]);

/** Forms send nothing else, so nothing else is taken: TRACE, OPTIONS and PROPFIND included. */
export function knownMethods(pages: Pages): RequestHandler {
  return (req, res, next) => {
    if (methods.has(req.method)) return next();
    res.setHeader("Allow", [...methods].join(", "));
    sendRefusal(req, res, pages, 405);
  };
}
