/** From canonical rows to stored findings, beside bare reading of those rows and bare writing of those findings. */
import { fillShop } from "./fill-shop";
import { type Bench, figure, timed } from "./measure";
import { answerOfChild, type Peak, watchPeak } from "./peak";
import { openBenchWorld, openFirm } from "./site";
import { carryOut } from "~/features/reconciliation/runs/carry-out.server";
import { type Figures } from "~/features/reconciliation/figures/kept-figures";
import { startComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { createReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

const READ_AT_ONCE = 2_000;
const WRITTEN_AT_ONCE = 4_000;

interface Told extends Peak {
  oursMs: number;
  readingMs: number;
  writingMs: number;
  findings: number;
}

export const reconcileStored: Bench = async ({ quick, database, say }) => {
  const { installation, world, close } = await openBenchWorld({ database });
  try {
    const scope = await openFirm(installation);
    const count = quick ? 20_000 : 1_000_000;
    say(`Filling ${database} with ${count.toLocaleString("en-GB")} orders …`);
    const expected = await fillShop(scope, count);
    // The second stands for what is written bare.
    const runIds = [await askedFor(scope), await askedFor(scope)] as const;
    const child = new URL("./reconcile-child.ts", import.meta.url);
    const told = await answerOfChild<Told>(child, [world.env.databaseUrl, scope.account.id, ...runIds]);
    const counted = await countsOf(scope, runIds[0]);
    if (JSON.stringify(counted) !== JSON.stringify(expected)) throw new Error(`Counted ${JSON.stringify(counted)}`);
    const { oursMs, readingMs, writingMs, peakMb, idleMb, findings } = told;
    const [ours, reading, writing, idle] = [oursMs, readingMs, writingMs, idleMb].map(Math.round);
    say(`${ours} ms; reading bare ${reading} ms, writing ${findings} findings bare ${writing} ms; idle ${idle} MB`);
    return {
      "reconcile.1m": figure(oursMs / (readingMs + writingMs), "× reading and writing the same", 3),
      "reconcile.1m.peak": figure(Math.round(peakMb), "MB resident at the most", 500),
    };
  } finally {
    await close();
  }
};

async function askedFor(scope: Scope): Promise<string> {
  const made = await createReconciliation(scope, {
    ...{ name: "A shop of a million orders", orderOrigins: ["file"], analyticsOrigin: "file" },
    settings: {
      ...{ timeZone: "Europe/Berlin", startDay: "2025-05-01", waitingHours: 0, basis: "total", scheme: null },
      idRules: { affixes: [], keepsLeadingZeros: true },
      tolerance: { absoluteMinor: 0, basisPoints: 0 },
      ...{ untrackedChannels: ["pos"], leavesOutZero: false },
    },
  });
  const started = made.ok ? await startComparison(scope, made.id, { lastDay: "2026-05-01" }) : made;
  if (!started.ok) throw new Error(started.reason);
  return started.runId;
}

async function countsOf(scope: Scope, runId: string) {
  const run = await scope.db
    .selectFrom("comparison_runs")
    .select(["figures", "problem"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirstOrThrow();
  if (run.figures === null) throw new Error(run.problem ?? "The comparison is not done");
  const { orders, rows } = fromJson<Figures>(run.figures);
  return {
    ...{ matched: orders.matched, mismatched: orders["value-mismatch"], missing: orders.missing },
    ...{ duplicate: rows.duplicate, unexpected: rows.unexpected },
  };
}

/** In the child. */
export async function measureStored(scope: Scope, [runId, bareRunId]: readonly [string, string]): Promise<Told> {
  // What was read once is nearer the second time: both have it so.
  await readBare(scope);
  const readingMs = await timed(() => readBare(scope));
  const world = { providers: new Map(), signal: new AbortController().signal };
  let oursMs = 0;
  const peak = await watchPeak(async () => {
    oursMs = await timed(() => carryOut(scope, runId, world));
  });
  const { findings, writingMs } = await writeBare(scope, runId, bareRunId);
  return { ...peak, oursMs, readingMs, writingMs, findings };
}

async function readBare(scope: Scope): Promise<void> {
  for (const [table, time] of [
    ["orders", "placed_at"],
    ["transactions", "day"],
  ] as const) {
    const when = time as "placed_at";
    let last: { id: string; placed_at: string } | undefined;
    do {
      const after = last;
      const rows = await scope.database.unguarded
        .selectFrom(table as "orders")
        .selectAll()
        .where("account_id", "=", scope.account.id)
        .where("origin", "=", "file")
        .$if(after !== undefined, (query) =>
          query.where((eb) => eb(eb.refTuple(when, "id"), ">", eb.tuple(after![when], after!.id))),
        )
        .orderBy(when)
        .orderBy("id")
        .limit(READ_AT_ONCE)
        .execute();
      last = rows.at(-1);
    } while (last);
  }
}

async function writeBare({ account, database }: Scope, runId: string, bareRunId: string) {
  const found = await database.unguarded
    .selectFrom("findings")
    .selectAll()
    .where("account_id", "=", account.id)
    .where("run_id", "=", runId)
    .orderBy("position")
    .execute();
  const rows = found.map((row) => ({ ...row, run_id: bareRunId }));
  const writingMs = await timed(async () => {
    for (let from = 0; from < rows.length; from += WRITTEN_AT_ONCE) {
      await database.unguarded.transaction().execute(async (db) => {
        for (const some of rowChunks(rows.slice(from, from + WRITTEN_AT_ONCE))) {
          await db.insertInto("findings").values(some).execute();
        }
      });
    }
  });
  return { findings: rows.length, writingMs };
}
