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

/** `undefined` when it is no credentials; null when there are none. */
function authOf(url: URL): MailServer["auth"] | undefined {
  const [user, pass] = [decoded(url.username), decoded(url.password)];
  if (user === "" && pass === "") return null;
  return user && pass ? { user, pass } : undefined;
}

/** Nothing but a host and a port. */
function isBare(url: URL): boolean {
  return url.hostname !== "" && ["", "/"].includes(url.pathname) && url.search === "" && url.hash === "";
}

/** Reads `smtp://name:password@host:port` or `smtps://…`; null when it is anything else. */
export function parseMailServer(text: string): MailServer | null {
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const auth = authOf(url);
  if (!isBare(url) || auth === undefined) return null;
  const secure = url.protocol === "smtps:";
  const usualPort = secure ? SUBMISSIONS_PORT : SUBMISSION_PORT;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || usualPort,
    secure,
    requireTls: !secure && auth !== null && !loopbackHosts.has(url.hostname),
    auth,
  };
}

/**
 * One plain address: nothing in it that a mail program or server could read as a second one, or as a header. An
 * apostrophe before the @ is a letter like any other (RFC 5322, 3.2.3: atext), as in o'brien@example.org.
 */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@"(),:;<>[\\\]\p{Cc}]{1,64}@[^\s@"'(),:;<>[\\\]\p{Cc}]{1,253}$/u.test(text);
}

/** Reads `office@example.org` or `Tallybook <office@example.org>`; null when it is anything else. */
export function parseSender(text: string): MailAddress | null {
  const [, name = "", bracketed] = /^([^<>]*)<([^<>]+)>$/.exec(text.trim()) ?? [];
  const address = (bracketed ?? text).trim();
  if (!isMailAddress(address) || /\p{Cc}/u.test(name)) return null;
  return { name: name.trim().replace(/^"(.*)"$/, "$1"), address };
}
