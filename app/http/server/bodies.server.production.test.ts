import { type ActionFunctionArgs } from "@remix-run/node";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { badRequest } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { readFormBody } from "~/http/server/bodies.server";
import { formFrom, type Site, startSite } from "~/testing/site";

const UPLOAD_BYTES = 5_000_000;
const saved: string[] = [];
let uploadedBytes = 0;

/** Reads an upload as it comes. */
async function upload({ request }: ActionFunctionArgs) {
  uploadedBytes = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) uploadedBytes += chunk.length;
  saved.push("upload");
  return new Response(`${uploadedBytes} bytes`, { headers: { "Content-Type": "text/plain" } });
}

/** Reads an upload, and says itself that it was too much. */
async function politely(args: ActionFunctionArgs) {
  return upload(args).catch(
    () => new Response("<p>This form takes 5 MB", { status: 413, headers: { "Content-Type": "text/html" } }),
  );
}

let site: Site;
beforeAll(async () => {
  site = await startSite({
    routes: {
      form: {
        action: async ({ request }: ActionFunctionArgs) => {
          saved.push(onlyText(await readForm(request), "name"));
          return new Response("saved");
        },
      },
      upload: { handle: { uploadBytes: UPLOAD_BYTES }, action: upload },
      polite: { handle: { uploadBytes: UPLOAD_BYTES }, action: politely },
      ignored: { handle: { uploadBytes: UPLOAD_BYTES }, action: () => badRequest() },
    },
  });
});
afterAll(() => site.close());
afterEach(() => {
  saved.length = 0;
});

const head = (path: string, ...more: string[]) =>
  [
    `POST ${path} HTTP/1.1`,
    `Host: localhost:${site.port}`,
    `Origin: ${site.origin}`,
    "Content-Type: application/x-www-form-urlencoded",
    ...more,
    "\r\n",
  ].join("\r\n");

