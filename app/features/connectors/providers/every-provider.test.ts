/** Every provider, read by the engine from what stands in for it: each run ends with a receipt that adds up. */
import { afterEach, describe, expect, test } from "vitest";
import { startGoogle } from "../../../../sandbox/google/google";
import { startHubSpot } from "../../../../sandbox/hubspot/hubspot";
import { startMicrosoft } from "../../../../sandbox/microsoft/microsoft";
import { startOdoo } from "../../../../sandbox/odoo/odoo";
import { startPipedrive } from "../../../../sandbox/pipedrive/pipedrive";
import { startSalesforce } from "../../../../sandbox/salesforce/salesforce";
import { startSinger } from "../../../../sandbox/singer/singer";
import { type Switchboard } from "../../../../sandbox/frame/trouble";
import { subjects } from "~/composition.server";
import { type Provider } from "~/features/connectors/connector";
import { google } from "~/features/connectors/providers/google/google";
import { hubspot } from "~/features/connectors/providers/hubspot/hubspot";
import { microsoft } from "~/features/connectors/providers/microsoft/microsoft";
import { odoo } from "~/features/connectors/providers/odoo/odoo";
import { pipedrive } from "~/features/connectors/providers/pipedrive/pipedrive";
import { salesforce } from "~/features/connectors/providers/salesforce/salesforce";
import { singerTap } from "~/features/connectors/providers/singer/singer";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { type Doors } from "~/features/connectors/runs/doors";
import { startSync, type SyncMode } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, HOUR_MS } from "~/platform/time";
import { connectTo } from "~/testing/connect-to";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { runOf } from "~/testing/given-syncs";

interface StoodIn {
  provider: Provider;
  /** How it is reached. */
  means: Parameters<typeof connectTo>[0];
  trouble: Pick<Switchboard, "on">;
  /** What time it is there. */
  setTime(instant: string): void;
  change(key: number, family: string): void;
  remove(key: number): void;
  /** Null: it knows no merging. */
  merge: ((pair: { keep: number; absorb: number }) => void) | null;
  /** How many belong to a company. */
  working?: number;
  /** Changes do not tell what is gone: only a whole reading does. */
  tellsGone?: false;
  /** Where columns go that no documents of the provider's tell of. */
  goes?: Readonly<Record<string, string>>;
  /** Makes a contact of a lead who does not want any emails. Null: it knows no leads. */
  convert?: (pair: { lead: number; contact: number }) => void;
  close(): Promise<void>;
}

const CONTACTS = 120;

const standIns: Record<string, () => Promise<StoodIn>> = {
  google: async () => {
    const { url, world, trouble, close } = await startGoogle({ contacts: CONTACTS });
    return { ...{ provider: google, means: { bases: { people: url } }, trouble, close, merge: null }, ...doing(world) };
  },
  microsoft: async () => {
    const { url, world, trouble, close } = await startMicrosoft({ contacts: CONTACTS });
    return {
      ...{ provider: microsoft, means: { bases: { graph: url } }, trouble, close, merge: null },
      ...doing(world),
    };
  },
  hubspot: async () => {
    const { url, contacts, companies, trouble, close } = await startHubSpot({ contacts: CONTACTS, companies: 10 });
    const actions = doing(contacts);
    return {
      ...{ working: 90 + 3, provider: hubspot, means: { bases: { api: url } }, trouble, close, ...actions },
      merge: (pair) => contacts.merge(pair),
      setTime: (instant) => {
        companies.stoppedAt = instant;
        actions.setTime(instant);
      },
    };
  },
  salesforce: async () => {
    const standIn = await startSalesforce({ contacts: CONTACTS, leads: 20, accounts: 10 });
    const { url, contacts, leads, trouble, setTime, close } = standIn;
    leads.change(3, { more: { HasOptedOutOfEmail: true } });
    return {
      ...{ provider: salesforce, means: { bases: {}, extras: { instance_url: url } }, trouble, close },
      ...{ ...doing(contacts), setTime, merge: (pair) => contacts.merge(pair), working: 90 },
      convert: ({ lead, contact }) => standIn.convert(lead, contact),
    };
  },
  pipedrive: async () => {
    const { url, persons, trouble, close } = await startPipedrive({ contacts: CONTACTS, companies: 10 });
    const reached = { provider: pipedrive, means: { bases: {}, extras: { api_domain: url } }, trouble, close };
    return { ...reached, ...doing(persons), merge: null, working: 90, tellsGone: false };
  },
  tap: () => {
    const { entry, apiKey, world, trouble, publish, close } = startSinger({ contacts: CONTACTS });
    const actions = doing(world);
    const published =
      <Given extends unknown[]>(act: (...given: Given) => void) =>
      (...given: Given) => {
        act(...given);
        publish();
      };
    return Promise.resolve({
      ...{ provider: singerTap(entry), close, merge: null, means: { bases: {}, secrets: { api_key: apiKey } } },
      trouble: { on: published(() => void trouble.add("expired")) },
      setTime: published(actions.setTime),
      change: published(actions.change),
      remove: published(actions.remove),
      goes: {
        ...{ given_name: "givenName", family_name: "familyName", email: "email", phones: "phone", company: "company" },
        ...{ "address.street": "street", "address.city": "city", "address.postcode": "postalCode" },
        ...{ "address.country": "country", name: "company" },
      },
    });
  },
  "odoo 17": () => odooOf(17),
  "odoo 19": () => odooOf(19),
};

