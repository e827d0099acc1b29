/** A tap in the hands of the engine: its streams, its secrets, and what it says is gone. */
import { afterEach, describe, expect, test } from "vitest";
import { type SingerStandIn, startSinger } from "../../../sandbox/singer/singer";
import { subjects } from "~/composition.server";
import { connectionFor, connectionOf } from "~/features/connectors/access/connection.server";
import { openSecrets, sealSecrets } from "~/features/connectors/access/secrets.server";
import { type Provider } from "~/features/connectors/connector";
import { createConnector } from "~/features/connectors/create-connector.server";
import { type Connector, findConnector } from "~/features/connectors/find-connector.server";
import { findStreams } from "~/features/connectors/find-streams.server";
import { singerTap } from "~/features/connectors/providers/singer/singer";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { saveConnector } from "~/features/connectors/save-connector.server";
import { columnsToMap } from "~/features/connectors/set-up/columns-to-map";
import { usualSelection } from "~/features/connectors/set-up/offers";
import { streamsOf } from "~/features/connectors/streams-of";
import "~/features/connectors/tables";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { noProviders } from "~/platform/provider-settings.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { contactsOf, runOf } from "~/testing/given-syncs";

const { signal } = new AbortController();
const env = { appOrigin: "https://ledger.brandt.example", providers: noProviders };

let standIn: SingerStandIn;
afterEach(() => standIn.close());

async function made(engine: (typeof databases)[number]) {
  standIn = startSinger({ contacts: 10, companies: 6 });
  const scope = await given.scope(engine, "admin");
  const provider = singerTap(standIn.entry);
  const id = await createConnector(scope, provider, "The choir's register");
  await update(scope, id, { secrets: sealSecrets(scope, id, { api_key: standIn.apiKey }) });
  return { scope, provider, connector: await known(scope, id), providers: new Map([[provider.id, provider]]) };
}

async function known(scope: Scope, id: string): Promise<Connector> {
  const connector = await findConnector(scope, id);
  if (!connector) throw new Error("The connector is gone");
  return connector;
}

async function update(scope: Scope, id: string, set: Record<string, string | null>) {
  await scope.db
    .updateTable("connectors")
    .set(set)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
}

const reaching = (connector: Connector, provider: Provider) => ({ connector, provider, env, signal });

const foundOf = async (scope: Scope, connector: Connector, provider: Provider) =>
  findStreams(scope, connector.id, {
    provider,
    connection: await connectionFor(scope, reaching(connector, provider)),
  });

