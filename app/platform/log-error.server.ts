/**
 * What of an error may stand in the log. Messages of databases and HTTP clients quote the values they were given, and a
 * JSON syntax error quotes the text itself: of those only the kind, the code and the place are kept.
 */

/** How deep `cause` is followed. */
const MAX_CAUSES = 3;
/** Longer texts are cut: a message is a sentence, not a document. */
const MAX_TEXT = 2_000;

/** Takes credentials out of URLs, bearer tokens out of headers, and email addresses out of any text. */
export function scrub(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/:\/\/[^\s/@]{1,500}@/g, "://[removed]@")
    .replace(/\b(Bearer|Basic) [\w.~+/=-]{1,1000}/gi, "$1 [removed]")
    .replace(/([?&](?:token|code|key|secret|password|state)=)[^&\s]{1,1000}/gi, "$1[removed]")
    .replace(/[^\s@"'<>(),;:/[\]]{1,64}@[^\s@"'<>(),;:/]{1,255}\.[a-z]{2,24}/gi, "[email]");
}

export interface ErrorDescription {
  name: string;
  message?: string;
  code?: string;
  status?: number;
  table?: string;
  constraint?: string;
  stack?: string[];
  cause?: ErrorDescription;
}

type Fields = Record<string, unknown>;

const text = (value: unknown) => (typeof value === "string" ? scrub(value) : undefined);
const number = (value: unknown) => (typeof value === "number" ? value : undefined);

/** node-postgres' DatabaseError carries `severity`; better-sqlite3's SqliteError has such a code. */
function isDatabaseError(error: Fields): boolean {
  return "severity" in error || (typeof error.code === "string" && error.code.startsWith("SQLITE_"));
}

/** The shape of gaxios, axios, jsforce and HubSpot errors. */
function isHttpError(error: Fields): boolean {
  return "response" in error || "request" in error || "config" in error || "headers" in error;
}

function quotesItsInput(error: Error & Fields): boolean {
  return error instanceof SyntaxError || error.name === "ZodError" || isDatabaseError(error) || isHttpError(error);
}

/** The frames alone: the first lines of a stack repeat the message. */
function frames(stack: string | undefined): string[] | undefined {
  return stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => scrub(line.trim()));
}

export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: error instanceof Response ? "Response" : `thrown ${typeof error}` };
  const fields = error as Error & Fields;
  return {
    name: scrub(error.name),
    message: quotesItsInput(fields) ? undefined : scrub(error.message),
    code: text(fields.code),
    status: number(fields.status) ?? number(fields.statusCode),
    table: isDatabaseError(fields) ? text(fields.table) : undefined,
    constraint: isDatabaseError(fields) ? text(fields.constraint) : undefined,
    stack: frames(error.stack),
    cause: error.cause !== undefined && depth < MAX_CAUSES ? describeError(error.cause, depth + 1) : undefined,
  };
}
