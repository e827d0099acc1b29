/** The facts that the two Fly shapes, the image and the start command must keep to. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (file: string) => readFileSync(file, "utf8");
/** Without comments, so that a word in one is no fact. */
const facts = (file: string) => read(file).replace(/^\s*#.*$/gm, "");

describe("fly.toml, one machine on SQLite", () => {
  const toml = facts("fly.toml");
  test("has one volume, no process groups, no release command, and migrates at boot", () => {
    expect(toml.match(/^\[\[mounts\]\]$/gm)).toHaveLength(1);
    expect(toml).toMatch(/^\s*destination = "\/data"$/m);
    expect(toml).toMatch(/^\s*DATA_DIR = "\/data"$/m);
    expect(toml).not.toMatch(/^\[processes\]$/m);
    expect(toml).not.toContain("release_command");
    expect(toml).not.toContain("DATABASE_URL");
  });
});

describe("fly.postgres.toml, several machines", () => {
  const toml = facts("fly.postgres.toml");
  test("has web and worker apart, a release command that migrates, and no volume", () => {
    expect(toml).toMatch(/^\s*web = "node .*build\/server\.js web"$/m);
    expect(toml).toMatch(/^\s*worker = "node .*build\/server\.js worker"$/m);
    expect(toml).toMatch(/^\s*release_command = "node .*build\/migrate\.js"$/m);
    expect(toml).not.toContain("mounts");
    expect(existsSync("scripts/migrate.ts")).toBe(true);
  });
});

describe.each(["fly.toml", "fly.postgres.toml"])("%s", (file) => {
  const toml = facts(file);
  test("stops by SIGTERM with 60 s to do so, and never by itself", () => {
    expect(toml).toMatch(/^kill_signal = "SIGTERM"$/m);
    expect(toml).toMatch(/^kill_timeout = 60$/m);
    expect(toml).toMatch(/^\s*auto_stop_machines = "off"$/m);
  });

  test("is production over https, and holds no secret", () => {
    expect(toml).toMatch(/^\s*NODE_ENV = "production"$/m);
    expect(toml).toMatch(/^\s*force_https = true$/m);
    expect(toml).not.toMatch(/SECRET_KEY|ENCRYPTION_KEYS|postgres:\/\//);
  });
});

describe("the image", () => {
  const steps = facts("Dockerfile");
  test("runs as nobody special, behind a process 1 that buries the dead, without development packages", () => {
    expect(steps.match(/^FROM /gm)?.length).toBeGreaterThan(1);
    expect(steps).toMatch(/^RUN npm ci --omit=dev$/m);
    expect(steps).toMatch(/^USER node$/m);
    expect(steps).toMatch(/^ENTRYPOINT \["tini", "--"\]$/m);
    expect(steps.lastIndexOf("USER node")).toBeGreaterThan(steps.lastIndexOf("FROM "));
    expect(steps).toMatch(/^CMD \["node", .*"build\/server\.js"\]$/m);
  });

  test("leaves secrets, data and other people's packages out", () => {
    expect(read(".dockerignore").split("\n")).toEqual(expect.arrayContaining([".env", "data", "node_modules", ".git"]));
  });
});

test("`npm start` becomes the program itself, so that signals reach it", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  expect(scripts.start).toBe("NODE_ENV=production exec node --enable-source-maps build/server.js");
});

test("the build machine runs the README's test command", () => {
  const run = read(".ci/run").split("\n");
  expect(run.slice(run.indexOf("npm ci"))).toEqual(["npm ci", "npm test", ""]);
  expect(read("README.md")).toContain("npm ci && npm test ");
});
