/** What a variable of the environment has to look like. */
import { namesSqliteFile } from "~/platform/db/sqlite-path.server";
import { parseEncryptionKeys } from "~/platform/encryption.server";

export const MIN_SECRET_BYTES = 32;
/** Fewer different characters than this in 32 or more is a pattern, not a random text. */
const MIN_DIFFERENT_CHARACTERS = 12;
const knownDefaults = /change.?me|example|secret.?key|password|default|placeholder|replace|insecure|development/i;

export function isStrongSecret(text: string): boolean {
  return new Set(text).size >= MIN_DIFFERENT_CHARACTERS && !knownDefaults.test(text);
}

export function isEncryptionKeyList(text: string): boolean {
  return parseEncryptionKeys(text).ok;
}

export function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === "https:" || url.protocol === "http:") && url.origin === text;
}

export function isDatabaseUrl(text: string): boolean {
  return text === "" || namesSqliteFile(text) || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text));
}
