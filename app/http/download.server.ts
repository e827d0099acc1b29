import { createReadableStreamFromReadable } from "@remix-run/node";
import { Readable } from "node:stream";

/** Answers that are a file: its name may be in any script, and is what the browser offers for saving. */

export interface FileAnswer {
  /** With its ending, e.g. "Brandt Holzbau GmbH.vcf". */
  name: string;
  mediaType: string;
  /** Opened in the browser where that can show it, e.g. to print it; else it is saved. */
  inline?: boolean;
}

export function fileAnswer(
  content: string | AsyncIterable<Uint8Array>,
  { name, mediaType, inline }: FileAnswer,
): Response {
  const body = typeof content === "string" ? content : createReadableStreamFromReadable(Readable.from(content));
  return new Response(body, {
    headers: {
      "Content-Type": mediaType,
      "Content-Disposition": contentDisposition(inline ? "inline" : "attachment", name),
      "Cache-Control": "no-store",
    },
  });
}

const MOST_LETTERS = 120;

/**
 * RFC 6266: the name in ASCII for old readers, and whole as RFC 5987 has it. What a file system or a header could
 * trip over (slashes, quotes, control characters, a leading dot) is a dash or gone.
 */
export function contentDisposition(kind: "attachment" | "inline", name: string): string {
  const safe = safeName(name);
  const ascii = safe
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7E]|[%;]/g, "_");
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeRfc5987(safe)}`;
}

function safeName(name: string): string {
  const [, stem = name, ending = ""] = /^(.*)(\.[A-Za-z0-9]{1,5})$/s.exec(name) ?? [];
  const plain = stem
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "-")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  return (Array.from(plain).slice(0, MOST_LETTERS).join("") || "file") + ending;
}

/** What encodeURIComponent leaves alone but a header's value may not hold. */
function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
