/** One mail over SMTP (RFC 5321): sent, refused for good, or not now. */
import { createTransport } from "nodemailer";
import { type MailSettings } from "~/platform/env.server";
import { type MailAddress } from "~/platform/mail/mail-server.server";
import { SECOND_MS } from "~/platform/time";
import { timeLimit } from "~/platform/time-limit.server";

export interface OutgoingMail {
  id: string;
  to: MailAddress;
  subject: string;
  text: string;
  html: string;
  date: string;
}

/** `problem`: a sentence for the operator. `refused`: trying again would be refused again. */
export type SendOutcome = { kind: "sent" } | { kind: "refused" | "not-now"; problem: string };

const CONNECT_MS = 10 * SECOND_MS;
const SILENT_MS = 20 * SECOND_MS;
/** However slowly the server goes about it. Less than a worker's claim on a mail lasts. */
const WHOLE_MS = 60 * SECOND_MS;
/** Of what the server says, so much is kept. */
const MOST_RESPONSE = 300;

function transportTo({ server }: MailSettings) {
  const { host, port, secure, requireTls, auth } = server;
  return createTransport({
    host,
    port,
    secure,
    requireTLS: requireTls,
    ...(auth ? { auth } : {}),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    // A mail is made of what it is given, never of files or addresses on the net.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Sends one mail. Its Message-ID is made from its id: sent twice, it is still the same mail. */
export async function sendBySmtp(
  settings: MailSettings,
  mail: OutgoingMail,
  { appOrigin, signal }: { appOrigin: string; signal: AbortSignal },
): Promise<SendOutcome> {
  const transport = transportTo(settings);
  const limit = timeLimit(signal, WHOLE_MS);
  try {
    await transport.sendMail({
      from: settings.from,
      to: mail.to,
      envelope: { from: settings.from.address, to: [mail.to.address] },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      date: new Date(mail.date),
      messageId: `<${mail.id}@${new URL(appOrigin).hostname}>`,
      headers: { "Auto-Submitted": "auto-generated" },
      signal: limit.signal,
    });
    return { kind: "sent" };
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    return outcomeOf(error);
  } finally {
    limit.end();
    transport.close();
  }
}

/** What nodemailer says of a failure beside its message, which may quote anything. */
interface SmtpFacts {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

const causes: Record<string, string> = {
  EAUTH: "The mail server did not accept our name and password",
  ENOAUTH: "The mail server wants a name and a password",
  ECONNECTION: "The mail server cannot be reached",
  ESOCKET: "The mail server cannot be reached",
  ETIMEDOUT: "The mail server did not answer in time",
  EABORT: "The mail server did not answer in time",
  EDNS: "The mail server's name is not known",
  ETLS: "The mail server did not offer a safe line",
  EREQUIRETLS: "The mail server did not offer a safe line",
};

/** For good is only what the server refuses of this one mail: its recipient or its content. All else may be mended. */
function isForGood({ code, command, responseCode = 0 }: SmtpFacts): boolean {
  return responseCode >= 500 && (code === "EMESSAGE" || (code === "EENVELOPE" && command === "RCPT TO"));
}

function outcomeOf(error: Error & SmtpFacts): SendOutcome {
  const response = error.response?.replace(/\s+/g, " ").slice(0, MOST_RESPONSE);
  const said = response ? `: ${response}` : "";
  if (isForGood(error)) return { kind: "refused", problem: `The mail server refused it${said}` };
  return { kind: "not-now", problem: `${causes[error.code ?? ""] ?? "The mail server did not take it"}${said}` };
}
