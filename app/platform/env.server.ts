/**
 * The environment, read and judged once at boot. Whatever is missing, too short, a known default or unsafe is told in
 * one error that lists the variables' names, never their values (ASVS 13.3.1).
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { isTapList, parseAllowedTaps, TAPS_WANTED } from "~/platform/allowed-taps.server";
import { sqlitePath } from "~/platform/db/sqlite-path.server";
import { type EncryptionKey, parseEncryptionKeys } from "~/platform/encryption.server";
import {
  isDatabaseUrl,
  isEncryptionKeyList,
  isOrigin,
  isStrongSecret,
  MIN_SECRET_BYTES,
} from "~/platform/env-checks.server";
import { generatedSecrets } from "~/platform/generated-secrets.server";
import {
  noProviders,
  parseClients,
  parseProviderAddresses,
  type ProviderSettings,
} from "~/platform/provider-settings.server";
import { type MailServer, parseMailServer, parseSender, type MailAddress } from "~/platform/mail/mail-server.server";

export interface MailSettings {
  server: MailServer;
  from: MailAddress;
}

export interface Environment {
  mode: "development" | "test" | "production";
  /** On Fly the client's address is taken from `Fly-Client-IP`. */
  onFly: boolean;
  port: number;
  /** A whole `file:///…` URL (SQLite), or `postgres:`. Never empty. */
  databaseUrl: string;
  /** Absolute path of the folder that holds the SQLite file and, outside production, generated secrets. */
  dataDir: string;
  /** Scheme, host and port as browsers see it, without a slash at the end. */
  appOrigin: string;
  /** The master secret; every use takes its own key from it (`purposeKey`). */
  secretKey: string;
  /** Newest first: the first encrypts, all decrypt. */
  encryptionKeys: EncryptionKey[];
  /** How many proxies in front of us append to `X-Forwarded-For`; 0 when browsers connect directly. */
  trustProxyHops: number;
  /** What `POST /api/cron` is called with; null: nobody may call it. */
  cronSecret: string | null;
  /** Where mails go out, and in whose name; null: none go out. */
  mail: MailSettings | null;
  /** As whom and where the systems are asked that firms connect. */
  providers: ProviderSettings;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/** Lists what is wrong with the environment: a sentence for each variable. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
  constructor(readonly problems: { name: string; problem: string }[]) {
    super(
      ["The environment is not fit to start with:", ...problems.map((p) => `  ${p.name} ${p.problem}`)].join("\n") +
        "\nSee .env.example for what each one means.",
    );
  }
}

const isAddressList = (text: string) => parseProviderAddresses(text) !== null;
const ADDRESSES_WANTED =
  "must be a list of name=address, each address beginning with https:// (or, on this machine itself, http://)";

/** Exactly the variables that Tallybook reads. `.env.example` lists the same, which a test holds. */
const variables = z.object({
  NODE_ENV: z
    .enum(["development", "test", "production"], "must be development, test or production")
    .default("development"),
  PORT: z.coerce.number("must be a port number").int().min(1).max(65_535, "must be a port number").default(3000),
  DATABASE_URL: z.string().refine(isDatabaseUrl, "must be empty, file:… or postgres://…").default(""),
  DATA_DIR: z.string().min(1).default("data"),
  APP_ORIGIN: z.string("is missing").refine(isOrigin, "must be like https://tallybook.example.org, without a path"),
  SECRET_KEY: z
    .string("is missing")
    .refine((text) => Buffer.byteLength(text) >= MIN_SECRET_BYTES, "must be at least 32 bytes long")
    .refine(isStrongSecret, "must be random, not a known default or a pattern"),
  ENCRYPTION_KEYS: z
    .string("is missing")
    .refine(isEncryptionKeyList, "must be a list of name:base64 with 32 random bytes each"),
  TRUST_PROXY_HOPS: z.coerce.number("must be a whole number from 0 to 10").int().min(0).max(10).default(0),
  CRON_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= MIN_SECRET_BYTES, "must be at least 32 bytes long")
    .refine(isStrongSecret, "must be random, not a known default or a pattern")
    .refine((text) => /^[\x21-\x7e]+$/.test(text), "must be of letters, digits and signs, without spaces")
    .optional(),
  SMTP_URL: z
    .string()
    .refine(
      (text) => parseMailServer(text) !== null,
      "must be like smtps://name:password@mail.example.org, with smtp: or smtps: and nothing after the host and port",
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => parseSender(text) !== null, "must be like office@example.org or Tallybook <office@example.org>")
    .optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  MICROSOFT_CLIENT_ID: z.string().optional(),
  MICROSOFT_CLIENT_SECRET: z.string().optional(),
  HUBSPOT_CLIENT_ID: z.string().optional(),
  HUBSPOT_CLIENT_SECRET: z.string().optional(),
  SALESFORCE_CLIENT_ID: z.string().optional(),
  SALESFORCE_CLIENT_SECRET: z.string().optional(),
  PROVIDER_ADDRESSES: z.string().refine(isAddressList, ADDRESSES_WANTED).default(""),
  SINGER_TAPS: z.string().refine(isTapList, TAPS_WANTED).default(""),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent")
    .default("info"),
  FLY_APP_NAME: z.string().optional(),
});

