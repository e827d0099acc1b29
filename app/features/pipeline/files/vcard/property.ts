/** One property of a vCard: `item1.TEL;TYPE=work,voice:+44 20 7946 0182` (RFC 2426, RFC 6350, vCard 2.1). */
export interface Property {
  group: string;
  /** Upper case. */
  name: string;
  /** Upper case; those of vCard 2.1 stand there without `TYPE=`. */
  types: string[];
  /** By upper-case name. */
  parameters: ReadonlyMap<string, string>;
  value: string;
}

/** Null for what is no property. */
export function readProperty(text: string): Property | null {
  const parts = headParts(text);
  if (!parts) return null;
  const [head = "", ...said] = parts.head;
  const dot = head.lastIndexOf(".");
  const parameters = new Map<string, string>();
  const types: string[] = [];
  for (const part of said) {
    const equals = part.indexOf("=");
    const key = equals < 0 ? "" : part.slice(0, equals).toUpperCase();
    const value = part.slice(equals + 1).replaceAll('"', "");
    if (key === "TYPE" || (key === "" && !isEncoding(value))) types.push(...value.toUpperCase().split(","));
    else parameters.set(key || "ENCODING", value);
  }
  return {
    group: head.slice(0, Math.max(0, dot)).toLowerCase(),
    name: head.slice(dot + 1).toUpperCase(),
    types: types.map((type) => type.trim()),
    parameters,
    value: decoded(parts.value, parameters),
  };
}

function isEncoding(value: string): boolean {
  return /^(?:QUOTED-PRINTABLE|BASE64|8BIT|7BIT)$/i.test(value);
}

/** Cuts at colons and semicolons that are not in quotation marks. */
function headParts(text: string): { head: string[]; value: string } | null {
  const head = [""];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === '"') quoted = !quoted;
    if (sign === ":" && !quoted) return { head, value: text.slice(at + 1) };
    if (sign === ";" && !quoted) head.push("");
    else head[head.length - 1] += sign;
  }
  return null;
}

function decoded(value: string, parameters: ReadonlyMap<string, string>): string {
  if (!/^(?:QUOTED-PRINTABLE|Q)$/i.test(parameters.get("ENCODING") ?? "")) return value;
  const bytes = Buffer.alloc(Buffer.byteLength(value));
  let end = 0;
  for (const [part] of value.matchAll(/=[0-9A-Fa-f]{2}|=|[^=]+/g)) {
    if (part.length === 3 && part.startsWith("=")) bytes[end++] = parseInt(part.slice(1), 16);
    else end += bytes.write(part, end);
  }
  return textOf(bytes.subarray(0, end), parameters.get("CHARSET") ?? "utf-8");
}

/** In its stated encoding; where that is none, or not what was written, in the one that old phones have. */
function textOf(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return new TextDecoder("windows-1252").decode(bytes);
    throw error;
  }
}

/** The components of a value, each still escaped: cut at the signs that no backslash stands before. */
export function cut(value: string, sign: ";" | ","): string[] {
  const parts = [""];
  for (let at = 0; at < value.length; at++) {
    const escape = value[at] === "\\" && at + 1 < value.length;
    if (value[at] === sign) parts.push("");
    else parts[parts.length - 1] += escape ? value.slice(at, ++at + 1) : (value[at] ?? "");
  }
  return parts;
}

/** Without backslashes. */
export function unescaped(value: string): string {
  return value
    .replace(/\\([\s\S])/g, (_, sign: string) => (/n/i.test(sign) ? "\n" : sign))
    .replace(/\r\n?/g, "\n")
    .trim();
}

/** The lists that the components of a value are: `Hale;Rowan,Ash;;Dr` → [["Hale"], ["Rowan", "Ash"], [""], ["Dr"]]. */
export function components(value: string): string[][] {
  return cut(value, ";").map((part) => cut(part, ",").map(unescaped));
}
