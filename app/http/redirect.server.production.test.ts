import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ActionFunctionArgs } from "@remix-run/node";
import { flash, warning } from "~/http/flash.server";
import { ownPath, redirectBack } from "~/http/redirect.server";
import { formFrom, type Site, startSite } from "~/testing/site";

const appOrigin = "https://tallybook.example";

describe("a path to go back to", () => {
  test.each([
    "//elsewhere.test",
    "///elsewhere.test",
    "/\\elsewhere.test",
    "/\\/elsewhere.test",
    "\\\\elsewhere.test",
    "https://elsewhere.test",
    "https:/elsewhere.test",
    "javascript:alert(1)",
    "/\t/elsewhere.test",
    "/\n/elsewhere.test",
    "/.//elsewhere.test",
    "/a/..//elsewhere.test",
    " /acme",
    "acme/contacts",
    "/a\r\nSet-Cookie: x=y",
    "",
    null,
    undefined,
  ])("%j is not ours", (target) => {
    expect(ownPath(target, appOrigin)).toBeNull();
  });

  test.each(["/", "/acme/contacts?q=M%C3%BCller&page=2#row-7", "/acme?x=//elsewhere.test", "/a@b:c"])(
    "%j is",
    (target) => {
      expect(ownPath(target, appOrigin)).toBe(target);
    },
  );

  test("whatever passes stays on our site when a browser follows it", () => {
    const tricky = fc.array(
      fc.constantFrom("/", "\\", ".", "..", "@", ":", "%2f", "\t", "\n", "?", "#", "elsewhere.test", "a", "//"),
      {
        maxLength: 12,
      },
    );
    const target = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webPath(),
      tricky.map((parts) => `/${parts.join("")}`),
    );
    fc.assert(
      fc.property(target, (text) => {
        const path = ownPath(text, appOrigin);
        fc.pre(path !== null);
        // As a browser reads a Location header that the page at this address answered with.
        expect(new URL(path as string, `${appOrigin}/acme/contacts`).origin).toBe(appOrigin);
        expect(path).toMatch(/^\/(?!\/)[\u0020-\u007e]*$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("after a form", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({
      routes: {
        ":account/contacts/:id/archival": {
          action: (args: ActionFunctionArgs) =>
            redirectBack(args, "/acme/contacts", flash("Archived.", { label: "Undo", href: "/acme/undo/7" })),
        },
        ":account/note": { action: (args: ActionFunctionArgs) => redirectBack(args, "/acme", warning("Half of it.")) },
      },
    });
  });
  afterAll(() => site.close());

  const post = (path: string, headers: Record<string, string> = {}) => {
    const form = formFrom(site.origin);
    return site.ask(path, { ...form, headers: { ...form.headers, ...headers } });
  };

  test("one is back on the page the button was on, with its filter", async () => {
    const { status, headers } = await post("/acme/contacts/7/archival", {
      referer: `${site.origin}/acme/contacts?q=brandt`,
    });
    expect([status, headers.location]).toEqual([303, "/acme/contacts?q=brandt"]);
  });

  test("the address' own word on where to go back wins, if it is ours", async () => {
    const referer = `${site.origin}/acme/contacts/7`;
    const back = encodeURIComponent("/acme/contacts?tag=donor");
    expect((await post(`/acme/contacts/7/archival?back=${back}`, { referer })).headers.location).toBe(
      "/acme/contacts?tag=donor",
    );
    const evil = encodeURIComponent("//elsewhere.test");
    expect((await post(`/acme/contacts/7/archival?back=${evil}`, { referer })).headers.location).toBe(
      "/acme/contacts/7",
    );
  });

  test("a page elsewhere, the form's own address or nothing leads to the fallback", async () => {
    for (const referer of ["https://elsewhere.test/acme", `${site.origin}/acme/note?x=1`, "nonsense"]) {
      expect((await post("/acme/note", { referer })).headers.location).toBe("/acme");
    }
    expect((await post("/acme/note")).headers.location).toBe("/acme");
  });

  test("a message travels in a cookie that no script and no other site can read, for a minute", async () => {
    const { headers } = await post("/acme/note");
    expect(headers["set-cookie"]).toHaveLength(1);
    expect(headers["set-cookie"]?.[0]).toMatch(
      /^__Host-flash=[^;]+; Max-Age=60; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });
});
