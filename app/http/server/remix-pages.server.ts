/** From Node's request to Remix and back. Ours rather than `@remix-run/express`: see docs/decisions/005-server-in-front-of-remix.md. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { type Request as NodeRequest, type RequestHandler, type Response as NodeResponse } from "express";
import { FORM_BYTES, LimitedUpload, readFormBody, statesTooMuch } from "~/http/server/bodies.server";
import { type Pages } from "~/http/server/pages.server";
import { leaveUnreadBody, sendRefusal } from "~/http/server/refusal.server";
import { facts } from "~/http/server/request-facts.server";
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
  const { pages, req, res } = exchange;
  if (req.method !== "POST") return respond(exchange, null);

  const { uploadBytes } = pages.routeAt(req.path).handle;
  if (statesTooMuch(req, uploadBytes ?? FORM_BYTES)) return sendRefusal(req, res, pages, 413);
  if (uploadBytes !== undefined) return answerUpload(exchange, uploadBytes);

  const body = await readFormBody(req);
  if (!body.ok) return sendRefusal(req, res, pages, body.status);
  await respond(exchange, body.bytes);
}

/** The route reads as it comes. Where the stream broke at its limit, that is the answer, whatever the route made of it. */
async function answerUpload(exchange: Exchange, limitBytes: number): Promise<void> {
  const upload = new LimitedUpload(exchange.req, limitBytes);
  try {
    await respond(exchange, createReadableStreamFromReadable(upload), () => upload.refused?.status ?? null);
  } finally {
    upload.destroy();
  }
}

async function respond(exchange: Exchange, body: Body, refusedStatus: () => number | null = () => null): Promise<void> {
  const { world, pages, req, res } = exchange;
  const context: RequestContext = { ...world, ...facts(res), responseHeaders: new Headers(), failure: null };
  const response = await pages.handle(toWebRequest(exchange, body), context);
  for (const [name, value] of context.responseHeaders) res.appendHeader(name, value);

  const refused = refusedStatus();
  if (refused !== null) return sendRefusal(req, res, pages, refused);
  if (isBareError(response)) return sendRefusal(req, res, pages, context.failure?.status ?? response.status);
  await send(exchange, response);
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

async function send({ req, res }: Exchange, response: Response): Promise<void> {
  if (res.destroyed) return;
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
