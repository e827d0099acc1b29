/** Recovery codes: what lets somebody in whose phone is gone. Each counts once. */
import { randomBytes } from "node:crypto";

export const RECOVERY_CODE_COUNT = 10;
/** 120 bits: enough that a plain fast hash may keep them (ASVS 6.5.2 asks for 112). */
const CODE_BYTES = 15;
/** Crockford's base32: no I, L, O, U. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new code in groups of four, "7Q4K-…": 24 characters. */
export function newCode(): string {
  let bits = BigInt(`0x${randomBytes(CODE_BYTES).toString("hex")}`);
  let text = "";
  for (let i = 0; i < (CODE_BYTES * 8) / 5; i += 1) {
    text += alphabet[Number(bits & 31n)];
    bits >>= 5n;
  }
  return text.match(/.{4}/g)?.join("-") ?? text;
}

/** A code as it was typed, put as it was made: case, spaces and look-alike letters do not matter. Null: not a code at all. */
export function readCode(typed: string): string | null {
  const plain = typed.slice(0, 100).toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  const isCode = plain.length === (CODE_BYTES * 8) / 5 && [...plain].every((letter) => alphabet.includes(letter));
  return isCode ? (plain.match(/.{4}/g)?.join("-") ?? null) : null;
}
