/** Where mails go out and in whose name, as the environment says it: `SMTP_URL` and `MAIL_FROM`. */

export interface MailServer {
  host: string;
  port: number;
  /** TLS from the first byte (`smtps:`); else STARTTLS where the server offers it. */
  secure: boolean;
  /** Without TLS nothing is sent: credentials never go over an open line, except on this machine itself. */
  requireTls: boolean;
  auth: { user: string; pass: string } | null;
}

export interface MailAddress {
  name: string;
  address: string;
}

const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;
const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Reads `smtp://name:password@host:port` or `smtps://…`; null when it is anything else. */
export function parseMailServer(text: string): MailServer | null {
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const bare = ["", "/"].includes(url.pathname) && url.search === "" && url.hash === "";
  const [user, pass] = [decoded(url.username), decoded(url.password)];
  if (!bare || url.hostname === "" || user === null || pass === null) return null;
  if ((user === "") !== (pass === "")) return null;
  const secure = url.protocol === "smtps:";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(url.port),
    secure,
    requireTls: !secure && user !== "" && !loopbackHosts.has(url.hostname),
    auth: user === "" ? null : { user, pass },
  };
}

/** One plain address: nothing in it that a mail program or server could read as a second one, or as a header. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@"'(),:;<>[\\\]\p{Cc}]{1,64}@[^\s@"'(),:;<>[\\\]\p{Cc}]{1,253}$/u.test(text);
}

/** Reads `office@example.org` or `Tallybook <office@example.org>`; null when it is anything else. */
export function parseSender(text: string): MailAddress | null {
  const [, name = "", bracketed] = /^([^<>]*)<([^<>]+)>$/.exec(text.trim()) ?? [];
  const address = (bracketed ?? text).trim();
  if (!isMailAddress(address) || /\p{Cc}/u.test(name)) return null;
  return { name: name.trim().replace(/^"(.*)"$/, "$1"), address };
}
