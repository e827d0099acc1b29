import { isDeepStrictEqual } from "node:util";
import { type RowOutcome } from "~/features/pipeline/corrections/claim-rows.server";
import { readCells } from "~/features/pipeline/corrections/refused-rows.server";
import { takenBy } from "~/features/pipeline/corrections/taken-rows.server";
import { type PreparedRow } from "~/features/pipeline/stages/prepare-rows.server";
import { type LoadOutcome } from "~/features/pipeline/subject";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * A file that comes again has the rows that were refused of it in it still. Those that were corrected since, and stand,
 * are not to be corrected again: there is nothing left to do about them.
 */

export interface RunOfFile {
  id: string;
  fileId: string;
}

/** What became of the rows of a batch, those that are refused again but were corrected since as `before`. */
export async function withoutCorrected(
  scope: Scope,
  run: RunOfFile,
  { rows, outcomes }: { rows: readonly PreparedRow[]; outcomes: readonly LoadOutcome[] },
): Promise<RowOutcome[]> {
  const refused = rows.filter((_, index) => outcomes[index]?.kind === "refused").map(({ raw }) => raw);
  if (refused.length === 0) return [...outcomes];
  const cells = new Map(refused.map((raw) => [raw.position, raw.cells]));
  const corrected = new Set<number>();
  for (const runId of await runsOfSameFile(scope, run)) {
    const taken = await takenBy(scope, runId, [...cells.keys()]);
    const standing = taken.filter(({ isUndone }) => !isUndone).map(({ position }) => position);
    // The file may have been read in another way then.
    for (const [position, then] of await readCells(scope, runId, standing)) {
      if (isDeepStrictEqual(then, cells.get(position))) corrected.add(position);
    }
  }
  return outcomes.map((outcome, index): RowOutcome => {
    const isCorrected = outcome.kind === "refused" && corrected.has(rows[index]?.raw.position ?? -1);
    return isCorrected ? { kind: "before" } : outcome;
  });
}

/** Runs of the very same file that others brought refused rows of, corrected. Hardly ever more than one. */
async function runsOfSameFile(scope: Scope, { id, fileId }: RunOfFile): Promise<string[]> {
  const runs = await scope.db
    .selectFrom("files as ours")
    .innerJoin("files as theirs", (join) =>
      join.onRef("theirs.account_id", "=", "ours.account_id").onRef("theirs.sha256", "=", "ours.sha256"),
    )
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "theirs.account_id").onRef("runs.file_id", "=", "theirs.id"),
    )
    .select("runs.id")
    .where("ours.account_id", "=", scope.account.id)
    .where("ours.id", "=", fileId)
    .where("runs.id", "!=", id)
    .where("runs.state", "!=", "draft")
    .where("runs.refused_count", ">", 0)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("row_corrections as taken")
          .select("taken.run_id")
          .whereRef("taken.account_id", "=", "runs.account_id")
          .whereRef("taken.run_id", "=", "runs.id"),
      ),
    )
    .execute();
  return runs.map((run) => run.id);
}
