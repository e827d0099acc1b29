/** What became of a mail, whoever tells it: a report by mail, or a message of the service that sends. Pure. */

export type OutcomeKind = "delivered" | "delayed" | "failed" | "complained" | "unsubscribed";

export interface MailOutcome {
  kind: OutcomeKind;
  /** As written, without `<>`; null where it is kept back, as complaints may do. */
  recipient: string | null;
  /** As RFC 3464, 2.3.3 names it, where it is told. */
  action: string | null;
  /** An enhanced status code (RFC 3463), such as 5.1.1. */
  status: string | null;
  /** In the words of the server that refused; one line. */
  diagnostic: string | null;
  /** Of the mail it is about, without `<>`. */
  messageId: string | null;
  /** The address is bad and should not be written to again. */
  isHard: boolean;
  /** When it happened, where that is told. */
  at: string | null;
}

/** Statuses of 5 that say nothing of the address: full, too big, not this system, not this sender, not this content. */
const notTheAddress = /^5\.(?:1\.[78]|2\.[234]|3\.\d+|4\.(?!4$)\d+|[67]\.\d+)$/;
/** No such mailbox or domain, whatever is said beside it; 5.4.4 is a host that is not there. */
const ofAnAddress = /^5\.(?:1\.\d+|4\.4)$/;
const ofThisAddress =
  /user (?:is )?unknown|unknown (?:user|recipient)|no such (?:user|recipient|mailbox|address|domain|host)|(?:does not|doesn't|not) exist|recipient(?: address)? rejected: access denied|address (?:couldn't|could not) be found|(?:mailbox|account|address)[^.]{0,30}(?:unavailable|disabled|not found|inactive|closed)|invalid (?:recipient|mailbox|address)|recipientnotfound/i;
const ofSomethingElse =
  /spam|blocked|block list|blocklist|blacklist|policy|reputation|rate limit|too many|quota|mailbox (?:is )?full|over ?quota|dmarc|dkim|\bspf\b|relay|authenticat|content|virus|greylist/i;

/** What a refusing server said. */
export interface Refusal {
  /** An enhanced status code. */
  status: string | null;
  /** SMTP's own, where there is no enhanced one. */
  code?: number | null;
  diagnostic: string | null;
}

/**
 * Whether a refusal is of the address for good (RFC 3463): no such mailbox, no such domain. A full mailbox, a mail that is too
 * big or a sender who is not wanted are refusals of this one mail. Microsoft refuses unknown people with 5.4.1.
 */
export function isHardRefusal({ status, code, diagnostic }: Refusal): boolean {
  if (status ? !status.startsWith("5.") : !code || code < 500) return false;
  const isBad = saysBadAddress(diagnostic);
  const said = status ?? "";
  if (notTheAddress.test(said)) return said === "5.4.1" && isBad;
  return isBad || ofAnAddress.test(said) || !ofSomethingElse.test(looked(diagnostic));
}

/** Whether the words alone say so, where there is no code to go by. */
export function saysBadAddress(diagnostic: string | null): boolean {
  return ofThisAddress.test(looked(diagnostic));
}

function looked(diagnostic: string | null): string {
  return diagnostic?.slice(0, 1_000) ?? "";
}

/** The first enhanced status code in a text. */
export function statusIn(text: string): string | null {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0] ?? null;
}

/** A text of a stranger's as it is kept: one line, and not for ever. */
export function toldLine(text: string | null | undefined, most = 500): string | null {
  const line = (text ?? "")
    .slice(0, 4 * most)
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, " ")
    .trim()
    .slice(0, most);
  return line === "" ? null : line;
}

/** An address or Message-ID without what is put around it; null when nothing is left. */
export function bare(text: string | null | undefined): string | null {
  const inner = (text ?? "").trim().slice(0, 1_000);
  const within = /<([^<>]*)>/.exec(inner)?.[1] ?? inner;
  return toldLine(within, 320);
}