describe.each(databases)("a tap, on %s", (engine) => {
  test("has the streams that it was found to have, and those that are read stay known", async () => {
    const { scope, provider, connector } = await made(engine);
    expect(streamsOf(provider, connector)).toEqual([]);
    const old = { ...(await foundOf(scope, connector, provider))[0]!, id: "former-members" };
    expect(streamsOf(provider, await known(scope, connector.id)).map(({ id }) => id)).toEqual([
      ...["members", "companies", "main-suppliers"],
    ]);
    const selection = JSON.stringify({ "former-members": { fields: ["id"], start: null } });
    await update(scope, connector.id, { streams: JSON.stringify([old, { ...old, id: "never-read" }]), selection });
    const found = await foundOf(scope, connector, provider);
    expect(found.map(({ id }) => id)).toEqual(["members", "companies", "main-suppliers", "former-members"]);
    expect(streamsOf(provider, await known(scope, connector.id))).toEqual(found);
  });

  test("hands a new token back, which is sealed and used from then on, unless somebody has disconnected meanwhile", async () => {
    const { scope, provider, connector } = await made(engine);
    standIn.trouble.add("rewrite");
    standIn.publish();
    for (let times = 0; times < 3; times++) {
      await provider.test(await connectionFor(scope, reaching(await known(scope, connector.id), provider)));
    }
    const after = await known(scope, connector.id);
    expect(after.sealedSecrets).not.toContain("token-");
    expect(openSecrets(scope, after)).toMatchObject({
      api_key: standIn.apiKey,
      $written: expect.stringMatching("token-7"),
    });
    const rename = { provider, name: "The choir", typed: {}, version: 1 };
    expect(await saveConnector(scope, connector.id, rename)).toMatchObject({ ok: true });
    const renamed = await known(scope, connector.id);
    expect([renamed.name, openSecrets(scope, renamed)]).toEqual(["The choir", openSecrets(scope, after)]);
    await provider.test(await connectionFor(scope, reaching(renamed, provider)));

    const connection = await connectionFor(scope, reaching(after, provider));
    await update(scope, connector.id, { secrets: null });
    await connection.keep({ api_key: "another" });
    expect((await known(scope, connector.id)).sealedSecrets).toBeNull();
  });

  test.each([
    ["other settings", { trouble: "elsewhere" }],
    ["another key", { api_key: "another-key" }],
  ])("keeps nothing of a run for which somebody has entered %s meanwhile", async (_what, typed) => {
    const { scope, provider, connector } = await made(engine);
    const connection = await connectionFor(scope, reaching(connector, provider));
    const entered = { api_key: standIn.apiKey, ...typed };
    const change = { provider, name: "The choir", typed: entered, version: 1 };
    expect(await saveConnector(scope, connector.id, change)).toMatchObject({ ok: true });
    await connection.keep({ $written: JSON.stringify({ token: { was: null, now: "token-7" } }) });
    expect(openSecrets(scope, await known(scope, connector.id))).toEqual({ api_key: entered.api_key });
  });

  test("wants its key again with any other setting, and then begins anew with it", async () => {
    const { scope, provider, connector } = await made(engine);
    const kept = { api_key: standIn.apiKey, $written: JSON.stringify({ token: { was: null, now: "token-7" } }) };
    await update(scope, connector.id, { secrets: sealSecrets(scope, connector.id, kept) });
    const change = { provider, name: "The choir", typed: { trouble: "elsewhere" }, version: 1 };
    expect(await saveConnector(scope, connector.id, change)).toEqual({
      ...{ ok: false, reason: "settings" },
      errors: { api_key: ["Type it again: “What goes wrong” is another one, and it may be sent elsewhere."] },
    });
    expect(openSecrets(scope, await known(scope, connector.id))).toEqual(kept);
    const again = { ...change, typed: { trouble: "elsewhere", api_key: "another-key" } };
    expect(await saveConnector(scope, connector.id, again)).toMatchObject({ ok: true });
    expect(openSecrets(scope, await known(scope, connector.id))).toEqual({ api_key: "another-key" });
  });

  test("has lists of companies, where somebody says so", async () => {
    const { scope, provider, connector, providers } = await made(engine);
    await foundOf(scope, connector, provider);
    const columns = [{ id: "name", label: "Name" }];
    await update(scope, connector.id, {
      state: "on",
      selection: JSON.stringify({ companies: { fields: ["id", "name"], start: null, kind: "companies" } }),
      mapping: JSON.stringify({ companies: { columns, fields: ["name"] } }),
    });
    const doors = {
      providers,
      connect: (scope: Scope, id: string, signal: AbortSignal) => connectionOf(scope, id, { providers, env, signal }),
      grantEnded: () => Promise.reject(new Error("Nothing has ended")),
    };
    const started = await startSync(scope, connector.id, { mode: "whole", doors });
    await continueSync(scope, started.ok ? started.runId : "", { subjects, doors, signal });
    const contacts = await scope.db
      .selectFrom("contacts")
      .select(["kind", "company"])
      .where("account_id", "=", scope.account.id)
      .execute();
    expect(new Set(contacts.map(({ kind }) => kind))).toEqual(new Set(["business"]));
    expect(contacts.map(({ company }) => company).sort()).toEqual([...standIn.companies].sort());
  });

  test("reads a list that is called after companies as companies, unless somebody says otherwise", async () => {
    const { scope, provider, connector } = await made(engine);
    const streams = await foundOf(scope, connector, provider);
    const connection = await connectionFor(scope, reaching(connector, provider));
    const offers = { companies: await provider.discover(connection, "companies") };
    const usual = usualSelection(streams, offers);
    expect(Object.entries(usual).map(([id, { kind }]) => [id, kind])).toEqual([
      ["members", undefined],
      ["companies", "companies"],
      ["main-suppliers", "companies"],
    ]);
    const stream = streams.find(({ id }) => id === "companies")!;
    const subject = await subjectFor(scope, subjects.contacts!);
    const nameGoesTo = (kind?: string) => {
      const companies = { ...usual.companies!, kind };
      const setUp = { selection: { companies }, mapping: {}, confirmed: {} };
      const mapping = { setUp, offers, provider: provider.name, fields: subject.fields, cells: [], asked: null };
      return columnsToMap(scope, stream, mapping).columns.find(({ id }) => id === "name")?.field;
    };
    expect([nameGoesTo("companies"), nameGoesTo("people"), nameGoesTo()]).toEqual(["company", "name", "name"]);
  });

  test("that says it has sent everything takes back what it has not sent", async () => {
    const { scope, provider, connector, providers } = await made(engine);
    await foundOf(scope, connector, provider);
    const columns = [{ id: "name", label: "Name" }];
    await update(scope, connector.id, {
      state: "on",
      selection: JSON.stringify({ "main-suppliers": { fields: ["id", "name"], start: null } }),
      mapping: JSON.stringify({ "main-suppliers": { columns, fields: ["company"] } }),
    });
    const doors = {
      providers,
      connect: (scope: Scope, id: string, signal: AbortSignal) => connectionOf(scope, id, { providers, env, signal }),
    };
    const run = async () => {
      const started = await startSync(scope, connector.id, { mode: "whole", doors });
      if (!started.ok) throw new Error(started.reason);
      await continueSync(scope, started.runId, { subjects, doors, signal });
      return runOf(scope, started.runId);
    };
    expect(await run()).toMatchObject({ state: "done", counts: { created: 6 } });
    const gone = standIn.suppliers.pop();
    standIn.publish();
    expect(await run()).toMatchObject({ state: "done", connector: { gone: 1 } });
    const contacts = await contactsOf(scope);
    expect(contacts.filter(({ isArchived }) => isArchived).map(({ name }) => name)).toEqual([gone]);
  });
});
