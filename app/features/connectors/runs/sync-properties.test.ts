/** What holds of runs of connectors whatever happens at the source, and wherever a worker dies. */
import fc from "fast-check";
import { type KyselyPlugin } from "kysely";
import { describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync, type SyncMode } from "~/features/connectors/runs/start-sync.server";
import "~/features/contacts/tables";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { connected, runOf, synced } from "~/testing/given-syncs";
import { undoneWholly } from "~/testing/given-undo";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

/** What somebody does at the source. Of people there are few, so that it hits the same ones again. */
type Deed =
  | { kind: "put"; who: number; email: number; notes: string; firm: number | null }
  | { kind: "blank" | "spoil" | "remove" | "rename"; who: number }
  | { kind: "merge"; who: number; into: number }
  | { kind: "firm"; which: number; name: string };

const who = fc.integer({ min: 0, max: 7 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      who,
      email: fc.integer({ min: 0, max: 9 }),
      notes: fc.constantFrom("", "Sings alto", "Moved to York", "Prefers letters"),
      firm: fc.option(fc.integer({ min: 0, max: 2 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("blank", "spoil", "remove", "rename"), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("merge" as const), who, into: who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("firm" as const),
      which: fc.integer({ min: 0, max: 2 }),
      name: fc.constantFrom("Brandt Holzbau GmbH", "Müller & Söhne", "Adebayo Ceramics"),
    }),
  },
);

interface Day {
  deeds: Deed[];
  mode: SyncMode;
}

const days = fc.array(
  fc.record({ deeds: fc.array(deed, { minLength: 1, maxLength: 8 }), mode: fc.constantFrom("changes", "whole") }),
  { minLength: 1, maxLength: 3 },
) as fc.Arbitrary<Day[]>;

/** The same firm twice does the same: names are given out in order. `ownEmails`: nobody takes over another's. */
function office({ ownEmails }: { ownEmails: boolean }) {
  const system = smallSystem();
  system.pageSize = 2;
  const names = new Map<number, string>();
  let renames = 0;
  const nameOf = (person: number) => names.get(person) ?? `p${person}`;
  const facts = (person: number) => ({
    given: "Folasade",
    family: `Adebayo ${person}`,
    mobile: `020 7946 00${10 + person}`,
  });
  const emailOf = (who: number, email: number) => `f.${ownEmails ? `${who}.${email % 2}` : email}@adebayo.example`;
  const there = new Set<number>();
  const acts: { [Kind in Deed["kind"]]: (deed: Extract<Deed, { kind: Kind }>) => void } = {
    put({ who, email, notes, firm }) {
      there.add(who);
      const said = { ...facts(who), email: emailOf(who, email), notes };
      system.put("people", nameOf(who), firm === null ? said : { ...said, worksFor: `c${firm}` });
    },
    blank: ({ who }) => there.has(who) && system.put("people", nameOf(who), facts(who)),
    spoil: ({ who }) => there.has(who) && system.put("people", nameOf(who), { ...facts(who), email: "at home" }),
    remove({ who }) {
      if (!there.delete(who)) return;
      system.remove("people", nameOf(who));
      // What comes under that number next is another record.
      names.set(who, `q${who}-${++renames}`);
    },
    rename({ who }) {
      if (!there.has(who)) return;
      const to = `r${who}-${++renames}`;
      system.rename("people", nameOf(who), to);
      names.set(who, to);
    },
    merge({ who, into }) {
      if (who === into || !there.has(who) || !there.has(into)) return;
      there.delete(who);
      system.remove("people", nameOf(who), nameOf(into));
      names.set(who, `q${who}-${++renames}`);
    },
    firm: ({ which, name }) => system.put("companies", `c${which}`, { name: `${name} ${which}` }),
  };
  return {
    system,
    act: (deeds: readonly Deed[]) => deeds.forEach((one) => (acts[one.kind] as (deed: Deed) => void)(one)),
  };
}

/** Nobody is asked: that has its own tests. */
const boldRules = { askShare: 100, askAtLeast: 10_000 };

async function firmWith(engine: (typeof databases)[number], { ownEmails = false } = {}) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  return { scope, ...office({ ownEmails }), connectorId: await connected(scope, { rules: boldRules }) };
}

/** What people see, and how the records of the source stand, without ids and times. */
async function whatIsThere(scope: Scope, { history = true } = {}) {
  const contacts = await scope.db
    .selectFrom("contacts")
    .select(["id", "name", "kind", "email", "phone", "notes", "company", "archived_at"])
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "is", null)
    .execute();
  const nameOf = new Map(contacts.map(({ id, name, email }) => [id, `${name} ${email ?? ""}`]));
  const points = scope.db.selectFrom("contact_points").select(["contact_id", "channel", "value"]);
  const related = scope.db.selectFrom("relationships").select(["from_contact_id", "to_contact_id", "type"]);
  const sources = scope.db.selectFrom("source_records").select(["stream", "remote_id", "state", "became"]);
  const own = <Row extends object>(rows: Row[]) => rows.map((row) => JSON.stringify(row)).sort();
  const mine = { contacts: [] as string[] };
  mine.contacts = own(contacts.map(({ id: _, archived_at, ...row }) => ({ ...row, isArchived: archived_at !== null })));
  const at = scope.account.id;
  return {
    ...mine,
    points: own(
      (await points.where("account_id", "=", at).execute()).flatMap(({ contact_id: id, ...row }) =>
        nameOf.has(id) ? [{ ...row, of: nameOf.get(id) }] : [],
      ),
    ),
    related: own(
      (await related.where("account_id", "=", at).execute()).map(({ from_contact_id, to_contact_id, type }) => [
        nameOf.get(from_contact_id),
        type,
        nameOf.get(to_contact_id),
      ]),
    ),
    sources: history ? own(await sources.where("account_id", "=", at).execute()) : [],
  };
}

