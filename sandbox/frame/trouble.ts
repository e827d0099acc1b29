/** Trouble to try a client with: each kind for the next so many requests, or until it is switched off. */
import { type ServerResponse } from "node:http";

export const troubleKinds = [
  /** As the provider answers who asks too much. */
  "throttled",
  /** 500 */
  "failed",
  /** No answer, and no end. */
  "hang",
  /** Half an answer, and the line is cut. */
  "cut",
  /** Half an answer whose length is right: nothing tells but its content. */
  "half",
  /** A page for people, with status 200. */
  "html",
  /** 200 MB, without saying so before. */
  "flood",
  /** The token is good for something else. */
  "forbidden",
  /** The token is refused, as one that has run out. */
  "wrong-token",
  /** Taken back by whoever gave it: the token is refused, and no other is given. */
  "revoked",
  /** Where reading changes began is forgotten. */
  "expired-cursor",
  /** A page comes twice, and then what follows. */
  "duplicate-page",
  /** The page behind a page is that page. */
  "repeated-page",
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** Kinds that the stand-in asks for where its answer depends on them. */
const ofPages: ReadonlySet<TroubleKind> = new Set(["expired-cursor", "duplicate-page", "repeated-page"]);

export interface When {
  /** For so many requests; absent: until it is switched off. */
  times?: number;
  /** Requests that go well before. */
  after?: number;
  /** Only requests whose path fits. */
  path?: RegExp;
}

export interface Switchboard {
  on(kind: TroubleKind, when?: When): void;
  off(kind?: TroubleKind): void;
  /** What is in the way of a request; the request is counted. */
  takeFor(path: string): TroubleKind | null;
  /** The same for one kind of those that answers depend on. */
  takes(kind: TroubleKind, path: string): boolean;
}

interface Switch {
  left: number;
  after: number;
  path: RegExp;
}

export function switchboard(): Switchboard {
  const switches = new Map<TroubleKind, Switch>();
  const takes = (kind: TroubleKind, path: string) => {
    const found = switches.get(kind);
    if (!found?.path.test(path)) return false;
    if (found.after > 0) {
      found.after--;
      return false;
    }
    if (--found.left <= 0) switches.delete(kind);
    return true;
  };
  return {
    on: (kind, { times = Infinity, after = 0, path = /^/ } = {}) => {
      switches.set(kind, { left: times, after, path });
    },
    off: (kind) => (kind ? void switches.delete(kind) : switches.clear()),
    takeFor: (path) => troubleKinds.find((kind) => !ofPages.has(kind) && takes(kind, path)) ?? null,
    takes,
  };
}

const FLOOD_BYTES = 200_000_000;

type Making = (response: ServerResponse, text: string) => void | Promise<void>;

/** What is done to an answer on its way. */
export const madeTrouble: Partial<Record<TroubleKind, Making>> = {
  html: (response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end("<!doctype html><title>Welcome to the guest network</title><p>Please accept our terms to go on.</p>");
  },
  cut: (response, text) => {
    const bytes = Buffer.from(text);
    response.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Content-Length": bytes.length + 1 });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  },
  half: (response, text) => {
    response.writeHead(200, { "Content-Type": "application/json; charset=utf-8" });
    response.end(text.slice(0, text.length / 2));
  },
  flood: async (response) => {
    response.writeHead(200, { "Content-Type": "application/json; charset=utf-8" });
    const piece = Buffer.alloc(1_000_000, " ");
    for (let sent = 0; sent < FLOOD_BYTES && !response.destroyed; sent += piece.length) {
      if (!response.write(piece)) await drained(response);
    }
    response.end("{}");
  },
};

/** Also ends when nobody reads any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
