/** The whole site as it is served, from `app/routes.ts` and the real route modules: for tests that walk every route. */
import { type RouteConfigEntry } from "@remix-run/route-config";
import * as root from "~/root";
import siteMap from "~/routes";
import { type RouteModule } from "~/testing/site";

export interface SiteRoute {
  /** As Remix names it: its file without the ending, e.g. `routes/contacts/list`. */
  id: string;
  parentId?: string;
  path?: string;
  index?: boolean;
  module: RouteModule;
}

const modules = import.meta.glob<RouteModule>(["/app/routes/**/*.{ts,tsx}", "!/app/routes/**/*.test.*"]);

async function collect(entries: readonly RouteConfigEntry[], parentId: string): Promise<SiteRoute[]> {
  const routes = entries.map(async ({ file, path, index, children = [] }): Promise<SiteRoute[]> => {
    const id = file.replace(/\.tsx?$/, "");
    const load = modules[`/app/${file}`];
    if (!load) throw new Error(`app/routes.ts names ${file}, which is not there`);
    return [{ id, parentId, path, index, module: await load() }, ...(await collect(children, id))];
  });
  return (await Promise.all(routes)).flat();
}

/** Every route of the site, the root first. */
export async function wholeSite(): Promise<SiteRoute[]> {
  return [{ id: "root", path: "", module: root as RouteModule }, ...(await collect(siteMap, "root"))];
}
