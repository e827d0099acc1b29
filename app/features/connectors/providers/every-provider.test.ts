/**
 * Every provider goes its whole way from Connect to a run after somebody has connected it again, by what the pages of the
 * wizard call, against what stands in for it. Each run ends with a receipt that adds up.
 *
 * Steps that do not exist for a provider: agreeing, for Odoo, WooCommerce, taps, and one way each to Shopify and GA4, which
 * people connect by a key (and again by one); merges, for Google, Microsoft, Pipedrive, taps, shops and analytics, whose answers
 * tell of none; a cursor that runs out, for Odoo and taps, which are asked for what was changed since a time that is good for
 * ever. Odoo tells of no merge, either: the one that was absorbed is gone. The changes of Pipedrive and of shops do not tell what
 * is gone, so that only their next whole reading does.
 */
import { afterEach, describe, expect, test } from "vitest";
import { connectorDoors, connectorReach, subjects } from "~/composition.server";
import { beginConnecting, finishConnecting } from "~/features/connectors/access/connect.server";
import { isOAuth, type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { spendRequest } from "~/features/connectors/access/oauth-requests.server";
import { testConnection } from "~/features/connectors/access/test-connection.server";
import { type Provider, type Settings } from "~/features/connectors/connector";
import { syncRules } from "~/features/connectors/connector-settings";
import { createConnector } from "~/features/connectors/create-connector.server";
import { findWholeConnector } from "~/features/connectors/find-whole-connector.server";
import { findConnector } from "~/features/connectors/find-connector.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { saveConnector } from "~/features/connectors/save-connector.server";
import { chooseFields } from "~/features/connectors/set-up/choose-fields.server";
import { columnsToMap } from "~/features/connectors/set-up/columns-to-map";
import { findSetUp, isConnected } from "~/features/connectors/set-up/find-set-up.server";
import { lookUpOffers } from "~/features/connectors/set-up/look-up-offers.server";
import { usualSelection } from "~/features/connectors/set-up/offers";
import { readExamples } from "~/features/connectors/set-up/read-examples.server";
import { saveMapping, subjectOf } from "~/features/connectors/set-up/save-mapping.server";
import { saveSyncRules } from "~/features/connectors/set-up/save-sync-rules.server";
import { switchOn } from "~/features/connectors/set-up/switch-on.server";
import { continueSourceTrial } from "~/features/connectors/set-up/trial/continue-source-trial.server";
import { askForSourceTrial } from "~/features/connectors/set-up/trial/source-trials.server";
import { judgeSettings } from "~/features/connectors/settings-form";
import { streamsOf } from "~/features/connectors/streams-of";
import "~/features/connectors/tables";
import "~/features/reconciliation/records/tables";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, HOUR_MS } from "~/platform/time";
import { agree } from "~/testing/agree";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { installationOf } from "~/testing/given-connectors";
import { contactsOf, runOf, type Synced } from "~/testing/given-syncs";
import { CHANGED_VALUE, CONTACTS, standIns, type StoodIn } from "~/testing/stood-in";

const { signal } = new AbortController();

const open: StoodIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

/** A connector on its way, and all it is reached with. */
interface Way {
  scope: Scope;
  standIn: StoodIn;
  provider: Provider;
  connectorId: string;
}

async function begun(engine: (typeof databases)[number], name: string): Promise<Way> {
  const standIn = await standIns[name]!();
  open.push(standIn);
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  standIn.setTime(scope.clock.now());
  const provider = connectorDoors(standIn.env).providers.get(standIn.provider)!;
  return { scope, standIn, provider, connectorId: await made(scope, provider, standIn.typed ?? {}) };
}

function made(scope: Scope, provider: Provider, typed: Settings): Promise<string> {
  const judged = judgeSettings(provider, typed);
  if (!judged.ok) throw new Error(JSON.stringify(judged.errors));
  return createConnector(scope, provider, `${provider.name} of the office`, judged);
}

const known = async ({ scope, connectorId }: Way) => (await findConnector(scope, connectorId))!;
const setUpOf = async ({ scope, connectorId }: Way) => (await findSetUp(scope, connectorId))!;

/** Somebody agrees, or types the key in. */
async function connect(way: Way): Promise<void> {
  const { scope, standIn, provider } = way;
  if (isOAuth(provider)) return agreeAt(way, provider);
  const { name, id } = await known(way);
  const { version } = await setUpOf(way);
  const saved = await saveConnector(scope, id, { provider, name, typed: standIn.typed ?? {}, version });
  expect(saved).toMatchObject({ ok: true });
  const reaching = { connector: await known(way), provider, env: standIn.env, signal };
  expect(await testConnection(scope, reaching)).toBeNull();
}