/** What has come back before the last byte of the body was sent, and what had come back in the end. */
function answeredWhen(headers: Record<string, string>, body: string): Promise<[early: string, late: string]> {
  return new Promise((resolve, reject) => {
    let heard = "";
    let early = "";
    const lines = Object.entries({ host: `localhost:${site.port}`, ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const socket = connect(site.port, "127.0.0.1", () => {
      socket.write(`POST /form HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body.slice(0, -1)}`, () => {
        setTimeout(() => {
          early = heard;
          socket.write(body.slice(-1));
        }, 300);
      });
    });
    socket.on("data", (data) => {
      heard += data.toString();
      if (heard.includes("</html>")) socket.end();
    });
    socket.on("error", reject).on("close", () => resolve([early, heard]));
  });
}

describe("a form", () => {
  test("of an ordinary size is read", async () => {
    expect(await site.ask("/form", formFrom(site.origin))).toMatchObject({ status: 200, text: "saved" });
    expect(saved).toEqual(["Folasade Adebayo"]);
  });

  test("with names in other scripts keeps them, also in chunks", async () => {
    const body = `name=${encodeURIComponent("Нгуен Тхи 阮氏")}`;
    await site.ask("/form", { ...formFrom(site.origin, body), chunked: true });
    expect(saved).toEqual(["Нгуен Тхи 阮氏"]);
  });

  test.each([false, true])("of 60 MB is refused before the route runs (chunked: %s)", async (chunked) => {
    const answer = await site.ask("/form", { ...formFrom(site.origin, `name=${"x".repeat(60_000_000)}`), chunked });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain("At most 1 MB can be sent here; this was more.");
    expect(saved).toEqual([]);
  });

  test("that is too large is read to its end before the answer, which leads back to its page", async () => {
    const form = formFrom(site.origin, `name=${"x".repeat(3_000_000)}`);
    const sent = { ...form.headers, "content-length": "3000005", referer: `${site.origin}/contacts/new?kind=business` };
    const [early, late] = await answeredWhen(sent, form.body as string);
    expect(early).toBe("");
    expect(late).toMatch(/^HTTP\/1\.1 413 /);
    expect(late).toContain('href="/contacts/new?kind=business"');
    const elsewhere = { ...form.headers, referer: "https://elsewhere.example/form" };
    expect((await site.ask("/form", { ...form, headers: elsewhere })).text).not.toContain("elsewhere");
  });

  test("that states more than it sends is given up on, and nothing is done", async () => {
    const heard = await site.say(`${head("/form", "Content-Length: 500")}name=Ann`, { endAfterMs: 300 });
    expect(heard).toBe("");
    expect(saved).toEqual([]);
  });

  test("that states less than it sends is cut there; the rest is no request", async () => {
    const heard = await site.say(
      `${head("/form", "Content-Length: 8")}name=AnnGET /form HTTP/1.1\r\n${"x".repeat(50)}\r\n\r\n`,
    );
    expect(heard).not.toContain("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200");
    expect(saved.length).toBeLessThanOrEqual(1);
  });

  test.each(["-1", "1e3", "12, 13", "0x10"])("with the length %j is no HTTP", async (length) => {
    expect(await site.say(`${head("/form", `Content-Length: ${length}`)}name=Ann`)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("with a length and chunks at once is no HTTP", async () => {
    const bytes = `${head("/form", "Content-Length: 8", "Transfer-Encoding: chunked")}8\r\nname=Ann\r\n0\r\n\r\n`;
    expect(await site.say(bytes)).toMatch(/^HTTP\/1\.1 400 /);
    expect(saved).toEqual([]);
  });

  test.each([
    ["application/json", '{"name":"Ann"}'],
    ["application/json", "{"],
    ["text/plain", "name=Ann"],
    ["application/xml", "<name/>"],
  ])("of type %s is not taken", async (type, body) => {
    const form = formFrom(site.origin, body);
    const answer = await site.ask("/form", { ...form, headers: { ...form.headers, "content-type": type } });
    expect(answer.status).toBe(415);
    expect(saved).toEqual([]);
  });

  test("without a type is not taken, nor one that is compressed", async () => {
    const headers = { origin: site.origin };
    expect((await site.ask("/form", { method: "POST", headers, body: "name=Ann" })).status).toBe(415);
    const form = formFrom(site.origin);
    const compressed = { ...form, headers: { ...form.headers, "content-encoding": "gzip" } };
    expect((await site.ask("/form", compressed)).status).toBe(415);
  });

  test.each([
    ["a broken boundary", "multipart/form-data; boundary=x", "--y\r\nnonsense"],
    ["no boundary", "multipart/form-data", "--y\r\nnonsense"],
    ["a field __proto__", "application/x-www-form-urlencoded", "__proto__.isAdmin=1&name=Ann"],
    ["a field constructor", "application/x-www-form-urlencoded", "a%5Bconstructor%5D=1&name=Ann"],
    ["a doubled field", "application/x-www-form-urlencoded", "name=Ann&name=Bob"],
    ["too many fields", "application/x-www-form-urlencoded", "a=1&".repeat(2_001)],
    ["a very long field name", "application/x-www-form-urlencoded", `${"a".repeat(201)}=1&name=Ann`],
  ])("with %s is refused in words", async (_name, type, body) => {
    const form = formFrom(site.origin, body);
    const answer = await site.ask("/form", { ...form, headers: { ...form.headers, "content-type": type } });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("We could not read that");
    expect(saved).toEqual([]);
  });

  test("that comes too slowly is given up on in time", async () => {
    const { Readable } = await import("node:stream");
    const slow = Object.assign(new Readable({ read: () => undefined }), { headers: {} });
    const read = readFormBody(slow as unknown as Parameters<typeof readFormBody>[0], { timeoutMs: 50 });
    expect(await read).toEqual({ ok: false, status: 408 });
  });
});

describe("an upload", () => {
  const file = (bytes: number) => formFrom(site.origin, Buffer.alloc(bytes, "x").toString("latin1"));

  test("within the limit of its route is streamed to it", async () => {
    expect(await site.ask("/upload", file(4_000_000))).toMatchObject({ status: 200, text: "4000000 bytes" });
  });

  test.each([false, true])("that is too large gets the answer of its own route (chunked: %s)", async (chunked) => {
    const answer = await site.ask("/polite", { ...file(UPLOAD_BYTES + 100_000), chunked });
    expect(answer).toMatchObject({ status: 413, text: expect.stringContaining("This form takes 5 MB") as string });
  });

  test("that states too much reaches its route with nothing in it", async () => {
    const answer = await site.ask("/upload", file(UPLOAD_BYTES + 1));
    expect(answer.status).toBe(413);
    expect(answer.text).toContain("At most 5 MB can be sent here");
    expect(uploadedBytes).toBe(0);
    expect(saved).toEqual([]);
  });

  test("of many times the limit is not read to its end", async () => {
    const endless = `${head("/upload", "Transfer-Encoding: chunked")}`;
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    expect(await site.say(endless + chunk.repeat(400))).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("that turns out too large breaks off inside the route, and the answer says why", async () => {
    const answer = await site.ask("/upload", { ...file(UPLOAD_BYTES + 100_000), chunked: true });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain("At most 5 MB can be sent here");
    expect(uploadedBytes).toBeLessThanOrEqual(UPLOAD_BYTES);
    expect(saved).toEqual([]);
  });

  test("that its route does not read is answered all the same, and leaves nothing behind", async () => {
    expect((await site.ask("/ignored", file(4_000_000))).status).toBe(400);
    expect((await site.ask("/ignored", { ...file(4_000_000), chunked: true })).status).toBe(400);
  });

  test("whose sender goes away in the middle is no error in the log, and saves nothing", async () => {
    site.lines.length = 0;
    await site.say(`${head("/upload", "Content-Length: 1000")}half of it`, { endAfterMs: 200 });
    await expect.poll(() => site.lines.some((line) => line.msg === "The client went away")).toBe(true);
    expect(site.lines.filter((line) => line.level === "error")).toEqual([]);
    expect(saved).toEqual([]);
  });
});
