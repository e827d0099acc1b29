/**
 * A stand-in for Google in a process of its own, for the benches of connectors: it answers at once, since whatever was
 * asked before it has ready as bytes. Told over the process' messages what should change there.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { startGoogle } from "../../sandbox/google/google";
import { type Told } from "./sync-source";

interface Ready {
  status: number;
  type: string;
  body: Buffer;
}

const [contacts = "1000"] = process.argv.slice(2);
const google = await startGoogle({ contacts: Number(contacts) });
const ready = new Map<string, Ready>();
let isStorm = false;
let changes = 0;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  const path = request.url ?? "/";
  if (isStorm) {
    response.writeHead(429, { "Content-Type": "application/json", "Retry-After": "1" });
    response.end(JSON.stringify({ error: { code: 429, message: "Quota exceeded.", status: "RESOURCE_EXHAUSTED" } }));
    return;
  }
  const found = ready.get(path) ?? (await fetched(path, request.headers.authorization ?? ""));
  ready.set(path, found);
  response.writeHead(found.status, { "Content-Type": found.type, "Content-Length": found.body.length });
  response.end(found.body);
}

async function fetched(path: string, authorization: string): Promise<Ready> {
  const answer = await fetch(google.url + path, { headers: { authorization } });
  const type = answer.headers.get("content-type") ?? "";
  return { status: answer.status, type, body: Buffer.from(await answer.arrayBuffer()) };
}

function follow({ change, storm }: Told): void {
  if (storm !== undefined) isStorm = storm;
  if (change === undefined) return;
  changes += 1;
  const keys = Array.from({ length: change }, (_, index) => 1 + index * Math.floor(Number(contacts) / change));
  google.world.changeMany(keys, () => ({ jobTitle: `Clerk, ${changes} times promoted` }));
  ready.clear();
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
process.on("message", (told: Told) => {
  follow(told);
  process.send?.("done");
});
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
