import { type RequestHandler } from "express";
import { type Pages } from "~/http/server/pages.server";
import { sendRefusal } from "~/http/server/refusal.server";

/** Whether the path can be decoded and holds no NUL, which Postgres takes in no text. */
export function isReadable(target: string): boolean {
  if (!target.startsWith("/")) return false;
  try {
    return !decodeURIComponent(target.split("?", 1)[0] ?? "").includes("\u0000");
  } catch {
    return false;
  }
}

/**
 * 400 for addresses that nothing here makes: an undecodable path, and `?_data=`, a way into loaders and actions from
 * before single fetch, which Remix keeps open without its own origin check (docs/decisions/001-remix.md).
 */
export function readableAddresses(pages: Pages): RequestHandler {
  return (req, res, next) => {
    const query = new URLSearchParams(req.url.split("?").slice(1).join("?"));
    if (isReadable(req.url) && !query.has("_data")) return next();
    sendRefusal(req, res, pages, 400);
  };
}
