import { createServer, type Server, STATUS_CODES } from "node:http";
import { type Duplex } from "node:stream";
import { fixedSecurityHeaders } from "~/http/server/security-headers.server";
import { refusalPage } from "~/http/server/refusal.server";
import { newId } from "~/platform/ids.server";
import { type Environment } from "~/platform/env.server";
import { type Log } from "~/platform/log.server";

const MINUTE_MS = 60_000;
const MAX_HEADER_BYTES = 16 * 1024;
/** One machine's worth; more wait in the kernel's queue or are turned away there. */
const MAX_CONNECTIONS = 1_000;

/** Node's HTTP server with limits on how much and how slowly one may talk to it. */
export function createHttpServer(): Server {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 15_000,
    // For a 50 MB file over an office's slow line. Forms have a minute of their own, uploads may not pause (bodies.server.ts).
    requestTimeout: 15 * MINUTE_MS,
    // Longer than the idle time of usual proxies, so that it is never us who close on a request under way.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

/** What is no HTTP never reaches a middleware: it is answered here, with the same headers and look, and hung up on. */
export function answerBrokenRequests(server: Server, env: Environment, log: Log): void {
  const headers = {
    ...fixedSecurityHeaders(env),
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Content-Type": "text/html; charset=utf-8",
    Connection: "close",
  };
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
    const status = brokenStatus(error.code);
    const requestId = newId();
    const body = refusalPage(status, requestId, null, { home: env.appOrigin });
    const lines = Object.entries({ ...headers, "Content-Length": Buffer.byteLength(body) }).map(
      ([n, v]) => `${n}: ${v}`,
    );
    log.info({ requestId, status, reason: error.code }, "Refused what is no HTTP");
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
  });
}

function brokenStatus(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}
