/**
 * The personal link of a recipient: whom it is for and a proof that this installation made it, so that a mail can be written
 * again after a kill and no link is kept that could be read. See docs/decisions/024-links-of-recipients.md.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { isId } from "~/platform/ids.server";
import { type Keys, purposeKey } from "~/platform/encryption.server";

/** Nobody guesses 96 bits, and a printed QR code stays coarse enough to be read. */
const PROOF_BYTES = 12;
const ID_BYTES = 16;

export interface LinkedRecipient {
  accountId: string;
  campaignId: string;
  contactId: string;
}

/** Stands where a recipient would, in a link for whoever tries a campaign out: it shows the page, and answers for nobody. */
export function nobodyOf(campaignId: string): Pick<LinkedRecipient, "campaignId" | "contactId"> {
  return { campaignId, contactId: campaignId };
}

export function isNobody({ campaignId, contactId }: Pick<LinkedRecipient, "campaignId" | "contactId">): boolean {
  return contactId === campaignId;
}

/** 80 characters of base64url, for a path. */
export function recipientToken(keys: Keys, { accountId, campaignId, contactId }: LinkedRecipient): string {
  const ids = Buffer.concat([accountId, campaignId, contactId].map((id) => Buffer.from(id.replaceAll("-", ""), "hex")));
  return Buffer.concat([ids, proofOf(keys, ids)]).toString("base64url");
}

/** Null: not of this installation's making. Whether recipient and campaign are still there is another question. */
export function readRecipientToken(keys: Keys, token: string): LinkedRecipient | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 3 * ID_BYTES + PROOF_BYTES || bytes.toString("base64url") !== token) return null;
  const ids = bytes.subarray(0, 3 * ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(3 * ID_BYTES), proofOf(keys, ids))) return null;
  const [accountId = "", campaignId = "", contactId = ""] = [0, 1, 2].map((at) =>
    asId(ids.subarray(at * ID_BYTES, (at + 1) * ID_BYTES)),
  );
  return [accountId, campaignId, contactId].every(isId) ? { accountId, campaignId, contactId } : null;
}

function proofOf(keys: Keys, ids: Buffer): Buffer {
  return createHmac("sha256", purposeKey(keys, "recipient-link")).update(ids).digest().subarray(0, PROOF_BYTES);
}

function asId(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
