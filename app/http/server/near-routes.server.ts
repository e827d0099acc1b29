import { type ServerBuild } from "@remix-run/node";

/**
 * Remix compares an address with every route of the site, three times for each page. This finds the few whose pattern
 * has the address's form, so that a page costs the same however many others there are.
 */

type Segment = { fixed: string } | "any";

interface Leaf {
  /** Its own id and those of all it is within. */
  ids: readonly string[];
  /** Null: it fits addresses of several lengths, and is always near. */
  segments: readonly Segment[] | null;
}

/** The same build with some of its routes. */
export type Narrowed = Pick<ServerBuild, "routes" | "assets">;

/** @returns for a path the part of the build that can answer it; the same object for the same part. */
export function nearRoutes(build: ServerBuild): (path: string) => Narrowed {
  const leaves = leavesOf(build);
  const parts = new Map<string, Narrowed>();
  return (path) => {
    const segments = segmentsOf(path);
    const near = segments ? leaves.filter((leaf) => fits(leaf, segments)) : [];
    // The whole build knows best what to do with an address that is none.
    if (near.length === 0) return build;
    const ids = [...new Set(near.flatMap((leaf) => leaf.ids))];
    const key = ids.join(" ");
    const known = parts.get(key);
    if (known) return known;
    const part = {
      routes: pick(build.routes, ids),
      assets: { ...build.assets, routes: pick(build.assets.routes, ids) },
    };
    parts.set(key, part);
    return part;
  };
}

function pick<Value>(all: Readonly<Record<string, Value>>, ids: readonly string[]): Record<string, Value> {
  return Object.fromEntries(ids.flatMap((id) => (id in all ? [[id, all[id] as Value]] : [])));
}

/** Every route that something is shown at: a frame without a page of its own is none. */
function leavesOf({ routes }: ServerBuild): Leaf[] {
  const parents = new Set(Object.values(routes).map((route) => route?.parentId));
  return Object.values(routes).flatMap((route) => {
    if (!route || (parents.has(route.id) && !route.path)) return [];
    const line = [route];
    for (let up = routes[route.parentId ?? ""]; up; up = routes[up.parentId ?? ""]) line.unshift(up);
    const pattern = line.flatMap(({ path }) => (path ? path.split("/") : [])).filter(Boolean);
    const varies = pattern.some((part) => part === "*" || part.endsWith("?"));
    return [{ ids: line.map(({ id }) => id), segments: varies ? null : pattern.map(segmentOf) }];
  });
}

function segmentOf(part: string): Segment {
  return part.startsWith(":") ? "any" : { fixed: part.toLowerCase() };
}

/** As Remix reads an address: without the ending of its data requests, in any case of letters. Null: it is none. */
function segmentsOf(path: string): string[] | null {
  try {
    const plain = path.replace(/\.data$/, "").replace(/^\/_root$/, "/");
    return plain
      .split("/")
      .filter(Boolean)
      .map((part) => decodeURIComponent(part).toLowerCase());
  } catch {
    return null;
  }
}

function fits({ segments }: Leaf, path: readonly string[]): boolean {
  if (segments === null) return true;
  return segments.length === path.length && segments.every((part, at) => part === "any" || part.fixed === path[at]);
}
