/** Time-based codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds). */
import { generateSecret, generateURI, verifySync } from "otplib";

const ISSUER = "Tallybook";
/**
 * The present step and the one before, never a later one: RFC 6238 section 5.2 allows one step for slow typing, ASVS
 * 6.5.5 would have none. A plain number here would accept the future step as well.
 */
const TOLERANCE_SECONDS: [number, number] = [30, 0];

/** A new secret: 160 bits as base32. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** What the QR code says to the app. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: ISSUER, label: email, secret });
}

/** Six digits as people type them ("256 225"), or null. */
export function typedCode(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "");
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}

/** The time step whose code this is, or null. The caller spends the step: a code counts once. */
export function stepOfCode(secret: string, code: string, now: string): number | null {
  const token = typedCode(code);
  if (token === null) return null;
  const epoch = Math.floor(Date.parse(now) / 1_000);
  const result = verifySync({ secret, token, epoch, epochTolerance: TOLERANCE_SECONDS });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}
