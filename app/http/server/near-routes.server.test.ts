import { type ServerBuild } from "@remix-run/node";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { nearRoutes } from "~/http/server/near-routes.server";
import { routeFinder } from "~/http/server/production-pages.server";
import { type SiteRoute, wholeSite } from "~/testing/site-map";

let site: SiteRoute[];
let build: ServerBuild;
let words: string[];
beforeAll(async () => {
  site = await wholeSite();
  const routes = Object.fromEntries(site.map((route) => [route.id, route]));
  build = { routes, assets: { routes } } as unknown as ServerBuild;
  words = [...new Set(site.flatMap(({ path }) => (path ?? "").split("/").filter((part) => !part.startsWith(":"))))];
});

test("the routes near an address have the one that the whole site would show, for any address", () => {
  const [whole, near] = [routeFinder(build), nearRoutes(build)];
  const segment = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom(...words).map((word) => word.toUpperCase()),
    fc.constantFrom("hale-partners", "0192f3a1-7c1e-7000-8000-000000000001", "%C3%A9", "a%2Fb", "", "."),
  );
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 7 }), (segments) => {
      const path = `/${segments.join("/")}`;
      expect(routeFinder(near(path))(path)).toEqual(whole(path));
    }),
    { numRuns: 300 },
  );
});

test("few are near a contact's page, and its data are asked for where it is", () => {
  const near = nearRoutes(build);
  const page = near("/hale-partners/contacts/0192f3a1-7c1e-7000-8000-000000000001");
  expect(Object.keys(page.routes).length).toBeLessThan(10);
  expect(Object.keys(page.routes)).toContain("routes/contacts/detail");
  expect(near("/hale-partners/contacts/0192f3a1-7c1e-7000-8000-000000000001.data")).toBe(page);
  expect(near("/")).toBe(near("/_root.data"));
});

test("an address of no form that the site has is left to the whole site", () => {
  expect(nearRoutes(build)("/a/b/c/d/e/f/g/h/i")).toBe(build);
});