/** The names of all variables that are read, in the order of `.env.example`. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

type Source = Readonly<Record<string, string | undefined>>;
type Variables = z.infer<typeof variables>;

const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

function problemsTogether(values: Variables): { name: string; problem: string }[] {
  const origin = new URL(values.APP_ORIGIN);
  const problems = [];
  if (values.FLY_APP_NAME && values.NODE_ENV !== "production") {
    problems.push({ name: "NODE_ENV", problem: "must be production on Fly" });
  }
  if (values.NODE_ENV === "production" && origin.protocol === "http:" && !loopbackHosts.has(origin.hostname)) {
    problems.push({ name: "APP_ORIGIN", problem: "must begin with https:// except on this machine itself" });
  }
  if (values.SMTP_URL && !values.MAIL_FROM) {
    problems.push({ name: "MAIL_FROM", problem: "is missing: with SMTP_URL set, mails need a sender" });
  }
  return problems;
}

/** A sandbox is for trying things out on one machine: a site that others reach must not be led to its own insides. */
function strayingSandbox(values: Variables): { name: string; problem: string }[] {
  const isHome = loopbackHosts.has(new URL(values.APP_ORIGIN).hostname) && !values.FLY_APP_NAME;
  if (isHome || providerAddresses(values).sandboxOrigins.size === 0) return [];
  return [
    { name: "PROVIDER_ADDRESSES", problem: "names this machine itself, which only an APP_ORIGIN on this machine may" },
  ];
}

/** One of the two alone is a slip of the pen: nobody could connect, and nobody would know why. */
function halfClients(values: Variables): { name: string; problem: string }[] {
  const halves = (["GOOGLE", "MICROSOFT", "HUBSPOT", "SALESFORCE"] as const).map((prefix) => [
    [`${prefix}_CLIENT_ID`, values[`${prefix}_CLIENT_ID`]] as const,
    [`${prefix}_CLIENT_SECRET`, values[`${prefix}_CLIENT_SECRET`]] as const,
  ]);
  return halves
    .filter(([id, secret]) => Boolean(id?.[1]) !== Boolean(secret?.[1]))
    .flatMap((pair) => pair.filter(([, value]) => !value))
    .map(([name]) => ({ name, problem: "is missing: a client has an id and a secret" }));
}

function mailSettings({ SMTP_URL, MAIL_FROM }: Variables): MailSettings | null {
  const server = SMTP_URL ? parseMailServer(SMTP_URL) : null;
  const from = MAIL_FROM ? parseSender(MAIL_FROM) : null;
  return server && from ? { server, from } : null;
}

/** An empty variable counts as not set, as in `.env` files and Docker. */
function withoutEmpty(source: Source): Source {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""));
}

/** Outside production what is missing is filled in, secrets from a file in the data folder that is made once. */
function withDevelopmentDefaults(source: Source): Source {
  const isProduction = source.NODE_ENV === "production" || source.FLY_APP_NAME !== undefined;
  if (isProduction) return source;
  const origin = { APP_ORIGIN: `http://localhost:${source.PORT ?? "3000"}` };
  if (source.SECRET_KEY && source.ENCRYPTION_KEYS) return { ...origin, ...source };
  return { ...origin, ...generatedSecrets(resolve(source.DATA_DIR ?? "data")), ...source };
}

/** Throws an EnvironmentError that names every variable that is not fit. Outside production missing secrets are made. */
export function readEnvironment(source: Source): Environment {
  const parsed = variables.safeParse(withDevelopmentDefaults(withoutEmpty(source)));
  if (!parsed.success) {
    // The first problem of each variable is enough.
    const problems = new Map(parsed.error.issues.toReversed().map((issue) => [String(issue.path[0]), issue.message]));
    const inOrder = variableNames.filter((name) => problems.has(name));
    throw new EnvironmentError(inOrder.map((name) => ({ name, problem: problems.get(name) ?? "" })));
  }
  const problems = [problemsTogether, strayingSandbox, halfClients].flatMap((problemsOf) => problemsOf(parsed.data));
  if (problems.length > 0) throw new EnvironmentError(problems);
  return toEnvironment(parsed.data, parseClients(source));
}

function providerAddresses({ PROVIDER_ADDRESSES }: Variables) {
  return parseProviderAddresses(PROVIDER_ADDRESSES) ?? noProviders;
}

function toEnvironment(values: Variables, clients: ProviderSettings["clients"]): Environment {
  const dataDir = resolve(values.DATA_DIR);
  const keys = parseEncryptionKeys(values.ENCRYPTION_KEYS);
  if (!keys.ok) throw new EnvironmentError([{ name: "ENCRYPTION_KEYS", problem: "is not fit" }]);
  return {
    mode: values.NODE_ENV,
    onFly: values.FLY_APP_NAME !== undefined,
    port: values.PORT,
    databaseUrl: absoluteDatabaseUrl(values.DATABASE_URL, dataDir),
    dataDir,
    appOrigin: values.APP_ORIGIN,
    secretKey: values.SECRET_KEY,
    encryptionKeys: keys.keys,
    trustProxyHops: values.TRUST_PROXY_HOPS,
    cronSecret: values.CRON_SECRET ?? null,
    mail: mailSettings(values),
    providers: { ...providerAddresses(values), clients, taps: parseAllowedTaps(values.SINGER_TAPS) ?? [] },
    logLevel: values.LOG_LEVEL,
  };
}

function absoluteDatabaseUrl(url: string, dataDir: string): string {
  if (url === "") return pathToFileURL(resolve(dataDir, "tallybook.sqlite")).href;
  if (url.startsWith("file:")) return pathToFileURL(sqlitePath(url)).href;
  return url;
}
