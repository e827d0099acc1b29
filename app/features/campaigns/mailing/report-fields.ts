/** The parts of a report that are written for machines: RFC 3464's delivery status and RFC 5965's feedback report. Pure. */
import {
  bare,
  isHardRefusal,
  type MailOutcome,
  type OutcomeKind,
  statusIn,
  toldLine,
} from "~/features/campaigns/mailing/mail-outcome";
import { first, readHeaders } from "~/features/campaigns/mailing/mime";

type Fields = ReadonlyMap<string, string[]>;

const kinds: Partial<Record<string, OutcomeKind>> = {
  failed: "failed",
  delayed: "delayed",
  delivered: "delivered",
  // Handed on to somebody who tells no more, or to several: as far as anybody knows, it got there.
  relayed: "delivered",
  expanded: "delivered",
};

/** Groups of fields, parted by empty lines: the first about the mail, each other about one recipient. */
export function statusOutcomes(text: string, messageId: string | null): MailOutcome[] {
  const groups = text.split(/\r?\n[ \t]*\r?\n/).map((group) => readHeaders(group));
  const about = groups.find((fields) => fields.has("reporting-mta") || fields.has("arrival-date"));
  const at = about ? instantOf(first(about, "arrival-date")) : null;
  return groups.flatMap((fields) => {
    const outcome = recipientOutcome(fields);
    return outcome ? [{ ...outcome, messageId, at: instantOf(first(fields, "last-attempt-date")) ?? at }] : [];
  });
}

function recipientOutcome(fields: Fields): Omit<MailOutcome, "messageId" | "at"> | null {
  // The address that was written to; the final one may be an alias's.
  const recipient = addressOf(first(fields, "original-recipient")) ?? addressOf(first(fields, "final-recipient"));
  if (!recipient || !(fields.has("action") || fields.has("status"))) return null;
  const action = toldLine(first(fields, "action"))?.toLowerCase() ?? null;
  const diagnostic = toldLine(first(fields, "diagnostic-code")?.replace(/^\s*[\w-]{1,20}\s*;\s*/, ""));
  const status = finerStatus(statusIn(first(fields, "status") ?? ""), diagnostic);
  const kind = kindOf(action, status);
  const isHard = kind === "failed" && isHardRefusal({ status, diagnostic });
  return { kind, recipient, action, status, diagnostic, isHard };
}

function kindOf(action: string | null, status: string | null): OutcomeKind {
  const said = action ? kinds[action] : undefined;
  return said ?? kindOfStatus(status);
}

function kindOfStatus(status: string | null): OutcomeKind {
  if (status?.startsWith("2.")) return "delivered";
  return status?.startsWith("4.") ? "delayed" : "failed";
}

/** "5.0.0" says nothing; what the refusing server said may say more. */
function finerStatus(status: string | null, diagnostic: string | null): string | null {
  const said = diagnostic ? statusIn(diagnostic) : null;
  return status === null || (said !== null && /^[45]\.0\.0$/.test(status)) ? (said ?? status) : status;
}

/** `rfc822; Folasade@adebayo.example`; xtext's `+2B` as RFC 3461, 4 has it. */
function addressOf(field: string | null): string | null {
  const [, kind = "", address = ""] = /^\s*([\w-]{1,30})\s*;\s*(.*)$/.exec(field ?? "") ?? ["", "", field ?? ""];
  const plain = kind.toLowerCase() === "rfc822" ? address.replace(/\+([0-9A-F]{2})(?=.*@)/g, fromXtext) : address;
  const found = bare(plain);
  return found?.includes("@") ? found : null;
}

/** Only of what xtext has to write so: `anna+2026@` is an address as it stands. */
function fromXtext(as: string, hex: string): string {
  return hex === "2B" || hex === "3D" ? String.fromCharCode(parseInt(hex, 16)) : as;
}

function instantOf(field: string | null): string | null {
  const time = Date.parse((field ?? "").replace(/\([^()]*\)/g, "").trim());
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** @param to whom the mail went by its own header, where the report keeps back the address */
export function complaintOutcomes(text: string, to: string | null, messageId: string | null): MailOutcome[] {
  const fields = readHeaders(text);
  const type = first(fields, "feedback-type")?.trim().toLowerCase();
  if (!type || type === "not-spam") return [];
  const told = (fields.get("original-rcpt-to") ?? []).map((address) => bare(address));
  const removed = bare(first(fields, "removal-recipient"));
  const recipients = told.length > 0 ? told : [removed ?? to];
  return recipients.map((recipient) => ({
    kind: type === "opt-out" ? "unsubscribed" : "complained",
    recipient: recipient?.includes("@") ? recipient : null,
    action: null,
    status: null,
    diagnostic: toldLine(type),
    messageId,
    isHard: false,
    at: instantOf(first(fields, "arrival-date") ?? first(fields, "received-date")),
  }));
}
