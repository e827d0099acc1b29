/**
 * What every stand-in for a provider has in common: it answers on this machine only, asks for a token, remembers what it
 * was asked, and makes trouble when told to.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { madeTrouble, type Switchboard, switchboard, type TroubleKind } from "./trouble";

export interface Asked {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: string;
  /** Scheme, host and port as it was reached: for links to the next page. */
  origin: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; with a `type` as it is, text or bytes. */
  body?: unknown;
  type?: string;
}

/** How a provider says what all have to say. */
export interface Manners {
  throttled(asked: Asked): Reply;
  failed(asked: Asked): Reply;
  /** The token is missing, wrong, run out or taken back. */
  unauthorised(asked: Asked): Reply;
  /** The token is good for something else. */
  forbidden(asked: Asked): Reply;
  /** In every answer. */
  headers?(asked: Asked): Record<string, string>;
}

/** Trouble that the answer itself is about. */
export interface PageTrouble {
  takes(kind: TroubleKind): boolean;
}

export interface StandInOptions {
  /** What time it is there; absent: what time it is. */
  clock?(): Date;
  /** Of the tokens it is told of; absent: any will do. */
  isValid?(token: string): boolean | Promise<boolean>;
  /** Any free one unless told; when taken, any free one too. */
  port?: number;
  /** The answer itself looks at who asks: not all do it by a token. */
  looksItself?: boolean;
}

export interface StandIn {
  /** Without a slash at the end. */
  url: string;
  trouble: Switchboard;
  /** The last thousands of requests, in order, without their tokens. */
  asked: readonly Pick<Asked, "method" | "path" | "query" | "body">[];
  close(): Promise<void>;
}

type Answering = (asked: Asked, trouble: PageTrouble) => Reply | Promise<Reply>;

const HOST = "127.0.0.1";
const MOST_REMEMBERED = 5_000;
const MOST_BODY = 1_000_000;

export async function startStandIn(
  answer: Answering,
  manners: Manners,
  { clock = () => new Date(), isValid = () => true, port = 0, looksItself = false }: StandInOptions = {},
): Promise<StandIn> {
  const trouble = switchboard();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const question = await askedBy(request);
    asked.push(question);
    if (asked.length > MOST_REMEMBERED) asked.splice(0, asked.length - MOST_REMEMBERED);
    const inTheWay = trouble.takeFor(question.path);
    if (inTheWay === "hang") return;
    const reply = await replyTo(question, inTheWay);
    const headers = { ...manners.headers?.(question), Date: clock().toUTCString(), ...reply.headers };
    if (inTheWay && madeTrouble[inTheWay]) return madeTrouble[inTheWay](response, textOf(reply));
    response.writeHead(reply.status, { "Content-Type": reply.type ?? "application/json; charset=utf-8", ...headers });
    response.end(reply.body instanceof Uint8Array ? reply.body : textOf(reply));
  }

  async function isLetIn(token: string | undefined): Promise<boolean> {
    return token !== undefined && isValid(token);
  }

  async function replyTo(question: Asked, inTheWay: TroubleKind | null): Promise<Reply> {
    if (inTheWay === "throttled") return manners.throttled(question);
    if (inTheWay === "failed") return manners.failed(question);
    if (inTheWay === "forbidden") return manners.forbidden(question);
    const token = /^bearer (.+)$/i.exec(question.headers.authorization ?? "")?.[1];
    const isRefused = inTheWay === "wrong-token" || inTheWay === "revoked";
    if (isRefused || !(looksItself || (await isLetIn(token)))) return manners.unauthorised(question);
    return answer(question, { takes: (kind) => trouble.takes(kind, question.path) });
  }

  return {
    url: `http://${HOST}:${await listen(server, port)}`,
    trouble,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  const isListening = await new Promise<boolean>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (port !== 0 && error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(port, HOST, () => resolve(true));
  });
  return isListening ? (server.address() as AddressInfo).port : listen(server, 0);
}

async function askedBy(request: IncomingMessage): Promise<Asked> {
  const origin = `http://${request.headers.host ?? HOST}`;
  const url = new URL(request.url ?? "/", origin);
  let body = "";
  for await (const piece of request.setEncoding("utf8")) {
    body += piece as string;
    if (body.length > MOST_BODY) throw new Error("The request is too large.");
  }
  const { method = "GET", headers } = request;
  return { method, path: url.pathname, query: url.searchParams, headers, body, origin };
}

function textOf({ body, type }: Reply): string {
  if (type !== undefined) return String(body ?? "");
  return body === undefined ? "" : JSON.stringify(body);
}
