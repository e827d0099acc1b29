/**
 * What stands in the address of an answer's page: the recipient's own link, or what a letter's code was given for. The
 * latter is made when the code was right, and holds for an hour: it may be left open on a library's computer.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { type LinkedRecipient, readRecipientToken, recipientToken } from "~/features/campaigns/recipient-link.server";
import { type Keys, purposeKey } from "~/platform/encryption.server";
import { HOUR_MS, millisecondsBetween, MINUTE_MS } from "~/platform/time";

const HOLDS_MINUTES = HOUR_MS / MINUTE_MS;

export interface ReadAnswerToken {
  recipient: LinkedRecipient;
  how: "link" | "code";
}

/** `<link>.<minute of its end>.<proof of both>` */
export function codeToken(keys: Keys, recipient: LinkedRecipient, now: string): string {
  const text = `${recipientToken(keys, recipient)}.${minuteOf(now) + HOLDS_MINUTES}`;
  return `${text}.${proofOf(keys, text).toString("base64url")}`;
}

/** Null: not of this installation's making, or its time is over. */
export function readAnswerToken(keys: Keys, token: string, now: string): ReadAnswerToken | null {
  const [link = "", minute, proof, ...more] = token.split(".");
  const recipient = readRecipientToken(keys, link);
  if (!recipient) return null;
  if (minute === undefined) return { recipient, how: "link" };
  const right = proofOf(keys, `${link}.${minute}`);
  const given = Buffer.from(proof ?? "", "base64url");
  if (more.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return Number(minute) >= minuteOf(now) ? { recipient, how: "code" } : null;
}

function minuteOf(now: string): number {
  return Math.floor(millisecondsBetween("1970-01-01T00:00:00.000Z", now) / MINUTE_MS);
}

function proofOf(keys: Keys, text: string): Buffer {
  return createHmac("sha256", purposeKey(keys, "recipient-code")).update(text).digest().subarray(0, 12);
}
