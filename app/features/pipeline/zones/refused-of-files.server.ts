import { rowsLeft } from "~/features/pipeline/corrections/rows-left.server";
import { runQuery, toFacts } from "~/features/pipeline/run/runs.server";
import { type Scope } from "~/platform/scope.server";

/** Rows that imports refused and that nobody has corrected or left as they are. Two statements; they grow with the imports. */
export async function countRefusedOfFiles(scope: Scope): Promise<number> {
  const rows = await runQuery(scope)
    .where("runs.source", "=", "file")
    .where("runs.refused_count", ">", 0)
    .where("runs.refused_left_at", "is", null)
    .execute();
  const left = await rowsLeft(scope, rows.map(toFacts));
  return [...left.values()].reduce((sum, count) => sum + count, 0);
}
