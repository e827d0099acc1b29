import { type Request, type RequestHandler } from "express";
import { type Pages } from "~/http/server/pages.server";
import { sendRefusal } from "~/http/server/refusal.server";
import { isSignedPath } from "~/http/server/signed-paths.server";
import { type Environment } from "~/platform/env.server";

/**
 * Whether our own page sent this form. Browsers say so in `Sec-Fetch-Site` (all since 2023) and `Origin`; each that is
 * there must agree, and one must be there. Compared with APP_ORIGIN, never with the Host a client names (ASVS 3.5.1-3).
 */
export function isFromOurPage(req: Pick<Request, "headers">, appOrigin: string): boolean {
  const { origin } = req.headers;
  const site = req.headers["sec-fetch-site"];
  if (site === undefined && origin === undefined) return false;
  return (site === undefined || site === "same-origin") && (origin === undefined || origin === appOrigin);
}

const FROM_ELSEWHERE =
  "The form was sent from another site, or by a browser that does not say from where. Open the page in Tallybook and send it from there. Nothing was changed.";

/** One check ahead of Remix for every POST: documents, `.data` and resource routes alike. */
export function sameOrigin(env: Environment, pages: Pages): RequestHandler {
  return (req, res, next) => {
    if (req.method !== "POST") return next();
    if (isSignedPath(req.path)) {
      // Whoever made a browser send it here gets nothing by who is signed in there; Remix asks for no origin either then.
      for (const name of ["cookie", "origin", "referer"]) delete req.headers[name];
      return next();
    }
    if (isFromOurPage(req, env.appOrigin)) return next();
    sendRefusal(req, res, pages, 403, { detail: FROM_ELSEWHERE });
  };
}
