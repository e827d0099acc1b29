/** Runs with React and Remix as in production. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forbidden, notFound, refreshAfter, refuse } from "~/http/answers.server";
import { type Answer, formFrom, type Site, type SiteRoutes, startSite } from "~/testing/site";

const Page = () => "A page";
let actionsRun = 0;

const routes: SiteRoutes = {
  "/": { default: Page },
  ":account/contacts": {
    default: Page,
    loader: ({ params }: LoaderFunctionArgs) => {
      if (params.account !== "brandt") notFound();
      return { names: ["Folasade Adebayo"] };
    },
    action: () => {
      actionsRun += 1;
      return redirect("/", 303);
    },
  },
  ":account/contacts/form": { default: Page, action: () => refuse({ error: "Give a name" }) },
  ":account/archival": {
    action: ({ params }: ActionFunctionArgs) => (params.account === "brandt" ? redirect("/") : notFound()),
  },
  ":account/secret": { default: Page, loader: () => forbidden() },
  ":account/download": { loader: () => new Response("name\nAdebayo\n", { headers: { "Content-Type": "text/csv" } }) },
  ":account/broken": {
    default: Page,
    loader: () => {
      throw new Error("the password is sesame");
    },
  },
  ":account/broken-download": {
    loader: () => {
      throw new Error("the password is sesame");
    },
  },
  ":account/full": {
    default: Page,
    loader: () => {
      throw Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
    },
  },
  ":account/broken-look": {
    default: () => {
      throw new Error("a component fails");
    },
  },
  ":account/progress": {
    default: Page,
    loader: ({ context }: LoaderFunctionArgs) => {
      refreshAfter(context, 2);
      return null;
    },
  },
};

function builtFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), "tallybook-client-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "assets", "app-abc123.css"), `body { color: black }${" ".repeat(2_000)}`);
  writeFileSync(join(folder, "favicon.svg"), "<svg/>");
  return folder;
}

let site: Site;
let clientFolder: string;
beforeAll(async () => {
  clientFolder = builtFiles();
  site = await startSite({ routes, clientFolder });
});
afterAll(async () => {
  await site.close();
  rmSync(clientFolder, { recursive: true });
});

/** One of each class of response. */
const classes: [name: string, status: number, ask: () => Promise<Answer>][] = [
  ["a page", 200, () => site.ask("/")],
  ["a page's head", 200, () => site.ask("/", { method: "HEAD" })],
  ["the data of a page", 200, () => site.ask("/brandt/contacts.data")],
  ["the data of what is not there", 404, () => site.ask("/other/contacts.data")],
  ["a download", 200, () => site.ask("/brandt/download")],
  ["a redirect after a form", 303, () => site.ask("/brandt/contacts", formFrom(site.origin))],
  ["a refused form", 422, () => site.ask("/brandt/contacts/form", formFrom(site.origin))],
  ["a file", 200, () => site.ask("/assets/app-abc123.css")],
  ["the icon", 200, () => site.ask("/favicon.svg")],
  ["the speculation rules", 200, () => site.ask("/speculation-rules.json")],
  ["liveness", 200, () => site.ask("/healthz")],
  ["readiness", 200, () => site.ask("/readyz")],
  ["an unknown address", 404, () => site.ask("/no/such/page/at/all")],
  ["what is not yours", 404, () => site.ask("/other/contacts")],
  ["a button on what is not yours", 404, () => site.ask("/other/archival", formFrom(site.origin))],
  ["what the role does not allow", 403, () => site.ask("/brandt/secret")],
  ["another site's form", 403, () => site.ask("/brandt/contacts", formFrom("https://elsewhere.test"))],
  ["an unknown method", 405, () => site.ask("/", { method: "PROPFIND" })],
  ["a form to a page that takes none", 405, () => site.ask("/", formFrom(site.origin))],
  ["a form to a download", 405, () => site.ask("/brandt/download", formFrom(site.origin))],
  ["an undecodable address", 400, () => site.ask("/%E0%A4%A")],
  ["a NUL in the address", 400, () => site.ask("/brandt%00/contacts")],
  ["another host", 421, () => site.ask("/", { headers: { host: "elsewhere.test" } })],
  ["too much", 413, () => site.ask("/brandt/contacts", formFrom(site.origin, "x".repeat(1_000_001)))],
  ["a bug", 500, () => site.ask("/brandt/broken")],
  ["a bug in a download", 500, () => site.ask("/brandt/broken-download")],
  ["a bug in a component", 500, () => site.ask("/brandt/broken-look")],
  ["a full disk", 507, () => site.ask("/brandt/full")],
];

