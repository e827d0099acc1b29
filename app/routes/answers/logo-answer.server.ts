import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { findLogo } from "~/features/accounts/logo.server";
import { notFound } from "~/http/answers.server";
import { readFile } from "~/platform/files.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Browsers may show it again without asking for an hour: another logo has another address. */
const caching = "private, max-age=3600";

/** The account's logo. Nothing in it is ever run, wherever it is opened. */
export async function answerLogo(scope: Scope, fileId: string, request: Request): Promise<Response> {
  const logo = (isId(fileId) && (await findLogo(scope, fileId))) || notFound();
  const etag = `"${logo.sha256}"`;
  const headers = {
    "Cache-Control": caching,
    ETag: etag,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
  };
  if (names(request.headers.get("If-None-Match"), etag)) return new Response(null, { status: 304, headers });
  return new Response(createReadableStreamFromReadable(Readable.from(readFile(scope, logo.id))), {
    headers: { ...headers, "Content-Type": logo.mediaType, "Content-Length": String(logo.sizeBytes) },
  });
}

/** RFC 9110, 13.1.2: a list of tags, compared weakly. */
function names(header: string | null, etag: string): boolean {
  const tags = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}