async function agreeAt(way: Way, provider: OAuthProvider): Promise<void> {
  const { scope, standIn } = way;
  const reaching = { connector: await known(way), provider, env: standIn.env, signal };
  const held = { sessionId: newId() };
  const going = await beginConnecting(scope, { ...reaching, holder: held });
  if (!going.ok) throw new Error(going.reason);
  const callback = await agree(going.address);
  const state = callback.searchParams.get("state") ?? "";
  const spent = { provider: provider.id, state, linkToken: null, ...held };
  const request = (await spendRequest(installationOf(scope), spent))!;
  const back = { ...reaching, request, callback, linkToken: null };
  expect(await finishConnecting(installationOf(scope), scope, back)).toMatchObject({ ok: true, anotherAccount: false });
}

/** What it has to read is asked for, and what is usual of that chosen. */
async function chooseUsual(way: Way): Promise<void> {
  const { scope, standIn, connectorId } = way;
  const setUp = await setUpOf(way);
  expect(isConnected(setUp, way.provider)).toBe(true);
  const looking = { setUp, provider: way.provider, reach: connectorReach(standIn.env), signal };
  const { offers, provider, problem } = await lookUpOffers(scope, looking);
  if (!offers) throw new Error(problem?.words);
  const chosen = usualSelection(provider.streams, offers);
  const choice = { chosen, version: setUp.version, offers, doors: connectorDoors(standIn.env) };
  expect(await chooseFields(scope, connectorId, choice)).toEqual({ ok: true, isErasing: false });
}

/** Columns go where they are thought to, by the provider's documents, their names and the first values; somebody saves it. */
async function mapAsThought(way: Way): Promise<void> {
  const { scope, standIn, connectorId } = way;
  const setUp = await setUpOf(way);
  const looking = { setUp, provider: way.provider, reach: connectorReach(standIn.env), signal };
  const { offers } = await lookUpOffers(scope, looking);
  const streams = streamsOf(way.provider, setUp.connector);
  const wanted = new Map(Object.entries(setUp.selection).map(([id, { fields }]) => [id, fields]));
  const { cells, problem } = await readExamples(scope, looking, wanted);
  expect(problem).toBeNull();
  const mapping: Record<string, { columns: { id: string; label: string }[]; fields: string[] }> = {};
  for (const stream of streams) {
    const { fields } = await subjectOf(scope, subjects, stream.subject);
    const shown = { setUp, offers: offers!, provider: way.provider.name, fields, asked: null };
    const { columns } = columnsToMap(scope, stream, { ...shown, cells: cells.get(stream.id) ?? [] });
    mapping[stream.id] = {
      columns: columns.map(({ id, label }) => ({ id, label })),
      fields: columns.map(({ field }) => field),
    };
  }
  const saving = { version: setUp.version, mapping, streams, subjects, mayAddFields: true };
  expect(await saveMapping(scope, connectorId, saving)).toEqual({ ok: true });
}

async function tryOut(way: Way): Promise<void> {
  const { scope, standIn, connectorId } = way;
  const doors = connectorDoors(standIn.env);
  const { version } = await setUpOf(way);
  expect(await saveSyncRules(scope, connectorId, { rules: syncRules.parse({}), version })).toEqual({ ok: true });
  expect(await askForSourceTrial(scope, connectorId, doors)).toEqual({ ok: true });
  await continueSourceTrial(scope, connectorId, { subjects, doors, signal });
  const { trial } = await setUpOf(way);
  expect(trial).toMatchObject({ state: "done", problem: null });
  const wouldAdd = (trial?.result ?? []).reduce((sum, { counts }) => sum + counts.created, 0);
  expect(wouldAdd).toBeGreaterThanOrEqual(CONTACTS);
  expect(await saying(way, "")).toBe(0);
}

/** How many of what is here say a word; of transactions, how many have the value that somebody has changed one to. */
async function saying({ scope, standIn: { subject } }: Way, word: string): Promise<number> {
  if (subject === "contacts") return (await contactsOf(scope)).filter(({ name }) => name.includes(word)).length;
  if (subject === "orders") {
    const rows = await scope.db
      .selectFrom("orders")
      .select("payment_method")
      .where("account_id", "=", scope.account.id)
      .execute();
    return rows.filter(({ payment_method: method }) => method?.includes(word)).length;
  }
  const rows = await scope.db
    .selectFrom("transactions")
    .select("value_minor")
    .where("account_id", "=", scope.account.id)
    .execute();
  return rows.filter(({ value_minor: value }) => word === "" || value === BigInt(CHANGED_VALUE) * 100n).length;
}

async function carriedOut({ scope, standIn }: Way, runId: string): Promise<Synced> {
  await continueSync(scope, runId, { subjects, doors: connectorDoors(standIn.env), signal });
  return runOf(scope, runId);
}

function later({ scope, standIn }: Way, ms: number): void {
  (scope.clock as TestClock).advance(ms);
  standIn.setTime(scope.clock.now());
}

async function synced(way: Way): Promise<Synced> {
  later(way, HOUR_MS);
  const started = await startSync(way.scope, way.connectorId, { doors: connectorDoors(way.standIn.env) });
  if (!started.ok) throw new Error(started.reason);
  return carriedOut(way, started.runId);
}

