/**
 * Keys and what is done with them. The master secret is never used itself: each purpose takes its own key from it
 * (HKDF, RFC 5869). Secrets at rest are sealed with AES-256-GCM in an envelope `v1.<kid>.<iv>.<ciphertext>.<tag>`
 * (base64url) that only opens in the place it was sealed for.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";

const KEY_BYTES = 32;
const IV_BYTES = 12;
/** Given everywhere: without it Node 20 accepts a tag cut to 4 bytes. */
const TAG_BYTES = 16;

export interface EncryptionKey {
  /** The key's short name, kept in each envelope. */
  kid: string;
  key: KeyObject;
}

/** The keys of this installation, carried by every scope. KeyObjects: they print and serialise as nothing. */
export interface Keys {
  master: KeyObject;
  /** Newest first. */
  encryption: readonly EncryptionKey[];
}

/** Where a sealed value stands. It does not open in another account, row or field. */
export interface SealedPlace {
  /** The account's or the user's id. */
  ownerId: string;
  rowId: string;
  /** `table.column`. */
  field: string;
}

/** `unknown-key`: its key is no longer among ENCRYPTION_KEYS. `not-authentic`: altered, or moved to another place. */
export class UnsealError extends Error {
  override name = "UnsealError";
  constructor(
    readonly reason: "unknown-key" | "not-authentic",
    kid: string,
  ) {
    super(
      reason === "unknown-key"
        ? `No encryption key is named "${kid}"`
        : `A value sealed with "${kid}" does not open here`,
    );
  }
}

/** Reads `name:base64,name:base64`. Names are 1 to 16 of a-z, 0-9 and -; each key is 32 bytes and no plain pattern. */
export function parseEncryptionKeys(text: string): { ok: true; keys: EncryptionKey[] } | { ok: false } {
  const keys: EncryptionKey[] = [];
  for (const part of text.split(",")) {
    const [, kid, encoded] = /^\s*([a-z0-9-]{1,16}):([A-Za-z0-9+/_-]{43}=?)\s*$/.exec(part) ?? [];
    if (!kid || !encoded || keys.some((key) => key.kid === kid)) return { ok: false };
    const bytes = Buffer.from(encoded, "base64");
    if (bytes.length !== KEY_BYTES || new Set(bytes).size < KEY_BYTES / 2) return { ok: false };
    keys.push({ kid, key: createSecretKey(bytes) });
  }
  return { ok: true, keys };
}

export function keysFrom(environment: { secretKey: string; encryptionKeys: readonly EncryptionKey[] }): Keys {
  return {
    master: createSecretKey(Buffer.from(environment.secretKey, "utf8")),
    encryption: environment.encryptionKeys,
  };
}

/** 32 bytes for one purpose and nothing else, e.g. `password-pepper`. The same master gives the same bytes. */
export function purposeKey(keys: Keys, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", keys.master, "tallybook", purpose, KEY_BYTES));
}

function placeBytes(place: SealedPlace, kid: string): Buffer {
  return Buffer.from(JSON.stringify([place.ownerId, place.rowId, place.field, kid]), "utf8");
}

/** Seals a text for this place with the newest key. */
export function seal(keys: Keys, place: SealedPlace, text: string): string {
  const newest = keys.encryption[0];
  if (!newest) throw new Error("There is no encryption key");
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", newest.key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(placeBytes(place, newest.kid));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return ["v1", newest.kid, ...[iv, sealed, cipher.getAuthTag()].map((bytes) => bytes.toString("base64url"))].join(".");
}

/** Opens what `seal` made for the same place, with whichever key it names. Throws UnsealError. */
export function unseal(keys: Keys, place: SealedPlace, envelope: string): string {
  const [version, kid = "", iv = "", sealed = "", tag = ""] = envelope.split(".");
  const found = keys.encryption.find((key) => key.kid === kid);
  if (!found) throw new UnsealError("unknown-key", kid.slice(0, 16));
  const tagBytes = Buffer.from(tag, "base64url");
  const ivBytes = Buffer.from(iv, "base64url");
  if (version !== "v1" || tagBytes.length !== TAG_BYTES || ivBytes.length !== IV_BYTES) {
    throw new UnsealError("not-authentic", kid);
  }
  const decipher = createDecipheriv("aes-256-gcm", found.key, ivBytes, { authTagLength: TAG_BYTES });
  decipher.setAAD(placeBytes(place, kid));
  decipher.setAuthTag(tagBytes);
  const opened = decipher.update(Buffer.from(sealed, "base64url"));
  try {
    return Buffer.concat([opened, decipher.final()]).toString("utf8");
  } catch {
    throw new UnsealError("not-authentic", kid);
  }
}

/** The name of the key that sealed this, to count what still needs an old one. */
export function sealedWith(envelope: string): string {
  return envelope.split(".")[1] ?? "";
}

/** SHA-256. Fit to store tokens of 32 random bytes; never for passwords or short codes. */
export function sha256(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}

/** A new secret for a link or a cookie: 32 random bytes as base64url (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}
