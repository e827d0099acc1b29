/**
 * Many mails over a few connections to the mail server (RFC 5321), each handed over once. What nodemailer's own pool leaves open is
 * told here: whether the server may have had a mail whole when a connection broke. The pool would hand it over again.
 */
import { Readable } from "node:stream";
import SMTPConnection, { type SMTPEnvelope } from "nodemailer/lib/smtp-connection";
import { type MailSettings } from "~/platform/env.server";
import { MINUTE_MS, SECOND_MS } from "~/platform/time";

export interface LetterToHand {
  from: string;
  to: string;
  /** The whole mail, as it goes over the line. */
  bytes: Buffer;
  /** The server has asked for it: from now on it may have it. */
  onBegun?: () => void;
}

/** `said`: the server's own words. */
export type Handed =
  | { kind: "accepted" }
  /** The server answered that it will not have it, for this recipient or as it is. `forNow`: with a 4xx. */
  | { kind: "refused"; forNow: boolean; code: number; said: string }
  /** Nothing of it was handed over, and not for its own sake: no connection, no sign-in, not this sender. */
  | { kind: "not-given"; problem: string; needsMending: boolean }
  /** Cut off after it was begun: nobody knows. */
  | { kind: "not-known"; problem: string };

interface SmtpFailure {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

const CONNECT_MS = 10 * SECOND_MS;
/** A server may take its time over a mail that it has; less than a worker waits when it must end is not waited for. */
const SILENT_MS = 2 * MINUTE_MS;
const MOST_SAID = 300;

const causes: Record<string, string> = {
  EAUTH: "The mail server did not accept our name and password",
  ECONNECTION: "The mail server cannot be reached",
  ESOCKET: "The mail server cannot be reached",
  ETIMEDOUT: "The mail server did not answer in time",
  EDNS: "The mail server’s name is not known",
  ETLS: "The mail server did not offer a safe line",
  EREQUIRETLS: "The mail server did not offer a safe line",
};

/** One line to the server; signed in. @throws what nodemailer says */
export interface Line {
  hand(letter: LetterToHand): Promise<Handed>;
  /** False when the server has ended it, or said something that leaves it in doubt. */
  isOpen(): boolean;
  close(): void;
}

export async function openLine({ server }: MailSettings): Promise<Line> {
  const { host, port, secure, requireTls, auth } = server;
  const connection = new SMTPConnection({
    ...{ host, port, secure, requireTLS: requireTls },
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, dnsTimeout: CONNECT_MS },
    ...{ socketTimeout: SILENT_MS, socketCloseTimeout: SECOND_MS },
  });
  const wire = watched(connection);
  try {
    await wire.asked((done) => connection.connect(done));
    if (auth && connection.allowsAuth) {
      await wire.asked((done) => connection.login({ credentials: auth }, (error) => done(error)));
    }
  } catch (error) {
    wire.close();
    throw error;
  }
  return { isOpen: wire.isOpen, close: wire.close, hand: (letter) => hand(connection, wire, letter) };
}

interface Wire {
  /** Resolves with the server's answer, rejects when the connection breaks. */
  asked(ask: (done: (error?: Error | null) => void) => void): Promise<void>;
  isOpen(): boolean;
  close(): void;
}

function watched(connection: SMTPConnection): Wire {
  let open = true;
  let fail: (error: Error) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => (fail = reject));
  broken.catch(() => undefined);
  connection.on("error", (error: Error) => {
    open = false;
    fail(error);
  });
  connection.once("end", () => (open = false));
  return {
    asked: (ask) =>
      Promise.race([
        new Promise<void>((resolve, reject) => ask((error) => (error ? reject(error) : resolve()))),
        broken,
      ]),
    isOpen: () => open,
    close() {
      open = false;
      connection.close();
      // nodemailer forgets what it was sending then.
      fail(Object.assign(new Error("The line was closed"), { code: "ECONNECTION" }));
    },
  };
}

async function hand(
  connection: SMTPConnection,
  wire: Wire,
  { from, to, bytes, onBegun }: LetterToHand,
): Promise<Handed> {
  let begun = false;
  // Read only once the server has asked for it: from then on it may have it.
  const body = new Readable({
    read() {
      begun = true;
      onBegun?.();
      this.push(bytes);
      this.push(null);
    },
  });
  try {
    const envelope: SMTPEnvelope = { from, to: [to], size: bytes.length };
    await wire.asked((done) => connection.send(envelope, body, (error) => done(error)));
    return { kind: "accepted" };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const handed = handedOf(error, begun);
    const stays = handed.kind === "refused" && wire.isOpen() && (await forgets(connection, wire));
    if (!stays) wire.close();
    return handed;
  }
}

/** The server forgets the mail that it refused; one that cannot do that is left. */
function forgets(connection: SMTPConnection, wire: Wire): Promise<boolean> {
  const reset = wire.asked((done) => connection.reset((error) => done(error)));
  return reset.then(
    () => true,
    () => false,
  );
}

const CLOSING = 421;

/** @param begun whether the server had asked for the mail itself */
function handedOf(error: Error & SmtpFailure, begun: boolean): Handed {
  const { responseCode = 0 } = error;
  const isAnswer = responseCode >= 400;
  if (isAnswer && responseCode !== CLOSING && (begun || isOfThisMail(error))) {
    return { kind: "refused", forNow: responseCode < 500, code: responseCode, said: saidOf(error) };
  }
  if (!begun && isOurRefusal(error)) return { kind: "refused", forNow: false, code: 553, said: error.message };
  return isAnswer || !begun ? notGiven(error) : { kind: "not-known", problem: sentence(error) };
}

function isOfThisMail({ command, code }: SmtpFailure): boolean {
  return command === "RCPT TO" || command === "DATA" || code === "EMESSAGE";
}

/** nodemailer itself saw that the server would not take it: too large, or not an address. */
function isOurRefusal({ command, code }: SmtpFailure): boolean {
  return code === "EMESSAGE" || (code === "EENVELOPE" && command === "API");
}

/** What keeps every mail from going out. `needsMending`: it does not pass by itself. */
export function notGiven(error: Error & SmtpFailure): Extract<Handed, { kind: "not-given" }> {
  const { code = "", command, responseCode = 0 } = error;
  const needsMending = responseCode >= 500 && (code === "EAUTH" || command === "MAIL FROM");
  return { kind: "not-given", problem: sentence(error), needsMending };
}

function sentence(error: Error & SmtpFailure): string {
  const said = saidOf(error);
  const cause =
    error.command === "MAIL FROM"
      ? "The mail server does not take mails from our address"
      : (causes[error.code ?? ""] ?? "The mail server did not take it");
  return said ? `${cause}: ${said}` : cause;
}

function saidOf({ response }: SmtpFailure): string {
  return (response ?? "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, MOST_SAID);
}
