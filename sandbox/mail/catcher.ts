/** A mail server that delivers nothing: it keeps what it is given, in memory, for a person or a test to read. */
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { answer } from "./pages";

export interface CaughtMail {
  /** From 1, in the order they came. */
  number: number;
  at: string;
  from: string;
  /** Whom the mail server was told to give it to. */
  to: string[];
  /** As the mail itself says it. */
  toText: string;
  subject: string;
  text: string;
  html: string;
  /** Header lines by lower-case name. */
  headers: Record<string, string>;
}

export interface MailCatcher {
  /** For `SMTP_URL`. */
  smtpUrl: string;
  /** Of the page that shows what was caught. */
  url: string;
  mails: readonly CaughtMail[];
  close(): Promise<void>;
}

export interface CatcherOptions {
  /** Any free one unless told; when taken, any free one too. */
  webPort?: number;
  smtpPort?: number;
}

const HOST = "127.0.0.1";
const MOST_MAILS = 1_000;

/** Recipients to try failures with: `refused…@` is refused for good, `later…@` for now. */
function refusalOf(address: string): Error | null {
  const refuse = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
  if (address.startsWith("refused")) return refuse(550, "5.1.1 No such mailbox here");
  if (address.startsWith("later")) return refuse(450, "4.2.1 This mailbox is busy, try again later");
  return null;
}

function addressText(addresses: ParsedMail["to"]): string {
  return [addresses ?? []]
    .flat()
    .map((each) => each.text)
    .join(", ");
}

function toCaught(parsed: ParsedMail, facts: Pick<CaughtMail, "number" | "from" | "to">): CaughtMail {
  return {
    ...facts,
    at: new Date().toISOString(),
    toText: addressText(parsed.to),
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html || "",
    headers: Object.fromEntries(parsed.headerLines.map(({ key, line }) => [key, line])),
  };
}

function smtpServer(mails: CaughtMail[]): SMTPServer {
  let count = 0;
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onAuth: (_auth, _session, done) => done(null, { user: "anybody" }),
    onRcptTo: ({ address }, _session, done) => done(refusalOf(address)),
    onData(stream, { envelope }, done) {
      simpleParser(stream).then(
        (parsed) => {
          const from = envelope.mailFrom ? envelope.mailFrom.address : "";
          const to = envelope.rcptTo.map(({ address }) => address);
          mails.unshift(toCaught(parsed, { number: (count += 1), from, to }));
          mails.splice(MOST_MAILS);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE" || port === 0) return reject(error);
      resolve(listen(server, 0));
    });
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Starts the mail server and its page, on this machine only. */
export async function startMailCatcher({ webPort = 0, smtpPort = 0 }: CatcherOptions = {}): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  const smtp = smtpServer(mails);
  await new Promise<void>((resolve, reject) => {
    smtp.once("error", reject);
    smtp.listen(smtpPort, HOST, resolve);
  });
  // A client that hangs up in the middle is no fault of ours.
  smtp.on("error", () => undefined);
  const web = createServer((request, response) => answer(mails, request, response));
  const port = await listen(web, webPort);
  return {
    smtpUrl: `smtp://${HOST}:${(smtp.server.address() as AddressInfo).port}`,
    url: `http://${HOST}:${port}`,
    mails,
    close: async () => {
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
    },
  };
}
