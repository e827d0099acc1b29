import { badRequest } from "~/http/answers.server";

export interface SentFiles {
  files: { name: string; bytes: Buffer }[];
  text: string;
}

const MOST_FILES = 500;

/**
 * The files of a form's `file` field and the text of its `text` field, whole in memory: for a route that takes a few
 * megabytes. What is more breaks the stream, and the server in front says so.
 */
export async function readFiles(request: Request): Promise<SentFiles> {
  if (!request.headers.get("Content-Type")?.startsWith("multipart/form-data")) badRequest();
  const form = await request.formData().catch((error: unknown) => {
    if (isRefusedUpload(error)) throw error;
    return badRequest();
  });
  const parts = form.getAll("file");
  const texts = form.getAll("text");
  if (parts.length > MOST_FILES || texts.length > 1 || texts.some((text) => typeof text !== "string")) badRequest();
  const files: SentFiles["files"] = [];
  for (const part of parts) {
    if (typeof part === "string" || part.size === 0) continue;
    files.push({ name: part.name, bytes: Buffer.from(await part.arrayBuffer()) });
  }
  return { files, text: String(texts[0] ?? "") };
}

/** By its name: in development the server in front has another copy of the class. */
function isRefusedUpload(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "UploadRefused" || isRefusedUpload(error.cause);
}
