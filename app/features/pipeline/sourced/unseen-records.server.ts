import { isTrusted, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { nothingSeen, unseenNumbers } from "~/features/pipeline/sourced/seen";
import {
  isNumbered,
  type OfStream,
  recordsOf,
  type SourceRecordRow,
} from "~/features/pipeline/sourced/source-records.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Records that are to be looked at for whether they are gone: those that were not seen, or all there are. */

interface SeenOfStream extends OfStream {
  run: OfStream["run"] & Pick<SourcedRun, "seen">;
}

/** `after`: the number of the last one that was looked at. */
interface Behind {
  after: number;
  limit: number;
}

export interface LookedAt {
  rows: SourceRecordRow[];
  /** Behind which number it goes on; null: all were looked at. */
  after: number | null;
}

/** Of so many a statement asks at once whether they are there: what is gone has a number, too. */
const NUMBERS_AT_ONCE = 1_000;
/** And so many statements at a time: behind them may be years of what is gone, and somebody may want the run to stop. */
const STATEMENTS_AT_ONCE = 10;

/** Those that a whole reading has not seen, in the order of their numbers; what was known to be gone is left out. */
export async function listUnseen(scope: Scope, of: SeenOfStream, { after, limit }: Behind): Promise<LookedAt> {
  const { seen, last } = of.run.seen.get(of.streamId) ?? { seen: nothingSeen, last: 0 };
  const found: SourceRecordRow[] = [];
  let [asked, behind] = [0, after];
  for (const numbers of batches(unseenNumbers(seen, { after, last }), NUMBERS_AT_ONCE)) {
    if (asked === STATEMENTS_AT_ONCE) return { rows: found, after: behind };
    const rows = await recordsOf(scope, of)
      .where(isNumbered)
      .where("number", "in", numbers)
      .where("state", "!=", "going")
      .where((eb) =>
        of.run.undone.length === 0
          ? eb("gone_at", "is", null)
          : eb.or([eb("gone_at", "is", null), eb("changed_run_id", "in", of.run.undone)]),
      )
      .orderBy("number")
      .limit(limit - found.length)
      .execute();
    found.push(...rows);
    if (found.length === limit) return { rows: found, after: rows.at(-1)?.number ?? behind };
    [asked, behind] = [asked + 1, numbers.at(-1) ?? behind];
  }
  return { rows: found, after: null };
}

function* batches<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let some: Item[] = [];
  for (const item of items) {
    if (some.push(item) < size) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

/** Those that stand here in whatever way, in the order of their numbers: all that is not gone, and what was only so by an undone run. */
export async function listThere(scope: Scope, of: OfStream, { after, limit }: Behind): Promise<LookedAt> {
  const rows = await recordsOf(scope, of)
    .where(isNumbered)
    .where("number", ">", after)
    .where((eb) =>
      of.run.undone.length === 0
        ? eb("state", "!=", "gone")
        : eb.or([eb("state", "!=", "gone"), eb("changed_run_id", "in", of.run.undone)]),
    )
    .orderBy("number")
    .limit(limit)
    .execute();
  return { rows, after: rows.length < limit ? null : (rows.at(-1)?.number ?? null) };
}

/** Whether it is one of {@link listThere}. */
export function isThere(run: Pick<SourcedRun, "undone">, row: SourceRecordRow): boolean {
  return row.state !== "gone" || !isTrusted(run, row);
}
