import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase } from "~/platform/db/open.server";
import { EnvironmentError, readEnvironment, variableNames } from "~/platform/env.server";

const production = {
  NODE_ENV: "production",
  PORT: "8080",
  DATABASE_URL: "postgres://app:hunter2@db.internal:5432/tallybook",
  DATA_DIR: "/data",
  APP_ORIGIN: "https://ledger.brandt.example",
  SECRET_KEY: randomBytes(48).toString("base64"),
  ENCRYPTION_KEYS: `k2:${randomBytes(32).toString("base64")},k1:${randomBytes(32).toString("base64")}`,
  TRUST_PROXY_HOPS: "1",
  LOG_LEVEL: "warn",
  SMTP_URL: "smtps://ledger:hunter2@mail.brandt.example",
  MAIL_FROM: "Tallybook <ledger@brandt.example>",
};

function problemsOf(source: Record<string, string | undefined>): { names: string[]; text: string } {
  try {
    readEnvironment(source);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return { names: error.problems.map((problem) => problem.name), text: error.message };
  }
  return { names: [], text: "" };
}

const folders: string[] = [];
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tallybook-env-"));
  folders.push(folder);
  return folder;
}
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

describe("the environment", () => {
  test("is read into one object", () => {
    const environment = readEnvironment(production);
    expect(environment).toMatchObject({
      mode: "production",
      port: 8080,
      databaseUrl: production.DATABASE_URL,
      appOrigin: "https://ledger.brandt.example",
      trustProxyHops: 1,
      logLevel: "warn",
      onFly: false,
    });
    expect(environment.encryptionKeys.map((key) => key.kid)).toEqual(["k2", "k1"]);
  });

  test(".env.example lists exactly the variables that are read, in the same order", () => {
    const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
    const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(names).toEqual(variableNames);
  });

  test(".env.example itself starts nothing in production: its secrets are left to be made", () => {
    const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
    const values = Object.fromEntries([...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((m) => [m[1] ?? "", m[2] ?? ""]));
    expect(problemsOf(values).names).toEqual(["SECRET_KEY", "ENCRYPTION_KEYS"]);
  });

  test.each(["APP_ORIGIN", "SECRET_KEY", "ENCRYPTION_KEYS"])("production refuses to start without %s", (name) => {
    expect(problemsOf({ ...production, [name]: undefined }).names).toEqual([name]);
    expect(problemsOf({ ...production, [name]: "  " }).names).toEqual([name]);
  });

  test.each(["PORT", "DATABASE_URL", "DATA_DIR", "TRUST_PROXY_HOPS", "SMTP_URL", "LOG_LEVEL"])(
    "%s may be left out",
    (name) => {
      expect(problemsOf({ ...production, [name]: undefined }).names).toEqual([]);
    },
  );

  test.each([
    ["SECRET_KEY", "short"],
    ["SECRET_KEY", "a".repeat(64)],
    ["SECRET_KEY", "changeme-changeme-1234567890-abcdefghij"],
    ["ENCRYPTION_KEYS", "k1:c2hvcnQ="],
    ["ENCRYPTION_KEYS", `k1:${Buffer.alloc(32).toString("base64")}`],
    ["ENCRYPTION_KEYS", `${production.ENCRYPTION_KEYS},k1:${randomBytes(32).toString("base64")}`],
    ["APP_ORIGIN", "http://ledger.brandt.example"],
    ["APP_ORIGIN", "https://ledger.brandt.example/path"],
    ["APP_ORIGIN", "javascript:alert(1)"],
    ["DATABASE_URL", "mysql://root:hunter2@db/tallybook"],
    ["DATABASE_URL", "file:///data/50%"],
    ["DATABASE_URL", "file:///data/books#2026.sqlite"],
    ["DATABASE_URL", "file:///data/books.sqlite?mode=ro"],
    ["PORT", "0"],
    ["PORT", "http"],
    ["TRUST_PROXY_HOPS", "true"],
    ["SMTP_URL", "mail.brandt.example:587"],
    ["SMTP_URL", "https://ledger:hunter2@mail.brandt.example"],
    ["SMTP_URL", "smtps://ledger:hunter2@mail.brandt.example/inbox"],
    ["SMTP_URL", "smtps://ledger:hunter2@mail.brandt.example?tls=no"],
    ["SMTP_URL", "smtps://ledger@mail.brandt.example"],
    ["SMTP_URL", "smtps://ledger:50%@mail.brandt.example"],
    ["SMTP_URL", "smtp://"],
    ["MAIL_FROM", "Hinz und Kunz"],
    ["MAIL_FROM", "Tallybook <ledger@brandt.example>, spy@elsewhere.example"],
    ["MAIL_FROM", "ledger@brandt.example\nBcc: spy@elsewhere.example"],
    ["PROVIDER_ADDRESSES", "people.brandt.example"],
    ["PROVIDER_ADDRESSES", "google=http://people.brandt.example"],
    ["PROVIDER_ADDRESSES", "google=https://ann:hunter2@people.brandt.example"],
    ["PROVIDER_ADDRESSES", "google=https://a.example,google=https://b.example"],
    ["PROVIDER_ADDRESSES", "google=http://127.0.0.1:4801"],
    ["NODE_ENV", "produktion"],
    ["LOG_LEVEL", "everything"],
  ])("an unfit %s is named and its value is not shown", (name, value) => {
    const { names, text } = problemsOf({ ...production, [name]: value });
    expect(names).toEqual([name]);
    expect(text).toContain(name);
    expect(text).not.toContain(value);
    expect(text).not.toContain("hunter2");
  });

  test("a mail server is read with its port, its credentials and whether the line must be safe", () => {
    const mailOf = (SMTP_URL: string) => readEnvironment({ ...production, SMTP_URL }).mail?.server;
    const auth = { user: "ledger@brandt.example", pass: "a:b/c" };
    const encoded = "ledger%40brandt.example:a%3Ab%2Fc";
    const safe = { host: "mail.brandt.example", port: 465, secure: true, requireTls: false, auth };
    expect(mailOf(`smtps://${encoded}@mail.brandt.example`)).toEqual(safe);
    expect(mailOf(`smtp://${encoded}@mail.brandt.example:2525`)).toEqual({
      ...safe,
      port: 2525,
      secure: false,
      requireTls: true,
    });
    expect(mailOf("smtp://[::1]")).toEqual({ host: "::1", port: 587, secure: false, requireTls: false, auth: null });
  });

  test("mails have a sender wherever there is a mail server, with a name or without", () => {
    const fromOf = (MAIL_FROM: string) => readEnvironment({ ...production, MAIL_FROM }).mail?.from;
    expect(fromOf('"Brandt, Holzbau" <a@brandt.example>')).toEqual({
      name: "Brandt, Holzbau",
      address: "a@brandt.example",
    });
    expect(fromOf("a@brandt.example")).toEqual({ name: "", address: "a@brandt.example" });
    expect(problemsOf({ ...production, MAIL_FROM: "" }).names).toEqual(["MAIL_FROM"]);
    expect(readEnvironment({ ...production, SMTP_URL: "" }).mail).toBeNull();
  });

  test("clients of providers are found by their two variables, also those that nobody listed", () => {
    const clients = {
      ...{ GOOGLE_CLIENT_ID: "brandt.apps.example", GOOGLE_CLIENT_SECRET: "hunter2" },
      ...{ PIPEDRIVE_CLIENT_ID: "4711", PIPEDRIVE_CLIENT_SECRET: "hunter3", AZURE_CLIENT_ID: "of the machine itself" },
    };
    expect([...readEnvironment({ ...production, ...clients }).providers.clients]).toEqual([
      ["GOOGLE", { id: "brandt.apps.example", secret: "hunter2" }],
      ["PIPEDRIVE", { id: "4711", secret: "hunter3" }],
    ]);
    const half = problemsOf({
      ...production,
      GOOGLE_CLIENT_ID: "brandt.apps.example",
      HUBSPOT_CLIENT_SECRET: "hunter2",
    });
    expect(half.names).toEqual(["GOOGLE_CLIENT_SECRET", "HUBSPOT_CLIENT_ID"]);
    expect(half.text).not.toContain("hunter2");
  });

  test("a sandbox's addresses are taken where this machine itself is asked, and nowhere else", () => {
    const PROVIDER_ADDRESSES =
      "google.people=http://127.0.0.1:4801/,odoo=http://localhost:4802/x, hubspot=https://eu.example";
    const demo = { ...production, APP_ORIGIN: "http://localhost:8080", PROVIDER_ADDRESSES };
    const { addresses, sandboxOrigins } = readEnvironment(demo).providers;
    expect(Object.fromEntries(addresses)).toEqual({
      "google.people": "http://127.0.0.1:4801",
      odoo: "http://localhost:4802/x",
      hubspot: "https://eu.example",
    });
    expect([...sandboxOrigins]).toEqual(["http://127.0.0.1:4801", "http://localhost:4802"]);
    expect(problemsOf({ ...demo, APP_ORIGIN: production.APP_ORIGIN }).names).toEqual(["PROVIDER_ADDRESSES"]);
    expect(problemsOf({ ...demo, FLY_APP_NAME: "tallybook" }).names).toEqual(["PROVIDER_ADDRESSES"]);
  });

  test("only taps that can be read as such are allowed", () => {
    const SINGER_TAPS = JSON.stringify([{ id: "tap-xero", label: "Xero", run: ["meltano", "invoke", "tap-xero"] }]);
    expect(readEnvironment({ ...production, SINGER_TAPS }).providers.taps).toEqual(JSON.parse(SINGER_TAPS));
    expect(readEnvironment(production).providers.taps).toEqual([]);
    for (const wrong of ["{", `[{"id":"xero"}]`, "/nowhere/taps.json"]) {
      expect(problemsOf({ ...production, SINGER_TAPS: wrong }).names).toEqual(["SINGER_TAPS"]);
    }
  });

  test("everything that is wrong is told at once", () => {
    expect(problemsOf({ NODE_ENV: "production", PORT: "-1" }).names).toEqual([
      "PORT",
      "APP_ORIGIN",
      "SECRET_KEY",
      "ENCRYPTION_KEYS",
    ]);
  });

  test("http is accepted for this machine itself, so that the production build can be tried", () => {
    expect(problemsOf({ ...production, APP_ORIGIN: "http://127.0.0.1:8080" }).names).toEqual([]);
  });

  test("on Fly nothing but production starts, and nothing is made up", () => {
    const source = { ...production, FLY_APP_NAME: "tallybook", NODE_ENV: "development" };
    expect(problemsOf(source).names).toEqual(["NODE_ENV"]);
    expect(problemsOf({ ...source, SECRET_KEY: undefined }).names).toContain("SECRET_KEY");
  });

  test("in development the secrets are made once, for this folder, and only its owner may read them", () => {
    const source = { NODE_ENV: "development", DATA_DIR: emptyFolder() };
    const first = readEnvironment(source);
    const second = readEnvironment(source);
    const elsewhere = readEnvironment({ ...source, DATA_DIR: emptyFolder() });
    expect(second.secretKey).toBe(first.secretKey);
    expect(elsewhere.secretKey).not.toBe(first.secretKey);
    expect(statSync(join(source.DATA_DIR, "generated-secrets.json")).mode & 0o077).toBe(0);
    expect(first.databaseUrl).toBe(pathToFileURL(join(source.DATA_DIR, "tallybook.sqlite")).href);
    expect(first.appOrigin).toBe("http://localhost:3000");
  });

  test.each(["ledger 50%x", "a#b", "what?", "Büro & Söhne", "100%25"])(
    "a folder called %s is that folder",
    async (name) => {
      const DATA_DIR = join(emptyFolder(), name);
      const source = { NODE_ENV: "development", DATA_DIR };
      const asTyped = { ...source, DATABASE_URL: `file:${join(DATA_DIR, "ledger.sqlite")}` };
      expect([await openedFile(source), await openedFile(asTyped)]).toEqual([
        join(DATA_DIR, "tallybook.sqlite"),
        join(DATA_DIR, "ledger.sqlite"),
      ]);
    },
  );

  test.each([
    ["file:ledger#2.sqlite", resolve("ledger#2.sqlite")],
    ["file:./data/50%.sqlite", resolve("data/50%.sqlite")],
    ["file:///srv/two%20words/ledger.sqlite", "/srv/two words/ledger.sqlite"],
    ["file:/srv/two words/ledger.sqlite", "/srv/two words/ledger.sqlite"],
  ])("%s means %s", (DATABASE_URL, path) => {
    expect(fileURLToPath(readEnvironment({ ...production, DATABASE_URL }).databaseUrl)).toBe(path);
  });
});

/** The file that is there once the database of this environment has been opened. */
async function openedFile(source: Record<string, string>): Promise<string> {
  const { databaseUrl, dataDir } = readEnvironment(source);
  const database = await openDatabase({ url: databaseUrl, dataDir, log: { warn() {} } });
  await database.close();
  const file = fileURLToPath(databaseUrl);
  return existsSync(file) ? file : "nothing";
}