describe("every class of response", () => {
  test.each(classes)("%s (%i) carries the security headers", async (_name, status, ask) => {
    const { headers, ...answer } = await ask();
    expect(answer.status).toBe(status);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(headers["permissions-policy"]).toContain("camera=()");
    expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[\w+/]{22}=='/);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-request-id"]).toMatch(/^[\da-f-]{36}$/);
    expect(headers).not.toHaveProperty("x-powered-by");
    expect(headers).not.toHaveProperty("strict-transport-security");
  });

  const dynamic = classes.filter(([name]) => !["a file", "the icon", "the speculation rules"].includes(name));
  test.each(dynamic)("%s (%i) is stored nowhere", async (_name, _status, ask) => {
    expect((await ask()).headers["cache-control"]).toBe("no-store");
  });

  const errors = classes.filter(([name, status]) => status >= 400 && status !== 422 && !name.startsWith("the data"));
  test.each(errors)("%s (%i) is a plain page with its reference", async (_name, _status, ask) => {
    const { headers, text } = await ask();
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(text).toMatch(/^<!DOCTYPE html><html lang="en-GB">/);
    expect(text).toContain(headers["x-request-id"]);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text).not.toContain("sesame");
    expect(text).not.toContain("<script");
  });

  test("a nonce is never used twice", async () => {
    const policies = new Set<unknown>();
    for (let i = 0; i < 20; i += 1) policies.add((await site.ask("/")).headers["content-security-policy"]);
    expect(policies.size).toBe(20);
  });

  test("over https browsers are told to stay there", async () => {
    const secure = await startSite({ env: { appOrigin: "https://tallybook.example" } });
    const { headers } = await secure.ask("/healthz");
    expect(headers["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
    await secure.close();
  });

  test("what is no HTTP at all gets them too", async () => {
    const heard = await site.say("GEHT / HTTP/9.9\r\n\r\n");
    expect(heard).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(heard).toContain("X-Content-Type-Options: nosniff");
    expect(heard).toContain("frame-ancestors 'none'");
    expect(heard).toContain("We could not read that");
  });

  test("headers of more than 16 kB are refused", async () => {
    const heard = await site.say(`GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${"x".repeat(20_000)}\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe("pages", () => {
  test("not yours and not there are the same bytes but for the reference", async () => {
    const blank = ({ text, headers }: Answer) => text.replaceAll(String(headers["x-request-id"]), "");
    expect(blank(await site.ask("/other/contacts"))).toBe(blank(await site.ask("/brandt/no-such-thing")));
  });

  test("built files never need to be asked for again, and come compressed", async () => {
    const { headers } = await site.ask("/assets/app-abc123.css", { headers: { "accept-encoding": "br" } });
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers["content-encoding"]).toBe("br");
  });

  test("a page of running work loads itself again", async () => {
    expect((await site.ask("/brandt/progress")).headers.refresh).toBe("2");
  });

  test("a request id of the client is not taken over", async () => {
    const { headers } = await site.ask("/", { headers: { "x-request-id": "mine" } });
    expect(headers["x-request-id"]).not.toBe("mine");
  });
});

describe("the log", () => {
  test("has one line a response with the route's pattern, and nothing of the address, query or cookie", async () => {
    site.lines.length = 0;
    const { headers } = await site.ask("/brandt/contacts?q=adebayo", { headers: { cookie: "session=canary" } });
    await expect.poll(() => site.lines.length).toBe(1);
    expect(site.lines[0]).toMatchObject({
      requestId: headers["x-request-id"],
      method: "GET",
      path: "/:account/contacts",
      status: 200,
      msg: "Answered",
    });
    expect(JSON.stringify(site.lines)).not.toMatch(/adebayo|canary|brandt/);
  });

  test.each([
    ["/brandt/broken", 1],
    ["/brandt/broken-download", 1],
    ["/brandt/broken-look", 1],
    ["/other/contacts", 0],
    ["/no/such/page", 0],
    ["/brandt/secret", 0],
  ])("%s logs %i errors", async (path, errors) => {
    site.lines.length = 0;
    const { headers } = await site.ask(path);
    await expect.poll(() => site.lines.length).toBe(errors + 1);
    const logged = site.lines.filter((line) => line.level === "error");
    expect(logged).toHaveLength(errors);
    for (const line of logged) expect(line.requestId).toBe(headers["x-request-id"]);
  });
});

describe("methods, hosts and origins", () => {
  test.each(["TRACE", "OPTIONS", "PROPFIND", "PUT", "PATCH", "DELETE"])("%s is refused everywhere", async (method) => {
    for (const path of ["/", "/healthz", "/assets/app-abc123.css", "/brandt/contacts.data"]) {
      const { status, headers } = await site.ask(path, { method, headers: { origin: site.origin } });
      expect([path, status, headers.allow]).toEqual([path, 405, "GET, HEAD, POST"]);
    }
  });

  test.each(["foo@bar", "[[", "localhost", "localhost:1", "elsewhere.test", "localhost:99999", "x:y:z", ""])(
    "the host %j is not ours",
    async (host) => {
      expect((await site.ask("/", { headers: { host } })).status).toBe(421);
    },
  );

  test("a forwarded host changes nothing", async () => {
    const headers = { "x-forwarded-host": "elsewhere.test:99", forwarded: "host=elsewhere.test" };
    expect((await site.ask("/", { headers })).status).toBe(200);
    expect((await site.ask("/", { headers: { ...headers, host: "elsewhere.test" } })).status).toBe(421);
  });

  test("a whole URL as the target does not get past the host check", async () => {
    const heard = await site.say(
      `GET http://elsewhere.test/ HTTP/1.1\r\nHost: localhost:${site.port}\r\nConnection: close\r\n\r\n`,
    );
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("probes may use any host", async () => {
    expect((await site.ask("/healthz", { headers: { host: "10.0.0.7:3000" } })).status).toBe(200);
  });

  const evil = "https://elsewhere.test";
  const senders: [site: string | undefined, origin: "ours" | string | undefined, status: number][] = [
    ["same-origin", "ours", 303],
    ["same-origin", undefined, 303],
    [undefined, "ours", 303],
    [undefined, undefined, 403],
    ["cross-site", evil, 403],
    ["cross-site", "ours", 403],
    ["same-site", "ours", 403],
    ["none", "ours", 403],
    ["same-origin", evil, 403],
    [undefined, evil, 403],
    [undefined, "null", 403],
    ["same-origin", "null", 403],
  ];
  test.each(senders)(
    "a form with Sec-Fetch-Site %s and Origin %s is answered %i",
    async (fetchSite, origin, status) => {
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-forwarded-host": "elsewhere.test",
        ...(fetchSite ? { "sec-fetch-site": fetchSite } : {}),
        ...(origin ? { origin: origin === "ours" ? site.origin : origin } : {}),
      };
      const before = actionsRun;
      const paths = ["/brandt/contacts", "/brandt/contacts?index", "/brandt/contacts.data"];
      const statuses = [];
      for (const path of paths) statuses.push((await site.ask(path, { method: "POST", headers, body: "a=b" })).status);
      expect(statuses).toEqual(status === 303 ? [303, 303, 202] : [403, 403, 403]);
      expect(actionsRun - before).toBe(status === 303 ? 3 : 0);
    },
  );

  test.each(["/brandt/contacts?_data=x", "/?a=b&_data=root", "/brandt/contacts?_data=%3Aaccount%2Fcontacts"])(
    "%s, the old way to data, is closed for reading and writing",
    async (path) => {
      const before = actionsRun;
      expect((await site.ask(path)).status).toBe(400);
      expect((await site.ask(path, formFrom(site.origin))).status).toBe(400);
      expect(actionsRun).toBe(before);
    },
  );
});

describe("health", () => {
  test("readiness fails on a check that says no, throws or hangs, and tells the log alone which", async () => {
    const checks = {
      database: () => Promise.reject(new Error("gone")),
      disk: () => Promise.resolve(false),
      keys: () => Promise.resolve(true),
      worker: () => new Promise<boolean>(() => undefined),
    };
    const ill = await startSite({ health: { checks } });
    const { status, text } = await ill.ask("/readyz");
    expect([status, text]).toEqual([503, "not ready\n"]);
    expect(ill.lines.find((line) => line.msg === "Not ready")?.names).toEqual(["database", "disk", "worker"]);
    expect((await ill.ask("/healthz")).status).toBe(200);
    await ill.close();
  });

  test("a process that is stopping is alive but not ready", async () => {
    const stopping = await startSite({ health: { isDraining: () => true } });
    expect((await stopping.ask("/readyz")).status).toBe(503);
    expect((await stopping.ask("/healthz")).status).toBe(200);
    await stopping.close();
  });
});

describe("the client's address", () => {
  const forged = { "x-forwarded-for": "198.51.100.1, 198.51.100.2", "fly-client-ip": "198.51.100.3" };
  test.each([
    ["no proxy", {}, "127.0.0.1"],
    ["one proxy", { trustProxyHops: 1 }, "198.51.100.2"],
    ["two proxies", { trustProxyHops: 2 }, "198.51.100.1"],
    ["Fly", { onFly: true }, "198.51.100.3"],
  ])("behind %s is what can be vouched for, whatever the client claims", async (_name, env, address) => {
    const loader = ({ context }: LoaderFunctionArgs) => new Response(context.address);
    const site = await startSite({ routes: { address: { loader } }, env });
    expect((await site.ask("/address", { headers: forged })).text).toBe(address);
    await site.close();
  });
});
