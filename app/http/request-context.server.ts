import { type World } from "~/platform/world.server";

/** What loaders and actions get as `context`: the process's world, and the facts of this one request. */
export interface RequestContext extends World {
  /** Our own id of the request, in the log, in audit events and on error pages; never the client's. */
  requestId: string;
  /** The client's network address as far as it can be trusted. */
  address: string | null;
  /** Goes on every script tag of this response. */
  cspNonce: string;
  /** Headers that go on the response whichever route makes it: `Refresh`, `Retry-After`, cookies. */
  responseHeaders: Headers;
  /** Set when a bug or outage was met: the status the error page is sent with (500, 503, 507). */
  failure: { status: number } | null;
}

declare module "@remix-run/server-runtime" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- declaration merging: types `context` in every route
  interface AppLoadContext extends RequestContext {}
  /** Types of `useLoaderData` and its kin as single fetch sends them. */
  interface Future {
    v3_singleFetch: true;
  }
}