/** Every record that was read is one of the others, and what the source says it has was read and is there. */
function addsUp({ state, problem, counts, connector }: Synced): void {
  const { read, created, changed, same, refused } = counts;
  expect([state, problem, refused]).toEqual(["done", null, 0]);
  expect(created + changed + same + refused).toBe(read);
  if (connector?.mode === "whole" && connector.said !== null) expect(connector.said).toBe(read);
}

async function switchedOn(way: Way): Promise<Synced> {
  await connect(way);
  await chooseUsual(way);
  await mapAsThought(way);
  await tryOut(way);
  const on = await switchOn(way.scope, way.connectorId, { doors: connectorDoors(way.standIn.env) });
  if (!on.ok || on.runId === null) throw new Error(JSON.stringify(on));
  return carriedOut(way, on.runId);
}

/** What a comparison goes by was asked when it was connected. */
async function saidOfItself({ scope, connectorId, standIn: { subject } }: Way): Promise<void> {
  const { facts } = (await findWholeConnector(scope, connectorId))!;
  if (subject === "contacts") expect(facts).toBeNull();
  else expect(facts).toMatchObject({ currency: "EUR", daysShown: null });
}

async function working({ scope }: Way): Promise<number> {
  const related = await scope.db
    .selectFrom("relationships")
    .select(["type", "id"])
    .where("account_id", "=", scope.account.id)
    .execute();
  return related.filter(({ type }) => type === "works-for").length;
}

describe.each(databases)("on %s", (engine) => {
  test.each(Object.keys(standIns))("%s goes its whole way", async (name) => {
    const way = await begun(engine, name);
    const { standIn } = way;
    const first = await switchedOn(way);
    addsUp(first);
    expect(first.connector?.mode).toBe("whole");
    expect(first.counts.created).toBeGreaterThanOrEqual(CONTACTS);
    expect(await working(way)).toBe(standIn.working);

    await saidOfItself(way);

    const same = await synced(way);
    addsUp(same);
    expect(same).toMatchObject({ counts: { created: 0, changed: 0 }, connector: { mode: "changes", gone: 0 } });

    later(way, HOUR_MS);
    standIn.change(3, "Größl-Adebayo");
    standIn.remove(5);
    const changed = await synced(way);
    addsUp(changed);
    expect(changed).toMatchObject({ counts: { changed: 1 }, connector: { gone: standIn.tellsGone ? 1 : 0 } });
    expect(await saying(way, "Größl-Adebayo")).toBe(1);

    if (standIn.merge) {
      standIn.merge({ keep: 7, absorb: 8 });
      const merged = await synced(way);
      addsUp(merged);
      expect(merged.connector?.gone).toBe(1);
    }

    later(way, 100 * DAY_MS);
    standIn.expire?.();
    const lately = standIn.add?.() ?? 4;
    standIn.remove(10);
    const expired = await synced(way);
    addsUp(expired);
    expect(expired.connector?.gone).toBe(standIn.tellsGone ? 1 : 2);
    expect(/All (contacts|people|orders|transactions) are read anew/.test(expired.log.join("\n"))).toBe(
      standIn.expire !== undefined,
    );

    standIn.revoke();
    const revoked = await synced(way);
    expect(revoked.state).toBe("failed");
    expect(revoked.problem).toMatch(/connect(ed)? (it )?again|enter a new (one|key)/i);
    expect(await known(way)).toMatchObject({ state: "needs-reconnecting" });

    standIn.restore();
    await connect(way);
    expect(await known(way)).toMatchObject({ state: "on" });
    standIn.change(lately, "Größl-Okafor");
    const again = await synced(way);
    addsUp(again);
    expect(again.counts.changed).toBe(1);
  });

  test("a lead of Salesforce that does not want emails and was converted leaves its contact without, too", async () => {
    const way = await begun(engine, "Salesforce");
    addsUp(await switchedOn(way));
    const marked = async () => {
      const marks = way.scope.db
        .selectFrom("do_not_contact_marks")
        .innerJoin("source_records", (join) =>
          join
            .onRef("source_records.account_id", "=", "do_not_contact_marks.account_id")
            .onRef("source_records.subject_id", "=", "do_not_contact_marks.contact_id"),
        );
      const rows = await marks
        .select(["source_records.stream", "do_not_contact_marks.channel"])
        .where("do_not_contact_marks.account_id", "=", way.scope.account.id)
        .where("source_records.gone_at", "is", null)
        .execute();
      return rows.map(({ stream, channel }) => `${stream} ${channel}`);
    };
    expect(await marked()).toEqual(["leads email"]);
    later(way, HOUR_MS);
    way.standIn.convert?.({ lead: 3, contact: 30 });
    const converted = await synced(way);
    addsUp(converted);
    expect(converted.connector?.gone).toBe(1);
    expect(await marked()).toEqual(["contacts email"]);
  });
});
