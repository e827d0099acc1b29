import { type Request, type Response } from "express";
import { renderToStaticMarkup } from "react-dom/server";
import { ErrorPage, errorTitle } from "~/error-page";
import { type Pages } from "~/http/server/pages.server";
import { facts } from "~/http/server/request-facts.server";

interface Words {
  /** Where "the start page" is, when not here. */
  home?: string;
  /** The page it was sent from, as a path of ours: the way on leads there. */
  back?: string;
  detail?: string;
}

/** A whole error page without the application, in its look. */
export function refusalPage(status: number, requestId: string, stylesheet: string | null, words: Words = {}): string {
  const page = (
    <html lang="en-GB">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${errorTitle(status)} · Tallybook`}</title>
        {stylesheet ? <link rel="stylesheet" href={stylesheet} /> : null}
      </head>
      <body>
        <ErrorPage status={status} requestId={requestId} {...words} />
      </body>
    </html>
  );
  return `<!DOCTYPE html>${renderToStaticMarkup(page)}`;
}

/** Answers with the error page and lets go of whatever body is still on its way. */
export function sendRefusal(req: Request, res: Response, pages: Pages, status: number, words?: Words): void {
  if (res.headersSent || res.destroyed) return;
  const html = refusalPage(status, facts(res).requestId, pages.stylesheet(), words);
  leaveUnreadBody(req, res);
  res.status(status).type("text/html; charset=utf-8");
  res.end(req.method === "HEAD" ? undefined : html);
}

/** How much more, and for how long, is read and thrown away so that the client gets to see the answer. */
const LINGER_BYTES = 100_000_000;
const LINGER_MS = 10_000;

/**
 * A body that nobody will read: closing at once would reset the connection before the browser has read the answer, so
 * the rest is thrown away for a while, then the connection ends (as nginx's lingering_close).
 */
export function leaveUnreadBody(req: Request, res: Response): void {
  if (req.complete || req.destroyed) return;
  res.setHeader("Connection", "close");
  let bytes = 0;
  const end = () => req.socket.destroy();
  const timer = setTimeout(end, LINGER_MS).unref();
  req.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LINGER_BYTES) end();
  });
  req.once("error", () => req.destroy());
  req.once("close", () => clearTimeout(timer));
  req.resume();
}
