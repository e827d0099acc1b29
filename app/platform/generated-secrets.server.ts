/** Secrets for development and the demo: made once, kept in the data folder, readable by its owner only. */
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const secrets = z.object({ SECRET_KEY: z.string(), ENCRYPTION_KEYS: z.string() });
export type GeneratedSecrets = z.infer<typeof secrets>;

const readSecrets = (file: string) => secrets.parse(JSON.parse(readFileSync(file, "utf8")));

/** The two secrets of this data folder. The first of two processes that start together wins; both read the same. */
export function generatedSecrets(dataDir: string): GeneratedSecrets {
  const file = join(dataDir, "generated-secrets.json");
  if (existsSync(file)) return readSecrets(file);
  mkdirSync(dataDir, { recursive: true });
  const made: GeneratedSecrets = {
    SECRET_KEY: randomBytes(48).toString("base64"),
    ENCRYPTION_KEYS: `local1:${randomBytes(32).toString("base64")}`,
  };
  // Written aside and then linked into place: the other process never reads half a file.
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(aside, file);
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return readSecrets(file);
    throw error;
  } finally {
    unlinkSync(aside);
  }
}
