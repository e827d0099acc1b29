/**
 * Workers that read a connector are killed with −9 before any of their statements, in whatever transaction: what is there
 * in the end is what is there without a kill, and the receipt is the same. `SYNC_ROUNDS=50` for the long test.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HubSpotStandIn, startHubSpot } from "../../../../sandbox/hubspot/hubspot";
import { subjects } from "~/composition.server";
import { hubspot } from "~/features/connectors/providers/hubspot/hubspot";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync, type SyncMode } from "~/features/connectors/runs/start-sync.server";
import { type Scope } from "~/platform/scope.server";
import { HOUR_MS } from "~/platform/time";
import { connectUsually } from "~/testing/connect-usually";
import { countingHandle } from "~/testing/count-statements";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { contactsOf, runOf } from "~/testing/given-syncs";
import { hubspotDoors } from "~/testing/hubspot-doors";

const ROUNDS = Number(process.env.SYNC_ROUNDS ?? 1);
const PEOPLE = 230;
const COMPANIES = 20;

/** Numbers from 0 to below 1 that a seed makes (Park and Miller). */
function numbersOf(seed: number): () => number {
  let state = (seed * 48_271 + 11) % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe.each(databases)("a run killed on %s", (engine) => {
  let source: HubSpotStandIn;
  beforeEach(async () => {
    source = await startHubSpot({ contacts: PEOPLE, companies: COMPANIES });
  });
  afterEach(() => source.close());

  async function firm(clock: TestClock) {
    const scope = await given.scope(engine, "admin", { clock });
    const doors = hubspotDoors(source.url);
    const connection = await doors.connect(scope, "", new AbortController().signal);
    return { scope, doors, connectorId: await connectUsually(scope, hubspot, connection) };
  }
  type Firm = Awaited<ReturnType<typeof firm>>;

  async function started({ scope, connectorId, doors }: Firm, mode: SyncMode): Promise<string> {
    const run = await startSync(scope, connectorId, { mode, doors });
    if (!run.ok) throw new Error(run.reason);
    return run.runId;
  }

  const finish = (scope: Scope, { doors }: Firm, runId: string) =>
    continueSync(scope, runId, { subjects, doors, signal: new AbortController().signal });

  /** Without a kill. @returns how many statements it took. */
  async function whole(firm: Firm, mode: SyncMode) {
    const runId = await started(firm, mode);
    let statements = 0;
    const db = countingHandle(firm.scope.db, () => (statements += 1));
    await finish({ ...firm.scope, db }, firm, runId);
    return { statements, run: await runOf(firm.scope, runId) };
  }

  async function killed(firm: Firm, mode: SyncMode, statements: readonly number[]) {
    const runId = await started(firm, mode);
    for (const statement of statements) await killAt(firm.scope, runId, statement);
    await finish(firm.scope, firm, runId);
    return runOf(firm.scope, runId);
  }

  async function killAt({ database, account, clock }: Scope, runId: string, statement: number) {
    const facts = [database.url, database.appRole, account.id, runId, source.url, clock.now(), String(statement)];
    const child = spawn(process.execPath, ["--import", "tsx", "app/testing/sync-to-kill.ts", ...facts], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    if (signal !== "SIGKILL") expect(code).toBe(0);
  }

  /** By names of its own only: ids differ. */
  async function whatIsThere({ scope, connectorId }: Firm) {
    const records = await scope.db
      .selectFrom("source_records")
      .select(["stream", "remote_id", "state", "gone_why"])
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", connectorId)
      .orderBy("stream")
      .orderBy("remote_id")
      .execute();
    const count = async (table: "raw_records" | "contact_records" | "relationships" | "refused_rows") => {
      const counted = scope.db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as("count"));
      return Number((await counted.where("account_id", "=", scope.account.id).executeTakeFirstOrThrow()).count);
    };
    return {
      records,
      contacts: await contactsOf(scope),
      raw: await count("raw_records"),
      canonical: await count("contact_records"),
      relationships: await count("relationships"),
    };
  }

  const receipt = ({ state, problem, counts, connector }: Awaited<ReturnType<typeof runOf>>) => ({
    ...{ state, problem, counts },
    gone: connector?.gone,
    stored: connector?.stored,
  });

  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);

  test.each(rounds)(
    "ends as if nothing had been, seed %i",
    async (round) => {
      const random = numbersOf(round + 1);
      const clock = testClock();
      const [spared, hit] = [await firm(clock), await firm(clock)];
      const some = (statements: number, times: number) =>
        Array.from({ length: times }, () => 1 + Math.floor(random() * statements));
      const both = async (mode: SyncMode, times: number) => {
        clock.advance(HOUR_MS);
        source.contacts.stoppedAt = source.companies.stoppedAt = clock.now();
        const { run, statements } = await whole(spared, mode);
        const other = await killed(hit, mode, some(statements, times));
        expect(receipt(other)).toEqual(receipt(run));
        expect(await whatIsThere(hit)).toEqual(await whatIsThere(spared));
      };
      await both("whole", 2);
      clock.advance(HOUR_MS);
      source.contacts.stoppedAt = clock.now();
      for (let key = 1; key <= 12; key += 1) source.contacts.change(key, { family: `Größl-Adebayo ${round}` });
      source.contacts.remove(13, 14);
      source.contacts.merge({ keep: 15, absorb: 16 });
      await both("changes", 1);
      await both("whole", 1);
    },
    180_000,
  );
});
