import { describe, expect, test } from "vitest";
import { GrantEnded, OutOfOrder, Throttled, Trouble } from "~/features/connectors/connector";
import { objectOf, type Speaker, troubleOf } from "~/features/connectors/reading/answers";
import { connectTo } from "~/testing/connect-to";

const odoo: Speaker = { name: "Odoo", wordsOf: (body) => (typeof body === "string" ? body : null) };
const DATE = "Sun, 22 Nov 2026 10:00:00 GMT";

function refused(status: number, headers: Record<string, string> = {}, body: string | null = null) {
  return troubleOf(odoo, { status, headers: new Headers({ date: DATE, ...headers }), body });
}

describe("a refusal", () => {
  test.each([
    [401, GrantEnded],
    [403, Trouble],
    [404, Trouble],
    [408, Throttled],
    [429, Throttled],
    [500, OutOfOrder],
    [502, OutOfOrder],
    [503, OutOfOrder],
    [509, Throttled],
  ])("of %s is told by its kind", (status, kind) => {
    expect(refused(status).constructor).toBe(kind);
  });

  test.each<[string | undefined, number | null]>([
    ["7", 7_000],
    ["Sun, 22 Nov 2026 10:02:00 GMT", 120_000],
    ["Sun, 22 Nov 2026 09:00:00 GMT", 0],
    ["99999999999", 86_400_000],
    ["soon", null],
    [undefined, null],
  ])("that says “%s” asks to wait so long", (after, waitMs) => {
    expect(refused(429, after === undefined ? {} : { "retry-after": after })).toMatchObject({ waitMs });
  });

  test("with how long to wait is a wish to be left in peace, whatever its number", () => {
    expect(refused(503, { "retry-after": "30" })).toMatchObject({ name: "Throttled", waitMs: 30_000 });
  });

  test("repeats what the source says, on one line and not for ever", () => {
    expect(refused(400, {}, `no\nsuch   field ${"x".repeat(500)}`).message).toMatch(
      /^Odoo refused what it was asked for \(400\): “no such field x{186}”$/,
    );
    expect(refused(400).message).toBe("Odoo refused what it was asked for (400).");
  });
});

describe("an answer", () => {
  const asked = (answer: () => Response | Promise<Response>) => {
    const connection = { ...connectTo({ bases: {} }), fetch: () => Promise.resolve(answer()) };
    return objectOf(connection, odoo, "https://odoo.example");
  };
  const json = { headers: { "content-type": "application/vnd.api+json; charset=utf-8" } };

  test("is an object of JSON", async () => {
    expect(await asked(() => new Response('{"uid":2}', json))).toEqual({ uid: 2 });
  });

  test.each([
    [
      "a page",
      () => new Response("<html>Sign in</html>", { headers: { "content-type": "text/html" } }),
      /page instead/,
    ],
    ["nothing", () => new Response("", json), /breaks off/],
    ["half of it", () => new Response('{"uid":', json), /breaks off/],
    ["a list", () => new Response("[1]", json), /breaks off/],
    ["a line that is cut", () => Promise.reject(new TypeError("terminated")), /hung up/],
  ])("that is %s is trouble", async (_what, answer, words) => {
    await expect(asked(answer)).rejects.toThrow(words);
    await expect(asked(answer)).rejects.toThrow(OutOfOrder);
  });

  test("keeps the trouble that the connection tells itself", async () => {
    const ended = new GrantEnded("There is no token any more.");
    await expect(asked(() => Promise.reject(ended))).rejects.toBe(ended);
  });
});
