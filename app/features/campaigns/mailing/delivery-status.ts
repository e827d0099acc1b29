/**
 * Reads a mail that tells what became of another: a delivery status (RFC 3464, within RFC 6522's multipart/report), a complaint
 * (ARF, RFC 5965), or one of the forms that servers used before and some still do. Uploaded as a file or pasted, with or
 * without its header. Pure.
 */
import { bare, type MailOutcome } from "~/features/campaigns/mailing/mail-outcome";
import { first, type MimePart, readMime } from "~/features/campaigns/mailing/mime";
import { complaintOutcomes, statusOutcomes } from "~/features/campaigns/mailing/report-fields";
import { plainOutcomes } from "~/features/campaigns/mailing/plain-bounce";

export type DeliveryReport =
  { ok: true; outcomes: MailOutcome[] } | { ok: false; reason: "too-large" | "not-a-report" };

/** A report that brings the whole mail back is larger than what one of ours can be. In bytes. */
export const LARGEST_REPORT = 2 * 1024 * 1024;

const MOST_OUTCOMES = 1_000;

/** @param source the mail as it was received; pasted text is its own UTF-8 */
export function readDeliveryReport(source: Buffer | string): DeliveryReport {
  const bytes = typeof source === "string" ? Buffer.from(source, "utf8") : source;
  if (bytes.length > LARGEST_REPORT) return { ok: false, reason: "too-large" };
  const outcomes = outcomesIn(readMime(bytes.toString("latin1")));
  return outcomes.length > 0 ? { ok: true, outcomes } : { ok: false, reason: "not-a-report" };
}

function outcomesIn(mail: MimePart): MailOutcome[] {
  const parts = allParts(mail);
  const messageId = originalIdIn(mail, parts);
  const found = parts.flatMap((part) => {
    if (/^message\/(?:global-)?delivery-status$/.test(part.type)) return statusOutcomes(part.text, messageId);
    if (part.type === "message/feedback-report") return complaintOutcomes(part.text, toWhom(parts), messageId);
    return [];
  });
  const outcomes = found.length > 0 ? found : plainOutcomes(mail, parts, messageId);
  return oncePerRecipient(outcomes).slice(0, MOST_OUTCOMES);
}

function allParts(part: MimePart): MimePart[] {
  return [part, ...part.parts.flatMap(allParts)];
}

/** The header of the mail that came back: whole, or only its fields. */
function returnedHeaders(parts: readonly MimePart[]): ReadonlyMap<string, string[]> | null {
  const ofType = (wanted: string) => parts.find(({ type }) => type === wanted);
  const report = ofType("multipart/report") ?? ofType("multipart/mixed");
  const original = report?.parts.find(({ type }) => /^(?:message\/(?:rfc822|global)|text\/rfc822-headers)$/.test(type));
  if (!original) return null;
  return original.parts[0]?.headers ?? readMime(`${original.text}\n\n`).headers;
}

function originalIdIn(mail: MimePart, parts: readonly MimePart[]): string | null {
  const returned = returnedHeaders(parts);
  const own = (name: string) => first(mail.headers, name);
  const id = returned && (first(returned, "message-id") ?? first(returned, "x-original-message-id"));
  const pasted = /^[> \t]*Message-ID:\s*(<[^<>\s]{1,300}>)/im;
  const lastReference = own("references")?.trim().split(/\s+/).at(-1);
  return bare(
    id ??
      own("x-original-message-id") ??
      own("in-reply-to") ??
      lastReference ??
      pasted.exec(bodyOf(parts))?.[1] ??
      null,
  );
}

function bodyOf(parts: readonly MimePart[]): string {
  return parts.find(({ type, text }) => type === "text/plain" && text !== "")?.text.slice(0, 100_000) ?? "";
}

function toWhom(parts: readonly MimePart[]): string | null {
  const returned = returnedHeaders(parts);
  return returned ? bare(first(returned, "to")) : null;
}

/** A later word on the same address is the better one. */
function oncePerRecipient(outcomes: readonly MailOutcome[]): MailOutcome[] {
  const byRecipient = new Map<string, MailOutcome>();
  for (const outcome of outcomes) byRecipient.set(`${outcome.kind} ${outcome.recipient?.toLowerCase()}`, outcome);
  return [...byRecipient.values()];
}
