/** From Node's request to Remix and back. Ours rather than `@remix-run/express`: see docs/decisions/005-server-in-front-of-remix.md. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { type Request as NodeRequest, type RequestHandler, type Response as NodeResponse } from "express";
import { FORM_BYTES, LimitedUpload, readFormBody, readOn, statesTooMuch } from "~/http/server/bodies.server";
import { type Pages } from "~/http/server/pages.server";
import { leaveUnreadBody, sendRefusal } from "~/http/server/refusal.server";
import { facts } from "~/http/server/request-facts.server";
import { ownReferer } from "~/http/redirect.server";
import { type RequestContext } from "~/http/request-context.server";
import { type World } from "~/platform/world.server";

/** One request on its way through. */
interface Exchange {
  world: World;
  pages: Pages;
  req: NodeRequest;
  res: NodeResponse;
}

type Body = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;

export function remixPages(world: World, pages: Pages): RequestHandler {
  return (req, res, next) => {
    answer({ world, pages, req, res }).catch(next);
  };
}

async function answer(exchange: Exchange): Promise<void> {
  const { pages, req } = exchange;
  if (req.method !== "POST") return send(exchange, await ask(exchange, null));

  const { uploadBytes } = pages.routeAt(req.path).handle;
  if (uploadBytes !== undefined) return answerUpload(exchange, uploadBytes);

  const body = statesTooMuch(req, FORM_BYTES) ? tooLarge : await readFormBody(req);
  if (body.ok) return send(exchange, await ask(exchange, body.bytes));
  // A file in a field for text is the usual reason, so as much is read on as a file may have.
  if (body.status === 413) await readOn(req, { limitBytes: MOST_READ_ON_BYTES });
  refuseBody(exchange, body.status, FORM_BYTES);
}

const MOST_READ_ON_BYTES = 100_000_000;

/** The route reads as it comes, and may say itself that it was too much; else the plain page says so. */
async function answerUpload(exchange: Exchange, limitBytes: number): Promise<void> {
  const upload = new LimitedUpload(exchange.req, limitBytes);
  try {
    const answered = await ask(exchange, createReadableStreamFromReadable(upload));
    upload.destroy();
    await readOn(exchange.req, { limitBytes: 2 * limitBytes });
    // Only where the break was what the route fell over: a sign-in or a refusal in its own words stands.
    if (upload.refused && answered.context.failure) return refuseBody(exchange, upload.refused.status, limitBytes);
    await send(exchange, answered);
  } finally {
    upload.destroy();
  }
}

const tooLarge = { ok: false, status: 413 } as const;

/** What was sent is not taken. The page says how much may be sent, and leads back to where it came from. */
function refuseBody({ world, pages, req, res }: Exchange, status: number, limitBytes: number): void {
  const megabytes = Math.floor(limitBytes / 1_000_000);
  const back = ownReferer(req.headers.referer, world.env.appOrigin) ?? undefined;
  const detail =
    status === 413
      ? `At most ${megabytes} MB can be sent here; this was more. Nothing was changed. Go back and send less.`
      : undefined;
  sendRefusal(req, res, pages, status, { detail, back });
}

interface Answered {
  response: Response;
  context: RequestContext;
}

async function ask(exchange: Exchange, body: Body): Promise<Answered> {
  const { world, pages, res } = exchange;
  const context: RequestContext = { ...world, ...facts(res), responseHeaders: new Headers(), failure: null };
  return { response: await pages.handle(toWebRequest(exchange, body), context), context };
}

/** The address is built from APP_ORIGIN: no route can see a host that a client made up. */
function toWebRequest({ world, req, res }: Exchange, body: Body): Request {
  const gone = new AbortController();
  res.once("close", () => {
    if (!res.writableFinished) gone.abort();
  });
  const headers = new Headers();
  // Not `headersDistinct`: that would bring back what a middleware has taken off.
  for (const [name, values = []] of Object.entries(req.headers)) {
    for (const value of [values].flat()) headers.append(name, value);
  }
  return new Request(world.env.appOrigin + req.originalUrl, {
    method: req.method,
    headers,
    body,
    signal: gone.signal,
    ...(body === null ? {} : { duplex: "half" }),
  });
}

/** A route without a page of its own refused or failed: Remix sends next to nothing, a person should see a page. */
function isBareError(response: Response): boolean {
  if (response.status < 400) return false;
  if (response.body === null || response.headers.has("X-Remix-Error")) return true;
  return (response.headers.get("Content-Type") ?? "text/plain").startsWith("text/plain");
}

async function send({ pages, req, res }: Exchange, { response, context }: Answered): Promise<void> {
  if (res.destroyed) return;
  for (const [name, value] of context.responseHeaders) res.appendHeader(name, value);
  if (isBareError(response)) return sendRefusal(req, res, pages, context.failure?.status ?? response.status);
  res.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name === "set-cookie") res.appendHeader(name, value);
    else res.setHeader(name, value);
  }
  leaveUnreadBody(req, res);
  if (response.body === null || req.method === "HEAD") return void res.end();
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), res).catch(
    (error: unknown) => {
      if (!res.destroyed || (error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
    },
  );
}