/** Nothing of theirs runs out: what was deleted is found by asking for what is known. */
const lasting = /^odoo/;

async function odooOf(version: 17 | 19): Promise<StoodIn> {
  const { url, partners, contactKey, access, trouble, close } = await startOdoo({ version, contacts: CONTACTS });
  const { database, user, key } = access;
  return {
    provider: odoo,
    means: { bases: {}, settings: { address: url, database, user }, secrets: { key } },
    ...{ trouble, close, working: 90 },
    setTime: (instant) => void (partners.stoppedAt = instant),
    change: (key, family) => partners.change(contactKey(key), { name: `Folasade ${family}` }),
    remove: (key) => partners.remove(contactKey(key)),
    // Nothing tells that it was one: the other is gone, as if it were deleted.
    merge: ({ keep, absorb }) => partners.merge({ keep: contactKey(keep), absorb: contactKey(absorb) }),
  };
}

interface Doable {
  stoppedAt: string | null;
  change(key: number, patch: { family: string }): void;
  remove(...keys: number[]): void;
}

function doing(world: Doable) {
  return {
    setTime: (instant: string) => void (world.stoppedAt = instant),
    change: (key: number, family: string) => world.change(key, { family }),
    remove: (key: number) => world.remove(key),
  };
}

const open: StoodIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

interface Standing {
  scope: Scope;
  standIn: StoodIn;
  connectorId: string;
  doors: Doors;
  ended: string[];
}

/** Connected, with what is usually read, mapped as the provider's own documents say. */
async function standing(engine: (typeof databases)[number], name: string): Promise<Standing> {
  const standIn = await standIns[name]!();
  open.push(standIn);
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const { provider, means, goes = {} } = standIn;
  const ended: string[] = [];
  const doors: Doors = {
    providers: new Map([[provider.id, provider]]),
    connect: (scope, _id, signal) => Promise.resolve({ ...connectTo(means), signal, now: () => scope.clock.now() }),
    grantEnded: (_scope, _id, why) => Promise.resolve(void ended.push(why)),
  };
  const connectorId = newId();
  const selection: Record<string, object> = {};
  const mapping: Record<string, object> = {};
  const connection = connectTo(means);
  const found = (await provider.findStreams?.(connection)) ?? null;
  for (const { id } of found ?? provider.streams) {
    const fields = (await provider.discover(connection, id)).filter(({ usual, always }) => usual || always);
    const columns = fields.flatMap(({ columns }) => columns);
    selection[id] = { fields: fields.map(({ id }) => id), start: null };
    mapping[id] = {
      columns: columns.map(({ id, label }) => ({ id, label })),
      fields: columns.map(({ id, goesTo = goes[id] ?? "" }) => goesTo),
    };
  }
  const now = scope.clock.now();
  await scope.db
    .insertInto("connectors")
    .values({
      ...{ account_id: scope.account.id, id: connectorId, provider: provider.id, name: provider.name, state: "on" },
      ...{ settings: "{}", secrets: null, whose: null, cursors: "{}", schedule: "{}", rules: "{}" },
      streams: found && JSON.stringify(found),
      ...{ selection: JSON.stringify(selection), mapping: JSON.stringify(mapping) },
      ...{ next_run_at: null, whole_next: null, asking: null, created_at: now, created_by: null },
      ...{ changed_at: now, deleted_at: null, deleted_by: null },
    })
    .execute();
  return { scope, standIn, connectorId, doors, ended };
}

