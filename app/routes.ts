import { index, type RouteConfig } from "@remix-run/route-config";

/** The map of the site: every URL, in reading order. */
export default [index("routes/welcome.tsx")] satisfies RouteConfig;
