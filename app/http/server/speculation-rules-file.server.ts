import { type RequestHandler } from "express";
import { speculationRules } from "~/http/prefetch.server";

const HOUR_SECONDS = 60 * 60;

/** Needs its own content type and, unlike pages, may be kept by the browser. */
export function speculationRulesFile(): RequestHandler {
  const body = JSON.stringify(speculationRules);
  return (req, res, next) => {
    if (req.path !== "/speculation-rules.json" || req.method === "POST") return next();
    res.setHeader("Cache-Control", `public, max-age=${HOUR_SECONDS}`);
    res.setHeader("Content-Type", "application/speculationrules+json");
    res.end(body);
  };
}
