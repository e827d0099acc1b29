import { type Server } from "node:http";
import { sep } from "node:path";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import { type MatchedRoute, type Pages } from "~/http/server/pages.server";
import { routeFinder, stylesheetOf } from "~/http/server/production-pages.server";
import { RESTART_EXIT_CODE } from "~/platform/process/drain.server";

interface Development {
  pages: Pages;
  build: ServerBuild;
  /** Ends the process, to be started again, when a module changes that the running server is made of. */
  onOwnChange(end: (exitCode: number, reason: string) => void): void;
}

/** Their instances live as long as the process: a second copy beside the first would be worse than a restart. */
const ownModules = ["server.ts", `app${sep}platform${sep}`, `app${sep}http${sep}server${sep}`, "migrations"].map(
  (part) => sep + part,
);

/** Remix under Vite: every request gets the application as it is on the disk now. Never part of a production build. */
export async function developmentPages(server: Server): Promise<Development> {
  const { createServer } = await import("vite");
  const vite = await createServer({
    server: { middlewareMode: true, hmr: { server, overlay: false }, cors: false },
    appType: "custom",
    clearScreen: false,
  });
  const load = () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<unknown> as Promise<ServerBuild>;

  // What the log and the refusals ask for at once, of the application as it was last loaded.
  let latest = await load();
  let routeAt: (path: string) => MatchedRoute = routeFinder(latest);
  const refresh = async () => {
    const build = await load();
    if (build !== latest) routeAt = routeFinder(build);
    latest = build;
    return build;
  };
  return {
    build: latest,
    pages: {
      files: [vite.middlewares],
      handle: async (request, context) =>
        createRequestHandler(await refresh(), "development")(request, context as AppLoadContext),
      routeAt: (path) => routeAt(path),
      stylesheet: () => stylesheetOf(latest),
    },
    onOwnChange: (end) => {
      vite.watcher.on("change", (file) => {
        if (!ownModules.some((part) => file.includes(part))) return;
        void vite.close().finally(() => end(RESTART_EXIT_CODE, "the server's own code changed"));
      });
    },
  };
}
