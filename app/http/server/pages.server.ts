import { type RequestHandler } from "express";
import { type RequestContext } from "~/http/request-context.server";
import { type RouteHandle } from "~/route-handle";

/** What the server in front asks of the application behind it: Remix in production, Remix under Vite in development. */
export interface Pages {
  /** Files that need no application: built assets, the icon. */
  files: RequestHandler[];
  handle(request: Request, context: RequestContext): Promise<Response>;
  routeAt(path: string): MatchedRoute;
  /** Address of the stylesheet, for pages that are answered without the application. */
  stylesheet(): string | null;
}

export interface MatchedRoute {
  /** As in the site map, e.g. `/:account/contacts/:contactId`; `(none)` where no route matches. */
  pattern: string;
  handle: RouteHandle;
}