/** Dies at a statement: what its transaction had written is gone. */
function dyingAt(statement: number): KyselyPlugin {
  let count = 0;
  return {
    transformQuery({ node }) {
      if (++count === statement) throw new Error("killed");
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
}

/** A run whose workers die at these statements, one after the other, until one comes to the end. */
async function syncedWithDeaths(
  scope: Scope,
  connectorId: string,
  { system, mode, deaths }: { system: SmallSystem; mode: SyncMode; deaths: readonly number[] },
) {
  (scope.clock as TestClock).advance(MINUTE_MS);
  const started = await startSync(scope, connectorId, { mode, doors: system.doors });
  if (!started.ok) throw new Error(started.reason);
  const work = (scope: Scope) =>
    continueSync(scope, started.runId, { subjects, doors: system.doors, signal: new AbortController().signal });
  let died = 0;
  for (const statement of deaths) {
    try {
      await work({ ...scope, db: scope.db.withPlugin(dyingAt(statement)) });
      break;
    } catch (error) {
      if (!(error instanceof Error) || error.message !== "killed") throw error;
      died++;
    }
  }
  await work(scope);
  return { ...(await runOf(scope, started.runId)), died };
}

describe.each(databases)("runs of a connector on %s", (engine) => {
  const settings = { numRuns: engine === "sqlite" ? 25 : 8, seed: 611 };

  test("done twice do what one does", { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(days, async (life) => {
      const { scope, system, act, connectorId } = await firmWith(engine);
      for (const { deeds, mode } of life) {
        act(deeds);
        const once = await synced(scope, connectorId, system, { mode });
        expect([once.state === "failed", once.problem]).toEqual([false, null]);
        const before = await whatIsThere(scope);
        for (const again of ["whole", "changes"] as const) {
          const twice = await synced(scope, connectorId, system, { mode: again });
          expect(twice.counts).toMatchObject({ created: 0, changed: 0 });
          expect(twice.connector).toMatchObject({ gone: 0, held: 0 });
          expect(await whatIsThere(scope)).toEqual(before);
        }
      }
    });
    await fc.assert(property, settings);
  });

  test("that die wherever it may be end as if they had not", { timeout: 240_000 }, async () => {
    let died = 0;
    const deaths = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 2, maxLength: 6 });
    const property = fc.asyncProperty(days, deaths, async (life, schedule) => {
      const [calm, dying] = [await firmWith(engine), await firmWith(engine)];
      for (const { deeds, mode } of life) {
        for (const { act } of [calm, dying]) act(deeds);
        const wanted = await synced(calm.scope, calm.connectorId, calm.system, { mode });
        const run = await syncedWithDeaths(dying.scope, dying.connectorId, {
          ...{ system: dying.system, mode, deaths: schedule },
        });
        died += run.died;
        expect(run.counts).toEqual(wanted.counts);
        expect({ ...run.connector, id: null }).toEqual({ ...wanted.connector, id: null });
        expect(run.state).toBe(wanted.state);
        expect(await whatIsThere(dying.scope)).toEqual(await whatIsThere(calm.scope));
      }
    });
    await fc.assert(property, { ...settings, numRuns: engine === "sqlite" ? 25 : 8 });
    expect(died).toBeGreaterThan(10);
  });

  // Where somebody new has an email that another one gives up, it is told by their order whether they are one, as in a file.
  test("come to the same in whatever order and pages the source shows its records", { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(days, fc.integer({ min: 1, max: 5 }), async (life, pageSize) => {
      const ownEmails = true;
      const [usual, other] = [await firmWith(engine, { ownEmails }), await firmWith(engine, { ownEmails })];
      other.system.pageSize = pageSize;
      other.system.order = (ids) => [...ids].reverse();
      for (const { deeds, mode } of life) {
        for (const { act, scope, connectorId, system } of [usual, other]) {
          act(deeds);
          await synced(scope, connectorId, system, { mode });
        }
      }
      expect(await whatIsThere(other.scope)).toEqual(await whatIsThere(usual.scope));
    });
    await fc.assert(property, settings);
  });

  test("are undone without a trace, the last first", { timeout: 240_000 }, async () => {
    const property = fc.asyncProperty(days, async (life) => {
      const { scope, system, act, connectorId } = await firmWith(engine);
      const done: { changeSetId: string; before: object }[] = [];
      for (const { deeds, mode } of life) {
        const before = await whatIsThere(scope, { history: false });
        act(deeds);
        const { changeSetId } = await synced(scope, connectorId, system, { mode });
        if (changeSetId !== null) done.push({ changeSetId, before });
      }
      for (const { changeSetId, before } of done.reverse()) {
        expect((await undoneWholly(scope, changeSetId)).left).toEqual([]);
        expect(await whatIsThere(scope, { history: false })).toEqual(before);
      }
    });
    await fc.assert(property, settings);
  });
});
