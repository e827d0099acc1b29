/**
 * As much of MIME (RFC 2045, 2046, 2047, 5322) as reports about mails need: header fields, parts within parts, text. Bounded in
 * depth and number; what is broken is read as far as it goes. Bytes are taken as Latin-1 strings and decoded part by part. Pure.
 */

export interface MimePart {
  headers: ReadonlyMap<string, string[]>;
  /** `text/plain`, in lower case. */
  type: string;
  parameters: ReadonlyMap<string, string>;
  /** Decoded; "" where there are parts. */
  text: string;
  parts: MimePart[];
}

const MOST_DEPTH = 8;
const MOST_PARTS = 100;
const MOST_HEADERS = 500;

/** @param bytes each character a byte */
export function readMime(bytes: string): MimePart {
  return readPart(bytes, { depth: 0, left: { parts: MOST_PARTS } });
}

interface Within {
  depth: number;
  left: { parts: number };
}

function readPart(bytes: string, { depth, left }: Within): MimePart {
  left.parts -= 1;
  const { head, body } = divided(bytes);
  const headers = readHeaders(head);
  const [type, parameters] = contentType(first(headers, "content-type"));
  const part: MimePart = { headers, type, parameters, text: "", parts: [] };
  const within = { depth: depth + 1, left };
  const boundary = parameters.get("boundary");
  const isOpen = depth < MOST_DEPTH && left.parts > 0;
  if (isOpen && type.startsWith("multipart/") && boundary) {
    for (const piece of between(body, boundary)) if (left.parts > 0) part.parts.push(readPart(piece, within));
  } else if (isOpen && (type === "message/rfc822" || type === "message/global")) {
    part.parts.push(readPart(decoded(body, first(headers, "content-transfer-encoding")), within));
  } else {
    const bytesOfText = decoded(body, first(headers, "content-transfer-encoding"));
    part.text = asText(bytesOfText, parameters.get("charset"));
  }
  return part;
}

/** Head and body are parted by the first empty line; text that was pasted may have no head at all. */
function divided(bytes: string): { head: string; body: string } {
  if (!beginsWithHead(bytes)) return { head: "", body: bytes };
  const gap = /\r?\n[ \t]*\r?\n/.exec(bytes);
  if (!gap) return { head: bytes, body: "" };
  return { head: bytes.slice(0, gap.index), body: bytes.slice(gap.index + gap[0].length) };
}

/** With a field, or with mbox's own line. The fields of a report are no head: somebody pasted them. */
function beginsWithHead(bytes: string): boolean {
  const line = bytes.slice(0, 1_000);
  if (/^(?:final-recipient|original-recipient|reporting-mta|feedback-type)\s*:/i.test(line)) return false;
  return /^(?:[!-9;-~]{1,100}[ \t]*:|>?From )/.test(line);
}

/** Fields by their names in lower case; a field that goes on in the next line is one (RFC 5322, 2.2.3). */
export function readHeaders(head: string): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  let current: { name: string; lines: string[] } | null = null;
  let count = 0;
  const keep = () => {
    if (!current) return;
    const value = encodedWords(current.lines.map((line) => line.trim()).join(" "));
    headers.set(current.name, [...(headers.get(current.name) ?? []), value]);
  };
  for (const line of head.split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      if (current && current.lines.length < 100) current.lines.push(line);
      continue;
    }
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon < 1 || !/^[!-9;-~]{1,100}$/.test(name) || count >= MOST_HEADERS) continue;
    keep();
    count += 1;
    current = { name, lines: [line.slice(colon + 1, colon + 1 + 10_000)] };
  }
  keep();
  return headers;
}

/** The first field of that name. */
export function first(headers: ReadonlyMap<string, string[]>, name: string): string | null {
  return headers.get(name)?.[0] ?? null;
}

function contentType(field: string | null): [string, Map<string, string>] {
  const parameters = new Map<string, string>();
  if (!field) return ["text/plain", parameters];
  const type = (field.split(";", 1)[0] ?? "").trim().toLowerCase();
  for (const [, name = "", quoted, plain] of field.matchAll(
    /;\s*([\w*-]{1,50})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g,
  )) {
    const value = quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "";
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
  }
  return [type === "" ? "text/plain" : type, parameters];
}

/** The parts of a multipart body, without what stands before the first and after the last (RFC 2046, 5.1.1). */
function between(body: string, boundary: string): string[] {
  const pieces: string[] = [];
  let start = -1;
  const marker = `--${boundary}`;
  for (let at = body.indexOf(marker); at >= 0; at = body.indexOf(marker, at + marker.length)) {
    if (at > 0 && body[at - 1] !== "\n") continue;
    if (start >= 0) pieces.push(body.slice(start, at).replace(/\r?\n$/, ""));
    const lineEnd = body.indexOf("\n", at);
    start = lineEnd < 0 ? body.length : lineEnd + 1;
    if (body.startsWith("--", at + marker.length)) return pieces;
    if (pieces.length >= MOST_PARTS) return pieces;
  }
  if (start >= 0) pieces.push(body.slice(start));
  return pieces;
}

function decoded(body: string, encoding: string | null): string {
  const name = (encoding ?? "").trim().toLowerCase();
  if (name === "base64") return Buffer.from(body, "base64").toString("latin1");
  return name === "quoted-printable" ? fromQuotedPrintable(body) : body;
}

function fromQuotedPrintable(text: string): string {
  return text
    .replace(/=[ \t]*\r?\n/g, "")
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** What names no known set of characters is taken for UTF-8. */
function asText(bytes: string, charset: string | undefined): string {
  return decoderFor(charset).decode(Buffer.from(bytes, "latin1"));
}

function decoderFor(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset ?? "utf-8");
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder("utf-8");
    throw error;
  }
}

/** `=?UTF-8?Q?Zo=C3=AB?=` (RFC 2047). */
function encodedWords(value: string): string {
  if (!value.includes("=?")) return asText(value, "utf-8");
  return value.replace(
    /=\?([\w-]{1,40})(?:\*[\w-]{1,20})?\?([BbQq])\?([^?\s]*)\?=(?:\s+(?==\?))?/g,
    (_, charset: string, kind: string, text: string) => {
      const bytes =
        kind.toLowerCase() === "b"
          ? Buffer.from(text, "base64").toString("latin1")
          : fromQuotedPrintable(text.replaceAll("_", " "));
      return asText(bytes, charset);
    },
  );
}
