import { type Request, type RequestHandler } from "express";
import { type Pages } from "~/http/server/pages.server";
import { sendRefusal } from "~/http/server/refusal.server";
import { isSignedPath } from "~/http/server/signed-paths.server";

/** Amazon SNS calls its JSON plain text. */
const signedTypes = new Set(["application/json", "text/plain"]);
const formTypes = new Set(["application/x-www-form-urlencoded", "multipart/form-data"]);

function hasBody(req: Request): boolean {
  return req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;
}

/** Forms come in the two ways that forms come in; anything else is 415. JSON is for signed addresses. */
function isTaken(req: Request): boolean {
  const type = req.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type === undefined) return !hasBody(req);
  return formTypes.has(type) || (signedTypes.has(type) && isSignedPath(req.path));
}

/** A compressed body is refused too: nothing here unpacks one, and its size on the wire would say nothing. */
export function contentTypes(pages: Pages): RequestHandler {
  return (req, res, next) => {
    const encoding = req.headers["content-encoding"];
    if (req.method !== "POST" || (isTaken(req) && (encoding === undefined || encoding === "identity"))) return next();
    sendRefusal(req, res, pages, 415);
  };
}
