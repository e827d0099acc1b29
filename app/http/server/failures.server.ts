import { type ErrorRequestHandler } from "express";
import { failureStatus } from "~/http/failure-status.server";
import { type Pages } from "~/http/server/pages.server";
import { sendRefusal } from "~/http/server/refusal.server";
import { facts } from "~/http/server/request-facts.server";

/** The last resort, four arguments by Express' convention: what a middleware threw is logged once and shown plainly. */
export function failures(pages: Pages): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const refused = (error as { status?: unknown }).status;
    const status = typeof refused === "number" && refused >= 400 && refused < 500 ? refused : failureStatus(error);
    if (status >= 500) facts(res).log.error({ error, method: req.method, status }, "A request failed");
    if (res.headersSent) return void res.destroy();
    sendRefusal(req, res, pages, status);
  };
}
