import { matchRoutes } from "@remix-run/react";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import express, { type RequestHandler } from "express";
import { join } from "node:path";
import { type RequestContext } from "~/http/request-context.server";
import { type Narrowed, nearRoutes } from "~/http/server/near-routes.server";
import { type MatchedRoute, type Pages } from "~/http/server/pages.server";
import { type RouteHandle } from "~/route-handle";

type RemixHandler = ReturnType<typeof createRequestHandler>;

/** The built application: `build/server/index.js` answers, `build/client` holds its files. */
export function productionPages(build: ServerBuild, clientFolder: string): Pages {
  const near = nearRoutes(build);
  const handlers = new Map<Narrowed, RemixHandler>();
  const finders = new Map<Narrowed, (path: string) => MatchedRoute>();
  return {
    files: builtFiles(clientFolder),
    handle: (request, context) => {
      const part = near(new URL(request.url).pathname);
      const handle = handlers.get(part) ?? createRequestHandler({ ...build, ...part }, "production");
      handlers.set(part, handle);
      return handle(request, context as RequestContext & AppLoadContext);
    },
    routeAt: (path) => {
      const part = near(path);
      const find = finders.get(part) ?? routeFinder(part);
      finders.set(part, find);
      return find(path);
    },
    stylesheet: () => stylesheetOf(build),
  };
}

/** Names under `assets/` carry a hash of their content, so that they never need to be asked for again. */
function builtFiles(clientFolder: string): RequestHandler[] {
  const plain = { index: false, redirect: false, dotfiles: "ignore", etag: true } as const;
  return [
    express.static(join(clientFolder), {
      ...plain,
      setHeaders: (res, path) => {
        const hashed = path.startsWith(join(clientFolder, "assets"));
        res.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "public, max-age=3600");
      },
    }),
  ];
}

interface MatchableRoute {
  id: string;
  path?: string;
  index?: boolean;
  children?: MatchableRoute[];
}

function routeTree(build: Pick<ServerBuild, "routes">, parentId?: string): MatchableRoute[] {
  return Object.values(build.routes)
    .filter((route) => route?.parentId === parentId)
    .flatMap((route) =>
      route ? [{ id: route.id, path: route.path, index: route.index, children: routeTree(build, route.id) }] : [],
    );
}

/** Finds the route of a path as Remix will. Its pattern goes to the log, its handle says what it takes. */
export function routeFinder(build: Pick<ServerBuild, "routes">): (path: string) => MatchedRoute {
  const tree = routeTree(build);
  return (path) => {
    const matches = matchRoutes(tree as Parameters<typeof matchRoutes>[0], path);
    if (!matches) return { pattern: path.startsWith("/assets/") ? "/assets/*" : "(none)", handle: {} };
    const leaf = build.routes[(matches.at(-1)?.route as MatchableRoute).id];
    return {
      pattern: `/${matches
        .map((match) => match.route.path ?? "")
        .filter(Boolean)
        .join("/")}`,
      handle: (leaf?.module.handle ?? {}) as RouteHandle,
    };
  };
}

/** The root route links it; its name carries a hash that only the build knows. */
export function stylesheetOf(build: ServerBuild): string | null {
  const links =
    (build.routes.root?.module as { links?: () => { rel?: string; href?: string }[] } | undefined)?.links?.() ?? [];
  return links.find((link) => link.rel === "stylesheet")?.href ?? null;
}
