import { afterEach, describe, expect, test } from "vitest";
import { listPlacesOf } from "~/features/accounts/members.server";
import { findPendingSignIn } from "~/features/sign-in/pending.server";
import { type FirstRun, offerSetUp, setUpInstallation } from "~/features/sign-in/set-up.server";
import { createLog } from "~/platform/log.server";
import { type InstallationScope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases, openTestDatabase, type TestDatabase } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { goodPassword, whileHashing } from "~/testing/given-sign-in";

const form: Omit<FirstRun, "code"> = {
  account: {
    name: "Brandt Holzbau GmbH",
    slug: "brandt-holzbau",
    colour: 3,
    timeZone: "Europe/Berlin",
    locale: "de-DE",
    currency: "EUR",
    phoneCountry: "DE",
  },
  name: "Greta Brandt",
  email: "greta@brandt.example",
  password: goodPassword,
};

describe.each(databases)("the first run on %s", (engine) => {
  let database: TestDatabase | null = null;
  afterEach(async () => database?.close());

  async function emptyInstallation() {
    database = await openTestDatabase(engine);
    const lines: string[] = [];
    const clock = testClock();
    const log = createLog({ destination: { write: (line: string) => void lines.push(line) } });
    const scope = await given.installation(engine, { database, clock, log });
    return { scope, clock, lines, code: (await offerSetUp(scope, "https://books.example")) ?? "" };
  }

  const countUsers = async (scope: InstallationScope) =>
    (await scope.db.selectFrom("users").select("id").execute()).length;

  test("the code in the log makes the operator, the account and the place in it, and leads to the second factor", async () => {
    const { scope, lines, code } = await emptyInstallation();
    expect(lines.join("")).toContain(code);
    const done = await setUpInstallation(scope, { ...form, code: code.toLowerCase() });
    if (!done.ok) throw new Error(done.reason);
    const pending = await findPendingSignIn(scope, done.pendingToken);
    expect(pending).toMatchObject({ user: { email: form.email }, hasSecondFactor: false, returnTo: "/brandt-holzbau" });
    expect(await listPlacesOf(scope, pending?.user.id ?? "")).toMatchObject([
      { account: { slug: "brandt-holzbau", currency: "EUR" }, role: "admin" },
    ]);
    expect(lines.join("")).not.toContain(form.password);
  });

  test.each(["warn", "error", "silent"] as const)("the code is written at log level %s too", async (level) => {
    const { clock } = await emptyInstallation();
    const lines: string[] = [];
    const log = createLog({ level, destination: { write: (line: string) => void lines.push(line) } });
    const scope = await given.installation(engine, { database: database ?? undefined, clock, log });
    const code = await offerSetUp(scope, "https://books.example");
    expect(/"setUpCode":"([^"]+)"/.exec(lines.join(""))?.[1]).toBe(code);
  });

  test("while too many passwords are being checked the code stays good", async () => {
    const { scope, code } = await emptyInstallation();
    const first = await whileHashing(scope, () => setUpInstallation(scope, { ...form, code }));
    expect(first).toEqual({ ok: false, reason: "busy", retryAfterSeconds: 5 });
    expect(await countUsers(scope)).toBe(0);
    expect(await setUpInstallation(scope, { ...form, code })).toMatchObject({ ok: true });
  });

  test("a wrong, old or used code does nothing", async () => {
    const { scope, clock, code } = await emptyInstallation();
    for (const wrong of ["", "0000-0000-0000-0000-0000-0000", code.slice(0, -1)]) {
      expect(await setUpInstallation(scope, { ...form, code: wrong })).toEqual({ ok: false, reason: "wrong-code" });
    }
    clock.advance(7 * DAY_MS);
    expect(await setUpInstallation(scope, { ...form, code })).toEqual({ ok: false, reason: "wrong-code" });
    expect(await countUsers(scope)).toBe(0);
    const fresh = await offerSetUp(scope, "https://books.example");
    expect(await setUpInstallation(scope, { ...form, code: fresh ?? "" })).toMatchObject({ ok: true });
    expect(await setUpInstallation(scope, { ...form, code: fresh ?? "" })).toEqual({
      ok: false,
      reason: "already-set-up",
    });
  });

  test("of several people with good codes at the same moment one is first", async () => {
    const { scope, code } = await emptyInstallation();
    const second = (await offerSetUp(scope, "https://books.example")) ?? "";
    const all = await Promise.all(
      [code, second, code].map((code, i) =>
        setUpInstallation(scope, {
          ...form,
          code,
          email: `greta${i}@brandt.example`,
          account: { ...form.account, slug: `brandt-${i}` },
        }),
      ),
    );
    expect(all.filter((result) => result.ok)).toHaveLength(1);
    expect(await countUsers(scope)).toBe(1);
  });

  test("a refused form leaves the code good", async () => {
    const { scope, code } = await emptyInstallation();
    expect(await setUpInstallation(scope, { ...form, code, password: "too short" })).toEqual({
      ok: false,
      reason: "password",
      problem: "too-short",
    });
    const reserved = { ...form.account, slug: "sign-in" };
    expect(await setUpInstallation(scope, { ...form, code, account: reserved })).toMatchObject({
      reason: "slug-reserved",
    });
    expect(await setUpInstallation(scope, { ...form, code })).toMatchObject({ ok: true });
  });

  test("where somebody is set up already, no code is offered", async () => {
    const { scope, code } = await emptyInstallation();
    await setUpInstallation(scope, { ...form, code });
    expect(await offerSetUp(scope, "https://books.example")).toBeNull();
  });
});
