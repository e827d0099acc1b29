import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect as connectSocket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { guardedConnector, resolvePublic } from "~/platform/guarded-fetch/guarded-connector.server";
import { makeGuardedFetch, UnreachableError } from "~/platform/guarded-fetch/guarded-fetch.server";
import { isPublicAddress } from "~/platform/guarded-fetch/public-address";

const MEGABYTE = 1_000_000;

interface House {
  server: Server;
  origin: string;
  port: number;
  /** What was asked, as `GET /path`. */
  asked: string[];
  /** Connections that were opened, asked or not. */
  connections: number;
}

const houses: House[] = [];

/** A server on this machine: what nobody may reach from outside by us. */
async function openHouse(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<House> {
  const server = createServer((request, response) => {
    house.asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  const house: House = { server, origin: "", port: 0, asked: [], connections: 0 };
  server.on("connection", () => (house.connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  house.port = (server.address() as AddressInfo).port;
  house.origin = `http://127.0.0.1:${house.port}`;
  houses.push(house);
  return house;
}

afterEach(async () => {
  for (const { server } of houses.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const hello = (_request: IncomingMessage, response: ServerResponse) => void response.end("hello");
const withNames = (names: Record<string, readonly string[]>) =>
  makeGuardedFetch({ resolve: async (host) => names[host] ?? [] });
const failure = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => "an answer",
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(UnreachableError);
  return error as UnreachableError;
};

describe("public addresses", () => {
  test.each(["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"])(
    "%s is one",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    ...["127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    ...["169.254.169.254", "100.64.0.1", "192.0.0.192", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255"],
    ...["::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fdaa:0:1::3", "fec0::1", "ff02::1", "2001:db8::1"],
    // They carry an IPv4 address: mapped, compatible, NAT64 (also a local one), 6to4, Teredo.
    ...["::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1"],
    ...["2002:7f00:1::", "2001:0:7f00:1::1", "not an address", ""],
  ])("%s is none", (address) => expect(isPublicAddress(address)).toBe(false));
});

describe("an address is not even looked up", () => {
  const asked: string[] = [];
  const spying = makeGuardedFetch({
    resolve: async (host) => {
      asked.push(host);
      return ["93.184.215.14"];
    },
  });

  test.each([
    ...["http://odoo.brandt.example/", "ftp://odoo.brandt.example/", "file:///etc/passwd", "data:text/plain,hello"],
    ...["https://odoo.brandt.example:22/", "https://odoo.brandt.example:5432/", "https://ann:secret@brandt.example/"],
    ...["https://localhost/", "https://localhost./", "https://db.internal/", "https://tallybook-db.flycast.internal./"],
    ...["https://odoo/", "https://printer.local/", "no address at all", ""],
    // All of this machine, as the URL standard reads them.
    ...["https://127.0.0.1/", "https://127.1/", "https://0x7f.1/", "https://2130706433/", "https://0177.0.0.1/"],
    ...["https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/"],
    ...["https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/", "https://[fdaa::3]/", "https://169.254.169.254/"],
  ])("%s", async (address) => {
    await failure(spying(address));
    expect(asked).toEqual([]);
  });
});

describe("a name", () => {
  test("that leads to this machine is not connected to, nor is one of whose addresses only one does", async () => {
    const house = await openHouse(hello);
    const guarded = withNames({
      "odoo.brandt.example": ["127.0.0.1"],
      "two.brandt.example": ["93.184.215.14", "10.0.0.7"],
      "six.brandt.example": ["fdaa:0:1::3"],
    });
    for (const name of ["odoo", "two", "six", "nowhere"]) {
      await failure(guarded(`https://${name}.brandt.example/`));
    }
    expect(house.connections).toBe(0);
  });

  test("one of whose addresses is another network's has none", async () => {
    const lookUp = (...addresses: string[]) => resolvePublic(async () => addresses, "odoo.brandt.example");
    expect(await lookUp("93.184.215.14", "8.8.8.8")).toEqual(["93.184.215.14", "8.8.8.8"]);
    for (const addresses of [["93.184.215.14", "10.0.0.7"], ["fdaa:0:1::3", "93.184.215.14"], []]) {
      await expect(lookUp(...addresses)).rejects.toThrow(expect.objectContaining({ name: "NotPublicError" }) as Error);
    }
  });

  test("that changes its address between looking and connecting (rebinding) gets no connection", async () => {
    const house = await openHouse(hello);
    let looks = 0;
    const guarded = makeGuardedFetch({
      resolve: async () => ((looks += 1) === 1 ? ["93.184.215.14"] : ["127.0.0.1"]),
    });
    await failure(guarded("https://odoo.brandt.example:8443/"));
    expect([looks, house.connections]).toEqual([2, 0]);
  });

  test("by which one lands on this machine all the same gets no request", async () => {
    const house = await openHouse(hello);
    const peer = { destroyed: false };
    const error = await new Promise<Error | null>((resolve) => {
      const connect = guardedConnector({
        resolve: async () => ["93.184.215.14"],
        allowedOrigins: new Set(),
        timeoutMs: 1_000,
        connect: (_to, answer) => {
          const socket = connectSocket(house.port, "127.0.0.1", () => answer(null, socket));
          socket.once("close", () => (peer.destroyed = true));
        },
      });
      connect({ protocol: "https:", hostname: "odoo.brandt.example", port: "443" }, (...[error]) => resolve(error));
    });
    expect(error?.name).toBe("NotPublicError");
    await expect.poll(() => peer.destroyed).toBe(true);
    expect(house.asked).toEqual([]);
  });

  test("whose name server never answers is not waited for", async () => {
    const guarded = makeGuardedFetch({ resolve: () => new Promise(() => undefined) });
    await failure(guarded("https://odoo.brandt.example/", {}, { timeoutMs: 100 }));
  });
});

describe("a sandbox's origin", () => {
  const allow = (...origins: string[]) => makeGuardedFetch({ allowedOrigins: new Set(origins) });

  test("is reached, and the answer is whole: status, headers, body", async () => {
    const house = await openHouse((request, response) => {
      response.writeHead(418, { "content-type": "application/json", "x-kind": "teapot" });
      request.pipe(response);
    });
    const answer = await allow(house.origin)(`${house.origin}/json?q=1`, { method: "POST", body: '{"id":7}' });
    expect([answer.status, answer.headers.get("x-kind"), await answer.json()]).toEqual([418, "teapot", { id: 7 }]);
    expect(house.asked).toEqual(["POST /json?q=1"]);
  });

  test("is that port alone", async () => {
    const [house, other] = [await openHouse(hello), await openHouse(hello)];
    const guarded = allow(house.origin);
    await failure(guarded(`${other.origin}/`));
    await failure(guarded(`http://localhost:${house.port}/`));
    await failure(guarded(`http://ann:secret@127.0.0.1:${house.port}/`));
    expect([house.connections, other.connections]).toEqual([0, 0]);
  });

  test("that sends elsewhere is not followed", async () => {
    const other = await openHouse(hello);
    const house = await openHouse((_request, response) => {
      response.writeHead(302, { location: `${other.origin}/secret` }).end();
    });
    await failure(allow(house.origin, other.origin)(`${house.origin}/`));
    expect(other.connections).toBe(0);
  });

  test("that never answers, or drips, is left after the time", async () => {
    const silent = await openHouse(() => undefined);
    const dripping = await openHouse((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("."), 20);
      response.once("close", () => clearInterval(drip));
    });
    const guarded = allow(silent.origin, dripping.origin);
    for (const { origin } of [silent, dripping]) {
      const began = performance.now();
      await failure(guarded(`${origin}/`, {}, { timeoutMs: 300 }));
      expect(performance.now() - began).toBeLessThan(3_000);
    }
  });

  test("that sends 200 MB is left after 10, also when they come packed into 200 kB", async () => {
    let sent = 0;
    const endless = await openHouse((_request, response) => {
      const megabyte = Buffer.alloc(MEGABYTE, "x");
      const more = () => {
        while (sent < 200 * MEGABYTE && !response.destroyed) {
          sent += MEGABYTE;
          if (!response.write(megabyte)) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    });
    const packed = gzipSync(Buffer.alloc(200 * MEGABYTE));
    expect(packed.length).toBeLessThan(MEGABYTE / 4);
    const bomb = await openHouse((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
    });
    const guarded = allow(endless.origin, bomb.origin);
    await failure(guarded(`${endless.origin}/`));
    await failure(guarded(`${bomb.origin}/`));
    expect(sent).toBeLessThan(40 * MEGABYTE);
  });

  test("may send what is packed, and 10 MB of it", async () => {
    const house = await openHouse((_request, response) => {
      const packed = gzipSync(Buffer.alloc(10 * MEGABYTE, "y"));
      response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length }).end(packed);
    });
    const answer = await allow(house.origin)(`${house.origin}/`);
    expect(answer.headers.get("content-encoding")).toBeNull();
    expect(await answer.text()).toHaveLength(10 * MEGABYTE);
  });

  test("that cuts its answer off has given none", async () => {
    const house = await openHouse((_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => response.destroy(), 20);
    });
    await failure(allow(house.origin)(`${house.origin}/`));
  });
});

test("all failures look alike, but for the caller's own wish to stop", async () => {
  const house = await openHouse((_request, response) => response.writeHead(302, { location: "/" }).end());
  const guarded = makeGuardedFetch({
    allowedOrigins: new Set([house.origin]),
    resolve: async (host) => (host === "private.brandt.example" ? ["10.0.0.7"] : Promise.reject(new Error("NXDOMAIN"))),
  });
  const addresses = [
    ...[house.origin, "http://127.0.0.1:1/", "https://private.brandt.example/", "https://unknown.brandt.example/"],
    ...["https://127.0.0.1/", "not an address"],
  ];
  const told = new Set<string>();
  for (const address of addresses) {
    const error = await failure(guarded(address));
    told.add(JSON.stringify([error.name, error.message, error.cause, Object.keys(error)]));
  }
  expect(told.size).toBe(1);

  const stopped = AbortSignal.abort(new Error("The worker is stopping"));
  await expect(guarded(house.origin, { signal: stopped })).rejects.toThrow("The worker is stopping");
});
