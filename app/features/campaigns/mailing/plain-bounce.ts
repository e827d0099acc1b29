/**
 * Bounces that say in words what RFC 3464 has fields for: `X-Failed-Recipients` (Exim, Gmail), qmail's and Exchange's letters, and
 * what is left of a report when only its text is pasted. Only what is surely a bounce is taken for one. Pure.
 */
import {
  bare,
  isHardRefusal,
  type MailOutcome,
  saysBadAddress,
  statusIn,
  toldLine,
} from "~/features/campaigns/mailing/mail-outcome";
import { type MimePart } from "~/features/campaigns/mailing/mime";
import { statusOutcomes } from "~/features/campaigns/mailing/report-fields";

/** What a bounce says before it names anybody. */
const saysFailed =
  /delivery (?:has failed|to the following recipients? failed|status notification|failure)|undeliver|could(?: not|n't) be delivered|wasn't delivered|failed permanently|unable to deliver|permanent error|address (?:couldn't|could not) be found|returned to sender|mail delivery (?:failed|system)|unzustellbar|konnte nicht zugestellt werden|n'a pas pu être (?:remis|distribué)/i;
const saysDelayed =
  /delayed|not yet been delivered|will (?:be retried|continue to try|retry)|temporary (?:problem|failure)/i;
const address = /(?<![\w.+-])[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?/g;
/** Who writes such mails, and is not who they are about. */
const machine = /^(?:mailer-daemon|postmaster|noreply|no-reply)@/i;

/** How much of a text is looked at: the cause stands at its beginning. */
const LOOKED_AT = 20_000;
const MOST_NAMED = 100;

export function plainOutcomes(mail: MimePart, parts: readonly MimePart[], messageId: string | null): MailOutcome[] {
  const text = ownWords(parts);
  const fields = statusOutcomes(fieldsIn(text), messageId);
  if (fields.length > 0) return fields;
  const failed = (mail.headers.get("x-failed-recipients") ?? [])
    .flatMap((field) => field.split(","))
    .slice(0, MOST_NAMED);
  if (failed.length > 0) return failed.flatMap((each) => outcomeFor(bare(each), text, { kind: "failed", messageId }));
  const introduction = `${mail.headers.get("subject")?.[0] ?? ""}\n${text.slice(0, 2_000)}`;
  if (!saysFailed.test(introduction)) return [];
  const kind =
    saysDelayed.test(introduction) && !/permanent|has failed|wasn't/i.test(introduction) ? "delayed" : "failed";
  return namedIn(text).flatMap((recipient) => outcomeFor(recipient, text, { kind, messageId }));
}

/** What the bounce itself says, without the mail that came back with it. */
function ownWords(parts: readonly MimePart[]): string {
  const plain = parts.find(({ type, text }) => type === "text/plain" && text.trim() !== "");
  const html = parts.find(({ type, text }) => type === "text/html" && text.trim() !== "");
  const text = (plain?.text ?? withoutTags(html?.text ?? "")).slice(0, LOOKED_AT).replace(/\r\n?/g, "\n");
  const copy =
    /^(?:-{2,}\s*(?:this is a copy|below this line|original message|the following is a copy|included is a copy)|original message headers|ursprüngliche nachrichtenkopfzeilen|received: from )/im.exec(
      text,
    );
  return copy ? text.slice(0, copy.index) : text;
}

function withoutTags(html: string): string {
  return html
    .slice(0, 4 * LOOKED_AT)
    .replace(/<(?:br|\/p|\/div|\/tr|\/td)[^<>]{0,500}>/gi, "\n")
    .replace(/<[^<>]{1,2000}>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&");
}

/** A delivery status whose fields were pasted as text. */
function fieldsIn(text: string): string {
  const start = /^(?:final-recipient|original-recipient)\s*:/im.exec(text);
  return start ? text.slice(start.index) : "";
}

/** Addresses that lines begin with; where no line does, as in Gmail's sentence, the first there is. */
function namedIn(text: string): string[] {
  const found = new Set<string>();
  for (const line of text.split("\n")) {
    const start = line.replace(/^[\s<>*]+/, "");
    const [each] = start.match(address) ?? [];
    if (each && start.startsWith(each) && !machine.test(each) && found.size < MOST_NAMED) found.add(each);
  }
  if (found.size > 0) return [...found];
  return (text.match(address) ?? []).filter((each) => !machine.test(each)).slice(0, 1);
}

function outcomeFor(
  recipient: string | null,
  text: string,
  about: { kind: "failed" | "delayed"; messageId: string | null },
): MailOutcome[] {
  if (!recipient?.includes("@")) return [];
  const diagnostic = toldLine(reasonFor(recipient, text));
  const judged = judgedBy(diagnostic, about.kind);
  return [{ ...judged, recipient, action: null, diagnostic, messageId: about.messageId, at: null }];
}

function judgedBy(
  diagnostic: string | null,
  kind: "failed" | "delayed",
): Pick<MailOutcome, "kind" | "status" | "isHard"> {
  const status = statusIn(diagnostic ?? "");
  const said = status ?? /(?<![\d.])[45]\d\d(?![\d.])/.exec(diagnostic ?? "")?.[0];
  if (kind === "delayed" || said?.startsWith("4")) return { kind: "delayed", status, isHard: false };
  const isHard = said ? isHardRefusal({ status, code: Number(said), diagnostic }) : saysBadAddress(diagnostic);
  return { kind, status, isHard };
}

const REASON_LENGTH = 600;

/** What stands behind an address is said of it, as far as the next one. */
function reasonFor(recipient: string, text: string): string {
  const at = text.toLowerCase().indexOf(recipient.toLowerCase());
  if (at < 0) return statusIn(text) ? text.slice(0, REASON_LENGTH) : "";
  const behind = text.slice(at + recipient.length, at + recipient.length + REASON_LENGTH);
  const next = [...behind.matchAll(address)].find(([each]) => each.toLowerCase() !== recipient.toLowerCase());
  return (next && !behind.slice(0, next.index).trim() ? behind : behind.slice(0, next?.index)).replace(/^[>*:\s]+/, "");
}