async function synced({ scope, standIn, connectorId, doors }: Standing, mode?: SyncMode) {
  (scope.clock as TestClock).advance(HOUR_MS);
  standIn.setTime(scope.clock.now());
  const started = await startSync(scope, connectorId, { mode, doors });
  if (!started.ok) throw new Error(started.reason);
  await continueSync(scope, started.runId, { subjects, doors, signal: new AbortController().signal });
  return runOf(scope, started.runId);
}

async function later({ scope, standIn }: Standing, ms: number) {
  (scope.clock as TestClock).advance(ms);
  standIn.setTime(scope.clock.now());
}

describe.each(databases)("on %s", (engine) => {
  test.each(Object.keys(standIns))("%s goes its whole way", async (name) => {
    const all = await standing(engine, name);
    const { standIn } = all;
    await later(all, 0);
    const first = await synced(all);
    expect(first).toMatchObject({ state: "done", counts: { refused: 0 }, problem: null, connector: { mode: "whole" } });
    expect(first.counts.created).toBeGreaterThanOrEqual(CONTACTS);

    const related = await all.scope.db
      .selectFrom("relationships")
      .select(["type", "id"])
      .where("account_id", "=", all.scope.account.id)
      .execute();
    expect(related.filter(({ type }) => type === "works-for").length).toBe(standIn.working ?? 0);

    const same = await synced(all);
    expect(same).toMatchObject({
      state: "done",
      counts: { created: 0, changed: 0 },
      connector: { mode: "changes", gone: 0 },
    });

    await later(all, HOUR_MS);
    standIn.change(3, "Größl-Adebayo");
    standIn.remove(5);
    const changed = await synced(all);
    expect(changed).toMatchObject({
      state: "done",
      counts: { changed: 1 },
      connector: { gone: standIn.tellsGone === false ? 0 : 1 },
    });
    expect(changed.problem).toBeNull();

    if (standIn.merge) {
      standIn.merge({ keep: 7, absorb: 8 });
      const merged = await synced(all);
      expect(merged).toMatchObject({ state: "done", connector: { gone: 1 }, problem: null });
    }

    await later(all, 100 * DAY_MS);
    if (name === "microsoft") standIn.trouble.on("expired-cursor", { times: 1 });
    standIn.remove(10);
    const expired = await synced(all);
    // What a tap says it has read until is good for ever.
    if (name !== "tap" && !lasting.test(name))
      expect(expired.log.join("\n")).toMatch(/All (contacts|people) are read anew/);
    const gone = standIn.tellsGone === false ? 2 : 1;
    expect(expired).toMatchObject({ state: "done", connector: { gone }, problem: null });

    standIn.trouble.on("revoked");
    const revoked = await synced(all);
    expect(all.ended).toHaveLength(1);
    expect(revoked.state).not.toBe("done");
    expect(revoked.log.join("\n")).toMatch(/connect it again|enter a new one/i);
  });

  test("a lead of Salesforce that does not want emails and was converted leaves its contact without, too", async () => {
    const all = await standing(engine, "salesforce");
    await later(all, 0);
    await synced(all);
    const marked = async () => {
      const marks = all.scope.db
        .selectFrom("do_not_contact_marks")
        .innerJoin("source_records", (join) =>
          join
            .onRef("source_records.account_id", "=", "do_not_contact_marks.account_id")
            .onRef("source_records.subject_id", "=", "do_not_contact_marks.contact_id"),
        );
      const rows = await marks
        .select(["source_records.stream", "do_not_contact_marks.channel"])
        .where("do_not_contact_marks.account_id", "=", all.scope.account.id)
        .where("source_records.gone_at", "is", null)
        .execute();
      return rows.map(({ stream, channel }) => `${stream} ${channel}`);
    };
    expect(await marked()).toEqual(["leads email"]);
    await later(all, HOUR_MS);
    all.standIn.convert?.({ lead: 3, contact: 30 });
    expect(await synced(all)).toMatchObject({ state: "done", connector: { gone: 1 }, problem: null });
    expect(await marked()).toEqual(["contacts email"]);
  });
});
