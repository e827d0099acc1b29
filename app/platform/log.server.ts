/**
 * The structured log: one JSON line an event, to standard output. Only fields named below are ever written, so that a
 * whole request, row or person can not slip in; texts lose credentials and email addresses.
 */
import pino, { type DestinationStream, type Level } from "pino";
import { describeError, scrub } from "~/platform/log-error.server";

/** Every field a line may carry. None of them holds a secret or something about a contact. */
const allowedFields = [
  "accountId",
  "accountSlug",
  "address",
  "attempt",
  "audience",
  "bytes",
  "changed",
  "contactId",
  "count",
  "cronTime",
  "dialect",
  "durationMs",
  "event",
  "exitCode",
  "failed",
  "from",
  "host",
  "importId",
  "jobId",
  "jobKey",
  "kid",
  "limit",
  "method",
  "migration",
  "mode",
  "names",
  "origin",
  "path",
  "pid",
  "poolId",
  "port",
  "process",
  "reason",
  "refused",
  "requestId",
  "role",
  "rows",
  "runAt",
  "runId",
  "setUpCode",
  "signal",
  "status",
  "task",
  "to",
  "total",
  "unchanged",
  "url",
  "userId",
  "version",
  "workerId",
] as const;

export type LogField = (typeof allowedFields)[number];
type LogValue = string | number | boolean | null | undefined | readonly string[];
export type LogFields = { [field in LogField]?: LogValue } & { error?: unknown };

/** Writes one line: the fields first, then a constant sentence (values belong in fields). */
export interface LogMethod {
  (message: string): void;
  (fields: LogFields, message: string): void;
}

export interface Log {
  debug: LogMethod;
  info: LogMethod;
  warn: LogMethod;
  error: LogMethod;
  fatal: LogMethod;
  /** Written whatever the level: what nobody can go on without. */
  announce: LogMethod;
  /** A log whose every line also carries these fields. */
  child(fields: LogFields): Log;
}

const allowed: ReadonlySet<string> = new Set(allowedFields);

function cleanValue(value: unknown): unknown {
  if (typeof value === "string") return scrub(value);
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string").map(scrub);
  if (typeof value === "object" && value !== null) return "[object]";
  return value;
}

function cleanFields(fields: object): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === "error") clean.error = describeError(value);
    else if (allowed.has(name) && value !== undefined) clean[name] = cleanValue(value);
  }
  return clean;
}

function wrap(logger: pino.Logger): Log {
  const method =
    (level: Level, write = logger): LogMethod =>
    (first: string | LogFields, message?: string) => {
      if (typeof first === "string") write[level](scrub(first));
      else write[level](cleanFields(first), scrub(message ?? ""));
    };
  return {
    debug: method("debug"),
    info: method("info"),
    warn: method("warn"),
    error: method("error"),
    fatal: method("fatal"),
    announce: method("info", logger.child({}, { level: "info" })),
    child: (fields) => wrap(logger.child(cleanFields(fields))),
  };
}

/** `destination` takes the finished lines; without it they go to standard output. */
export function createLog(options: { level?: Level | "silent"; destination?: DestinationStream } = {}): Log {
  const settings: pino.LoggerOptions = {
    level: options.level ?? "info",
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  };
  return wrap(options.destination ? pino(settings, options.destination) : pino(settings));
}
