/** Which programs whoever runs this installation allows as Singer taps: the only ones that are ever started for an account. */
import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { z } from "zod";

const setting = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][\w.-]{0,79}$/),
  label: z.string().min(1).max(80).optional(),
  hint: z.string().max(300).optional(),
  secret: z.boolean().optional(),
  kind: z.enum(["text", "number", "boolean", "json"]).optional(),
  optional: z.boolean().optional(),
  initial: z.string().max(500).optional(),
});

const allowedTap = z.strictObject({
  id: z.string().regex(/^tap-[a-z0-9-]{1,40}$/),
  label: z.string().min(1).max(80),
  /** The program, by its whole path or as it is found by PATH, and its first arguments. */
  run: z.array(z.string().min(1)).min(1),
  folder: z.string().refine(isAbsolute).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  settings: z.array(setting).max(100).optional(),
  catalogOption: z.enum(["--catalog", "--properties"]).optional(),
});
export type AllowedTap = z.infer<typeof allowedTap>;

const allowedTaps = z
  .array(allowedTap)
  .refine((taps) => new Set(taps.map(({ id }) => id)).size === taps.length)
  .refine((taps) =>
    taps.every(({ settings = [] }) => new Set(settings.map(({ name }) => name)).size === settings.length),
  );

/** `SINGER_TAPS`: a list in JSON, or the path of a file that holds one. Null: it cannot be read. */
export function parseAllowedTaps(text: string): readonly AllowedTap[] | null {
  if (text.trim() === "") return [];
  try {
    const json = text.trimStart().startsWith("[") ? text : readFileSync(text.trim(), "utf8");
    return allowedTaps.safeParse(JSON.parse(json)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError || "code" in (error as Error)) return null;
    throw error;
  }
}

export const isTapList = (text: string): boolean => parseAllowedTaps(text) !== null;

/** What is said of a variable that is none. */
export const TAPS_WANTED =
  "must be a list in JSON, or the path of a file with one, each with an id that begins with tap-, a label and what to run";
