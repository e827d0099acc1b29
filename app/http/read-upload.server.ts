import { unstable_parseMultipartFormData as parseMultipart, type UploadHandlerPart } from "@remix-run/node";
import { badRequest } from "~/http/answers.server";

export interface FilePart {
  name: string;
  mediaType: string;
  bytes: AsyncIterable<Uint8Array>;
}

export const UPLOAD_TOO_LARGE = "too-large";

/**
 * Hands the file of a form's `file` field to `take` as it comes in, so that it is never whole in memory. Null when no
 * file was chosen; `UPLOAD_TOO_LARGE` when the whole is more than the route takes. A body that is no such form is a 400;
 * what else breaks the stream is thrown on.
 */
export async function readUpload<Taken>(
  request: Request,
  take: (file: FilePart) => Promise<Taken>,
): Promise<Taken | typeof UPLOAD_TOO_LARGE | null> {
  const taken = await readUploads(request, { file: take });
  return taken === UPLOAD_TOO_LARGE ? taken : (taken.file ?? null);
}

/** The same of several fields, each with one file, one after the other. Those without a file are not among what it returns. */
export async function readUploads<Field extends string, Taken>(
  request: Request,
  take: Readonly<Record<Field, (file: FilePart) => Promise<Taken>>>,
): Promise<Partial<Record<Field, Taken>> | typeof UPLOAD_TOO_LARGE> {
  if (!request.headers.get("Content-Type")?.startsWith("multipart/form-data")) badRequest();
  const taken: Partial<Record<Field, Taken>> = {};
  let failure: { error: unknown } | null = null;
  const isField = (name: string): name is Field => Object.hasOwn(take, name);
  const handler = async ({ name, filename, contentType, data }: UploadHandlerPart) => {
    if (!isField(name) || !filename || name in taken) return drain(data);
    try {
      taken[name] = await take[name]({
        ...{ name: filename, mediaType: contentType ?? "application/octet-stream", bytes: data },
      });
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  try {
    await parseMultipart(request, async (part) => {
      await handler(part);
      return undefined;
    });
  } catch (error) {
    // Whatever `take` made of a file that was too long, or that was followed by too much.
    const status = refusedStatus(error);
    if (status === 413) return UPLOAD_TOO_LARGE;
    // What `take` threw is thrown on; the rest is a body that is no form, or was cut off.
    if (failure) throw (failure as { error: unknown }).error;
    if (status !== null) throw error;
    return badRequest();
  }
  return taken;
}

/** By its name: in development the server in front has another copy of the class. */
function refusedStatus(error: unknown): number | null {
  return error instanceof Error && error.name === "UploadRefused" ? (error as Error & { status: number }).status : null;
}

async function drain(data: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of data) {
    // A form has no other field with anything of use in it.
  }
}
