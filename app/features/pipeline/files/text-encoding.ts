/** Which encoding a text file is in, found from its bytes and never from its name. */

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type TextEncoding = (typeof encodings)[number];

export const encodingNames: Record<TextEncoding, string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16 (Excel’s “Unicode text”)",
  "utf-16be": "UTF-16, big-endian",
  "windows-1252": "Windows-1252 (older Western European files)",
};

/** Bytes looked at for the pattern of zeros that UTF-16 leaves in Latin text. */
const SAMPLE_BYTES = 4_096;

function byMark(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

/** Text in UTF-16 without a mark: nearly every second byte is zero, always on the same side. */
function byZeros(bytes: Uint8Array): TextEncoding | null {
  const pairs = Math.floor(Math.min(bytes.length, SAMPLE_BYTES) / 2);
  if (pairs < 2) return null;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[2 * pair] === 0) even++;
    if (bytes[2 * pair + 1] === 0) odd++;
  }
  if (odd > pairs * 0.4 && even < pairs * 0.05) return "utf-16le";
  if (even > pairs * 0.4 && odd < pairs * 0.05) return "utf-16be";
  return null;
}

/** Takes a file piece by piece: by its mark, by UTF-16's zeros, by being flawless UTF-8, else Windows-1252. */
export function encodingProbe() {
  let first = true;
  let settled: TextEncoding | null = null;
  const strict = new TextDecoder("utf-8", { fatal: true });

  function isStillUtf8(bytes: Uint8Array, last: boolean): boolean {
    try {
      strict.decode(bytes, { stream: !last });
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  }

  return {
    add(bytes: Uint8Array): void {
      if (first) settled = byMark(bytes) ?? byZeros(bytes);
      first = false;
      if (settled === null && !isStillUtf8(bytes, false)) settled = "windows-1252";
    },
    result(): TextEncoding {
      return settled ?? (isStillUtf8(new Uint8Array(), true) ? "utf-8" : "windows-1252");
    },
  };
}

/** The file's text, without its mark. What an encoding cannot say becomes U+FFFD. */
export async function* asText(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") yield text;
  }
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}

/** The same as UTF-8. */
export async function* asUtf8(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding): AsyncGenerator<Buffer> {
  for await (const text of asText(chunks, encoding)) yield Buffer.from(text, "utf8");
}
