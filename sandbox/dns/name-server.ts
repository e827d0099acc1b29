/**
 * A small DNS server (RFC 1035) on this machine, over UDP: it knows TXT records and nothing else, and can refuse, fail or stay
 * silent. For tests, and for a demo without a network.
 */
import { createSocket, type Socket } from "node:dgram";

/** What it does instead of answering. */
export type Misbehaviour = "refused" | "server-failure" | "silent";
/** By name in lower case: the texts of its TXT records, or what happens instead. Any other name does not exist. */
export type Zone = Record<string, readonly string[] | Misbehaviour>;

export interface NameServer {
  /** For `Resolver.setServers`. */
  address: string;
  /** Names that were asked for, in order. */
  asked: string[];
  close(): Promise<void>;
}

const TXT = 16;
const CLASS_IN = 1;
const codes = { fine: 0, "server-failure": 2, "no-such-name": 3, refused: 5 } as const;

export async function startNameServer(zone: Zone): Promise<NameServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, from) => {
    const answer = answerTo(query, zone, asked);
    if (answer) socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return { address: `127.0.0.1:${socket.address().port}`, asked, close: () => closed(socket) };
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}

function answerTo(query: Buffer, zone: Zone, asked: string[]): Buffer | null {
  const { name, end } = questionOf(query);
  asked.push(name);
  const known = Object.hasOwn(zone, name) ? zone[name] : undefined;
  if (known === "silent") return null;
  if (known === "refused" || known === "server-failure") return reply(query, end, { code: codes[known], records: [] });
  // What stands above a name that exists, exists, too (RFC 8020).
  const exists = known !== undefined || Object.keys(zone).some((other) => other.endsWith(`.${name}`));
  const records = query.readUInt16BE(end - 4) === TXT ? (known ?? []).map(txtRecord) : [];
  return reply(query, end, { code: exists ? codes.fine : codes["no-such-name"], records });
}

/** `end` is behind type and class. */
function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 5 };
}

function reply(query: Buffer, end: number, { code, records }: { code: number; records: Buffer[] }): Buffer {
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8580 | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  return Buffer.concat([head, query.subarray(12, end), ...records]);
}

/** A text longer than 255 bytes is several strings. */
function txtRecord(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  const strings: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += 255) {
    const piece = bytes.subarray(at, at + 255);
    strings.push(Buffer.from([piece.length]), piece);
  }
  const data = Buffer.concat(strings);
  // The name is a pointer to the question's; kept for a minute.
  const head = Buffer.from([0xc0, 12, 0, TXT, 0, CLASS_IN, 0, 0, 0, 60, data.length >> 8, data.length & 0xff]);
  return Buffer.concat([head, data]);
}
