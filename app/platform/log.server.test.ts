import { describe, expect, test } from "vitest";
import { createLog, type LogFields } from "~/platform/log.server";

/** A log whose lines are kept. */
function keptLog() {
  const lines: string[] = [];
  const log = createLog({ level: "debug", destination: { write: (line: string) => void lines.push(line) } });
  return {
    log,
    lines,
    text: () => lines.join(""),
    last: () => JSON.parse(lines.at(-1) ?? "{}") as Record<string, never>,
  };
}

const canaries = {
  password: "canary-password-4711",
  cookie: "canary-cookie-4711",
  email: "folasade.adebayo@example.com",
  databasePassword: "canary-db-4711",
};

describe("the log", () => {
  test("writes a time, a level, the sentence and the fields", () => {
    const kept = keptLog();
    kept.log.info({ requestId: "r1", status: 200, durationMs: 12 }, "Request answered");
    expect(kept.last()).toMatchObject({ level: "info", requestId: "r1", status: 200, durationMs: 12 });
    expect(kept.last()).toMatchObject({ msg: "Request answered" });
    expect(kept.text()).toMatch(/"time":"\d{4}-\d\d-\d\dT/);
  });

  test.each(["warn", "error", "silent"] as const)("announces at level %s too, and nothing else", (level) => {
    const lines: string[] = [];
    const log = createLog({ level, destination: { write: (line: string) => void lines.push(line) } });
    log.child({ process: "web" }).announce({ setUpCode: "7Q4K" }, "Nobody is set up yet");
    log.info("Serving");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: "info", process: "web", setUpCode: "7Q4K", msg: "Nobody is set up yet" },
    ]);
  });

  test("writes only fields that are allowed, at any depth and in any case", () => {
    const kept = keptLog();
    const sloppy = {
      password: canaries.password,
      Password: canaries.password,
      Cookie: canaries.cookie,
      body: { a: { b: { c: canaries.password } } },
      path: { nested: canaries.password },
      names: [canaries.email, { password: canaries.password }],
    } as unknown as LogFields;
    kept.log.error(sloppy, "Something happened");
    kept.log.child(sloppy).info("and again");
    for (const canary of Object.values(canaries)) expect(kept.text()).not.toContain(canary);
  });

  test("takes credentials and email addresses out of texts", () => {
    const kept = keptLog();
    kept.log.warn(`no answer from postgres://app:${canaries.databasePassword}@db.internal/tally`);
    kept.log.warn({ reason: `mail to ${canaries.email} failed`, path: `/x?token=${canaries.cookie}` }, "Refused");
    kept.log.warn({ reason: `Authorization: Bearer ${canaries.cookie}` }, "Refused");
    for (const canary of Object.values(canaries)) expect(kept.text()).not.toContain(canary);
    expect(kept.text()).toContain("db.internal/tally");
  });

  test("drops the message of database, HTTP and parse errors and keeps their code and place", () => {
    const kept = keptLog();
    const database = Object.assign(new Error(`Key (email)=(${canaries.email}) already exists ${canaries.password}`), {
      severity: "ERROR",
      code: "23505",
      constraint: "users_email",
      detail: canaries.password,
    });
    const sqlite = Object.assign(new Error(canaries.password), { code: "SQLITE_CONSTRAINT_UNIQUE" });
    const http = Object.assign(new Error(canaries.password), { status: 401, response: { data: canaries.cookie } });
    const wrapped = new Error("Could not save", { cause: database });
    let parse: unknown;
    try {
      JSON.parse(`{"a": ${canaries.password}`);
    } catch (error) {
      parse = error;
    }
    for (const error of [database, sqlite, http, wrapped, parse]) kept.log.error({ error }, "Failed");
    for (const canary of Object.values(canaries)) expect(kept.text()).not.toContain(canary);
    expect(kept.text()).toContain("23505");
    expect(kept.text()).toContain("users_email");
    expect(kept.text()).toContain("SQLITE_CONSTRAINT_UNIQUE");
    expect(kept.text()).toContain("Could not save");
    expect(kept.text()).toContain("log.server.test.ts");
  });

  test("a line break in a value can not forge a second line", () => {
    const kept = keptLog();
    kept.log.info({ path: '/x\n{"level":"fatal"}' }, "Request answered");
    expect(kept.text().trim().split("\n")).toHaveLength(1);
  });
});
