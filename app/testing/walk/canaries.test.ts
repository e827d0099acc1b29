/**
 * Goes once through all that people do, with words that are found again, and looks for them where none belongs: in the
 * log, in jobs, in audit events; and for secrets in every table.
 */
import { type LoaderFunctionArgs } from "@remix-run/node";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jobFiles } from "../../../jobs/job-files";
import { tasks } from "../../../jobs/catalogue";
import { verifyChain } from "~/features/audit/audit.server";
import { accountScope, theSystem } from "~/features/accounts/account-scope.server";
import { listAccounts } from "~/features/accounts/accounts.server";
import { offerSetUp } from "~/features/sign-in/set-up.server";
import { installationScope } from "~/http/scope.server";
import { newId } from "~/platform/ids.server";
import { keptError, performerOf } from "~/platform/queue/perform.server";
import { type InstallationScope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { type TestClock, testClock } from "~/testing/given";
import { codeNow } from "~/testing/given-sign-in";
import { type Answer, formFrom, type Site, startSite } from "~/testing/site";
import { type SiteRoute, wholeSite } from "~/testing/site-map";
import { type TableRows, tableRows } from "~/testing/table-rows";
import { uploadFrom } from "~/testing/walk/house";

const password = "canary sings four songs";
const words = {
  password,
  wrongPassword: "magpie sings four songs",
  email: "folasade.canary@quillfeather.example",
  person: "Folasade Canarybird",
  givenName: "Xanthippe",
  familyName: "Quillfeather",
  company: "Zymurgy Holdings",
  contactEmail: "xanthippe@canary.example",
  contactPhone: "020 7946 0182",
  e164: "442079460182",
  notes: "owes us a cuckoo clock",
  tag: "zymurgist",
  search: "cuckooing",
  imported: "Peregrine",
  importedEmail: "peregrine@canary.example",
  fileName: "zymurgy-clients.csv",
};

/** A statement that the database refuses, with all that somebody typed in it. Postgres repeats the whole row. */
function refusedStatement(scope: InstallationScope): Promise<unknown> {
  return sql`insert into contacts (account_id, id, kind, name, email, phone, notes, name_key)
    values (${newId()}, ${newId()}, 'no such kind', ${words.givenName}, ${words.contactEmail}, ${words.contactPhone},
    ${words.notes}, null)`.execute(scope.database.unguarded);
}

const broken: SiteRoute = {
  id: "routes/broken",
  parentId: "root",
  path: "broken",
  module: { loader: ({ context }: LoaderFunctionArgs) => refusedStatement(installationScope(context)) },
};

describe.each(databases)("on %s", (engine) => {
  let site: Site;
  let clock: TestClock;
  let scope: InstallationScope;
  const secrets = new Set<string>([words.password, words.wrongPassword]);
  const jobErrors: string[] = [];
  let rows: TableRows;

  const cookies = new Map<string, string>();
  function keep(answer: Answer): Answer {
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
      if (value && name !== "__Host-flash") remember(value);
    }
    return answer;
  }
  /** What the browser holds, and the token in it. */
  function remember(value: string): void {
    const signed = decodeURIComponent(value);
    secrets.add(value).add(signed);
    const token: unknown = JSON.parse(Buffer.from(signed.split(".", 1)[0] ?? "", "base64").toString() || '""');
    if (typeof token === "string" && token) secrets.add(token);
  }
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const get = async (path: string) => keep(await site.ask(path, { headers: { cookie: cookie() } }));
  async function post(path: string, fields: Record<string, string> | ReturnType<typeof formFrom> = {}) {
    const form = "method" in fields ? fields : formFrom(site.origin, new URLSearchParams(fields as never).toString());
    return keep(await site.ask(path, { ...form, headers: { ...(form.headers as object), cookie: cookie() } }));
  }
  const goOn = (answer: Answer) => {
    expect(answer.status, answer.text.slice(0, 2_000)).toBe(303);
    return answer.headers.location ?? "";
  };

  async function firstRun(): Promise<string> {
    const code = (await offerSetUp(scope, site.origin)) ?? "";
    const form = { firm: words.company, country: "GB", name: words.person, email: words.email };
    await post("/set-up", { ...form, code: "wrong", password });
    goOn(await post("/set-up", { ...form, code, password }));
    const page = (await get("/sign-in/authenticator")).text;
    const secret = (/>([A-Z2-7 ]{32,60})</.exec(page)?.[1] ?? "").replaceAll(" ", "");
    expect(secret).toHaveLength(32);
    secrets.add(secret);
    await post("/sign-in/authenticator", { code: "000000" });
    goOn(await post("/sign-in/authenticator", { code: codeNow(scope, secret) }));
    clock.advance(MINUTE_MS);
    return secret;
  }

  async function signInAgain(secret: string): Promise<void> {
    const codes = [...(await get("/person/recovery-codes")).text.matchAll(/\b(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}\b/g)];
    expect(codes).toHaveLength(10);
    for (const [code] of codes) secrets.add(code).add(code.replaceAll("-", ""));
    await post("/person/recovery-codes");
    await post("/person/password", { password: words.wrongPassword, code: "000000", newPassword: words.wrongPassword });
    await post("/sign-out");
    await post("/sign-in", { email: words.email, password: words.wrongPassword });
    await post("/sign-in", { email: words.email, password });
    await post("/sign-in/code", { code: "000000" });
    goOn(await post("/sign-in/recovery", { code: codes[0]?.[0] ?? "" }));
    await post("/sign-out");
    await post("/sign-in", { email: words.email, password });
    goOn(await post("/sign-in/code", { code: codeNow(scope, secret) }));
  }

  async function workOnContacts(slug: string): Promise<void> {
    const fields = {
      kind: "individual",
      givenName: words.givenName,
      familyName: words.familyName,
      company: words.company,
      "emails[0].value": words.contactEmail,
      "phones[0].value": words.contactPhone,
      notes: words.notes,
      tags: words.tag,
    };
    expect((await post(`/${slug}/contacts/new`, { ...fields, "emails[0].value": `${words.search}@@` })).status).toBe(
      422,
    );
    const page = goOn(await post(`/${slug}/contacts/new`, fields));
    expect((await get(page)).text).toContain(words.notes);
    goOn(await post(`${page}/edit`, { ...fields, version: "1", jobTitle: words.tag }));
    await post(`${page}/edit`, { ...fields, version: "0", jobTitle: words.search });
    await get(`/${slug}/contacts?q=${words.search}`);
    await get(`/${slug}/contacts/${words.search}?back=/${words.search}`);
    goOn(await post(`${page}/archival`));
    await get(`/${words.search}/nowhere/at/all`);
    expect((await get("/broken")).status).toBe(500);
  }

  async function importList(slug: string): Promise<void> {
    const csv = `Given name,Email\n${words.imported},${words.importedEmail}\n${words.imported},${words.search}@@\n`;
    const columns = goOn(await post(`/${slug}/contacts/import`, uploadFrom(site, csv)));
    await get(columns);
    const run = columns.replace(/\/columns$/, "");
    await get(goOn(await post(`${run}/trial`)));
    const started = goOn(await post(`${run}/start`));
    const accountId = (await listAccounts(scope))[0]?.id ?? "";
    const job = { id: "1", task: "run_import", payload: { accountId, runId: run.split("/").at(-1) }, attempts: 1 };
    const fails = {
      ...jobFiles,
      run_import: (_payload: never, context: InstallationScope) => refusedStatement(context),
    };
    for (const jobs of [fails, jobFiles]) {
      const outcome = await performerOf(site.world, tasks, jobs as never).perform({ ...job, maxAttempts: 8 });
      if (outcome.kind === "failed") jobErrors.push(outcome.lastError);
    }
    expect((await get(started)).text).toContain(words.fileName);
    expect((await get(`${run}/refused-rows.csv`)).text).toContain(words.search);
  }

  beforeAll(async () => {
    clock = testClock();
    site = await startSite({ routes: [...(await wholeSite()), broken], engine, clock });
    scope = installationScope({ ...site.world, requestId: newId(), address: "192.0.2.99" });
    const secret = await firstRun();
    await signInAgain(secret);
    const slug = (await listAccounts(scope))[0]?.slug ?? "";
    await workOnContacts(slug);
    await importList(slug);
    rows = await tableRows(site.world.database);
  });
  afterAll(() => site.close());

  const canaries = () => [...Object.values(words), ...secrets];

  function expectNoneIn(text: string): void {
    for (const canary of canaries()) expect(text.toLowerCase().includes(canary.toLowerCase()), canary).toBe(false);
  }

  test("the log names nobody and holds no secret", () => {
    const messages = site.lines.map(({ msg }) => msg);
    for (const said of ["A request failed", "Job failed and is tried again", "Job done", "Signed out"]) {
      expect(messages).toContain(said);
    }
    // The slug is made of the firm's name, and tells what everybody may see in an address.
    expectNoneIn(JSON.stringify(site.lines));
  });

  test("a job is ids, and its error says nothing of what it was about", () => {
    const table = engine === "sqlite" ? "jobs" : "graphile_worker._private_jobs";
    expect(rows[table]).toHaveLength(1);
    expect(jobErrors).toHaveLength(1);
    expectNoneIn(JSON.stringify([rows[table], jobErrors]));
  });

  test("what is kept of a statement's error is not what was in the statement", async () => {
    const error: unknown = await refusedStatement(scope).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Error);
    expectNoneIn(keptError(error));
  });

  test("the audit tells who did what to which id, and nothing about them", async () => {
    expect(rows.audit_events?.length).toBeGreaterThan(6);
    expectNoneIn(JSON.stringify(rows.audit_events));
    const [account] = await scope.db.selectFrom("accounts").select(["account_id"]).execute();
    const own = { id: account?.account_id ?? "" } as Parameters<typeof accountScope>[1];
    expect(await verifyChain(accountScope(scope, own, theSystem))).toMatchObject({ ok: true });
  });

  test("no table holds a password, a token, a secret or a recovery code as it was given", () => {
    const all = JSON.stringify(rows);
    for (const secret of secrets) expect(all.includes(secret), secret).toBe(false);
    expect(secrets.size).toBeGreaterThan(25);
  });
});
