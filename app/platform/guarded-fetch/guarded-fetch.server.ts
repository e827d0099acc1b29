/**
 * The one client for addresses that people type in: an Odoo server's, a webhook's, a model's (ASVS 1.3.6). https to the
 * public internet, nothing followed, an end in time and size. Whatever goes wrong is one and the same error, so that
 * nobody can map a network with us.
 */
import { lookup } from "node:dns/promises";
import { Agent, fetch, type RequestInit as UndiciInit, type Response as UndiciResponse } from "undici";
import { hostOf, isAskable } from "~/platform/guarded-fetch/address-rules";
import { guardedConnector, type Resolve, resolvePublic } from "~/platform/guarded-fetch/guarded-connector.server";
import { SECOND_MS } from "~/platform/time";
import { timeLimit } from "~/platform/time-limit.server";

const TIMEOUT_MS = 10 * SECOND_MS;
const MOST_BYTES = 10_000_000;

/** Why is told to nobody: not found, refused, too slow, too large and moved elsewhere look alike. */
export class UnreachableError extends Error {
  override name = "UnreachableError";
  constructor() {
    super("The address could not be reached.");
  }
}

export interface Limits {
  /** For the whole of it: name, connection, headers and body. */
  timeoutMs?: number;
  /** Of the body, unpacked. */
  mostBytes?: number;
}

/**
 * As `fetch`, with the whole body read already.
 * @throws UnreachableError, or what the caller's own signal was aborted with.
 */
export type GuardedFetch = (address: string, init?: RequestInit, limits?: Limits) => Promise<Response>;

export interface GuardOptions {
  /** Origins that are reached wherever they are, by http too: a sandbox's on this machine. */
  allowedOrigins?: ReadonlySet<string>;
  resolve?: Resolve;
}

async function resolveByDns(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

export function makeGuardedFetch(options: GuardOptions = {}): GuardedFetch {
  const { allowedOrigins = new Set<string>(), resolve = resolveByDns } = options;
  const dispatcher = new Agent({
    connect: guardedConnector({ resolve, allowedOrigins, timeoutMs: TIMEOUT_MS }),
    keepAliveTimeout: SECOND_MS,
  });

  async function ask(address: string, init: RequestInit, signal: AbortSignal, mostBytes: number): Promise<Response> {
    const url = new URL(address);
    const isAllowed = allowedOrigins.has(url.origin) && url.username === "" && url.password === "";
    if (!isAllowed) {
      if (!isAskable(url)) throw new UnreachableError();
      await until(signal, resolvePublic(resolve, hostOf(url)));
    }
    const response = await fetch(url, { ...(init as UndiciInit), redirect: "error", dispatcher, signal });
    return withBody(response, await readBody(response, mostBytes));
  }

  return async (address, init = {}, { timeoutMs = TIMEOUT_MS, mostBytes = MOST_BYTES } = {}) => {
    const limit = timeLimit(init.signal ?? new AbortController().signal, timeoutMs);
    try {
      return await ask(address, init, limit.signal, mostBytes);
    } catch {
      init.signal?.throwIfAborted();
      throw new UnreachableError();
    } finally {
      limit.end();
    }
  };
}

/** A look-up can not be stopped; it is only not waited for. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new UnreachableError()), { once: true });
    work.then(resolve, reject);
  });
}

/** Counted as they come: what a header says of the length, or of how small it was packed, says nothing. */
async function readBody(response: UndiciResponse, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).byteLength;
    // Leaving the loop cancels the body and closes the connection.
    if (bytes > mostBytes) throw new UnreachableError();
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

const bodyless: ReadonlySet<number> = new Set([204, 205, 304]);
/** Of the body as it came; ours is unpacked. */
const ofTheWire: ReadonlySet<string> = new Set(["content-encoding", "content-length", "transfer-encoding"]);

function withBody({ status, statusText, headers }: UndiciResponse, body: Buffer): Response {
  return new Response(bodyless.has(status) ? null : new Uint8Array(body), {
    status,
    statusText,
    headers: [...headers].filter(([name]) => !ofTheWire.has(name)),
  });
}
