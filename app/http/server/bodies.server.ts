/** Reading what was sent, counted in bytes as they arrive: a length that a client states is a claim, not a fact. */
import { type IncomingMessage } from "node:http";
import { Transform, type TransformCallback } from "node:stream";

/** Forms of fields. Far above any real one: notes, letters, 2,000 ticked rows. */
export const FORM_BYTES = 1_000_000;
/** A form must be here in this time; a file only has to keep coming. */
const FORM_MS = 60_000;
const UPLOAD_STALL_MS = 30_000;

export type BodyRefusal = { ok: false; status: 400 | 408 | 413 };

/** Whether the stated length alone is too much. */
export function statesTooMuch(req: IncomingMessage, limitBytes: number): boolean {
  return Number(req.headers["content-length"] ?? 0) > limitBytes;
}

/** The whole body of a form, before any route runs: what is refused here has done nothing. */
export function readFormBody(
  req: IncomingMessage,
  { limitBytes = FORM_BYTES, timeoutMs = FORM_MS } = {},
): Promise<{ ok: true; bytes: Uint8Array<ArrayBuffer> } | BodyRefusal> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (result: { ok: true; bytes: Uint8Array<ArrayBuffer> } | BodyRefusal) => {
      clearTimeout(timer);
      req.off("data", take).off("end", finish).off("error", broken).off("close", broken);
      resolve(result);
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > limitBytes) settle({ ok: false, status: 413 });
      else chunks.push(chunk);
    };
    const finish = () => settle({ ok: true, bytes: Buffer.concat(chunks) });
    const broken = () => settle({ ok: false, status: 400 });
    const timer = setTimeout(() => settle({ ok: false, status: 408 }), timeoutMs);
    req.on("data", take).once("end", finish).once("error", broken).once("close", broken);
  });
}

/**
 * Reads on what is still coming and throws it away, so that the browser gets to see the answer: one that is still
 * sending reads nothing, and a connection closed on it is shown as an error of the network. Ends early at
 * `limitBytes`, or when nothing comes for half a minute.
 */
export function readOn(
  req: IncomingMessage,
  { limitBytes, stallMs = UPLOAD_STALL_MS }: { limitBytes: number; stallMs?: number },
): Promise<void> {
  // Whoever was reading is gone; left to itself its end would pause what is resumed here.
  req.unpipe();
  if (req.complete || req.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let length = 0;
    const settle = () => {
      clearTimeout(stall);
      req.off("data", take).off("end", settle).off("error", settle).off("close", settle);
      resolve();
    };
    const take = (chunk: Buffer) => {
      stall.refresh();
      length += chunk.length;
      if (length > limitBytes) settle();
    };
    const stall = setTimeout(settle, stallMs);
    req.on("data", take).once("end", settle).once("error", settle).once("close", settle);
    req.resume();
  });
}

/** Thrown into the reader of an upload that is longer than its route takes, or that stopped coming. */
export class UploadRefused extends Error {
  override name = "UploadRefused";
  constructor(readonly status: 408 | 413) {
    super(status === 413 ? "The upload is larger than allowed" : "The upload stopped coming");
  }
}

/** The body as a stream that breaks with `UploadRefused` at the limit (at once if it states more), or when nothing comes for half a minute. */
export class LimitedUpload extends Transform {
  refused: UploadRefused | null = null;
  #length = 0;
  #stall: NodeJS.Timeout;

  constructor(
    req: IncomingMessage,
    private readonly limitBytes: number,
    stallMs = UPLOAD_STALL_MS,
  ) {
    super();
    this.#stall = setTimeout(() => this.#refuse(408), stallMs);
    this.once("close", () => clearTimeout(this.#stall));
    // Told to the reader, if there still is one, and by `refused`; without a listener the process would end.
    this.on("error", () => undefined);
    req.once("aborted", () => this.destroy(new Error("The client went away")));
    if (statesTooMuch(req, limitBytes)) this.#refuse(413);
    else req.pipe(this);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#stall.refresh();
    this.#length += chunk.length;
    if (this.#length > this.limitBytes) this.#refuse(413);
    else done(null, chunk);
  }

  #refuse(status: 408 | 413): void {
    this.refused ??= new UploadRefused(status);
    this.destroy(this.refused);
  }
}
