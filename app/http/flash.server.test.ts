import { createSecretKey, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hostCookie } from "~/http/cookies.server";
import { type Flash, flash, readFlash, warning, writeFlash } from "~/http/flash.server";
import { type RequestContext } from "~/http/request-context.server";
import { testKeys } from "~/testing/given";

const contextWith = (keys = testKeys) => ({ keys, responseHeaders: new Headers() }) as unknown as RequestContext;

const visit = (cookie: string, headers: Record<string, string> = {}, method = "GET") =>
  new Request("https://tallybook.example/acme", { method, headers: { cookie, ...headers } });

const cookieOf = async (message: Flash) => (await writeFlash(contextWith(), message)).split(";", 1)[0] ?? "";

describe("a message after a redirect", () => {
  test("is shown once: reading it takes it off the browser", async () => {
    const message = flash("Archived Brandt Holzbau GmbH.", { label: "Undo", href: "/acme/undo/7" });
    const context = contextWith();
    expect(await readFlash(visit(await cookieOf(message)), context)).toEqual(message);
    expect(context.responseHeaders.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-flash=[^;]*; Max-Age=0; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  test("is neither shown to a prefetch nor taken by it, nor by a form", async () => {
    const cookie = await cookieOf(warning("Three rows were refused."));
    for (const request of [visit(cookie, { "sec-purpose": "prefetch" }), visit(cookie, {}, "POST")]) {
      const context = contextWith();
      expect(await readFlash(request, context)).toBeNull();
      expect(context.responseHeaders.getSetCookie()).toEqual([]);
    }
  });

  test("that was made up, changed, signed by another key or meant for another cookie is not shown", async () => {
    const cookie = await cookieOf(flash("Saved."));
    const stranger = { ...testKeys, master: createSecretKey(randomBytes(32)) };
    const other = await hostCookie(testKeys, "session", { maxAge: 60 }).serialize(flash("Saved."));
    expect(await readFlash(visit(cookie), contextWith(stranger))).toBeNull();
    expect(await readFlash(visit(`${cookie}x`), contextWith())).toBeNull();
    expect(await readFlash(visit("__Host-flash=eyJ0ZXh0IjoiSGEifQ"), contextWith())).toBeNull();
    expect(await readFlash(visit(other.split(";", 1)[0]?.replace("session", "flash") ?? ""), contextWith())).toBeNull();
  });

  test("links to our own pages only", async () => {
    const cookie = await cookieOf({
      text: "Look",
      tone: "good",
      link: { label: "here", href: "https://elsewhere.test" },
    });
    expect(await readFlash(visit(cookie), contextWith())).toBeNull();
  });

  test("costs nothing where there is none", async () => {
    const context = contextWith();
    expect(await readFlash(visit("theme=dark"), context)).toBeNull();
    expect(context.responseHeaders.getSetCookie()).toEqual([]);
  });
});
