import "~/features/pipeline/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/** Whom reasons of refusals name: known by whom they name, so that erasing somebody reaches them. */

/** In one transaction: on SQLite some 10 ms. */
const ROWS_AT_ONCE = 300;

const FORGOTTEN =
  "Several that are here fitted it alike. Which ones is no longer told, since what one of them said was erased. Bring it in again.";

interface NamingLine {
  run_id: string;
  position: number;
  ordinal: number;
  subjectIds: readonly string[];
}

export async function keepNamed(scope: Scope, lines: readonly NamingLine[]): Promise<void> {
  const named = lines.flatMap(({ subjectIds, ...line }) =>
    subjectIds.map((subject_id) => ({ account_id: scope.account.id, ...line, subject_id })),
  );
  for (const some of rowChunks(named)) await scope.db.insertInto("refused_fits").values(some).execute();
}

/**
 * Takes the names out of the reasons that name any of these, in as many rows as one transaction should write. Not true:
 * that was not all, call it again in another one. Whom they name is held by then: whoever refuses something just now is
 * seen, or comes after.
 */
export async function forgetNamed(scope: Scope, subjectIds: readonly string[]): Promise<boolean> {
  if (subjectIds.length === 0) return true;
  const named = await scope.db
    .selectFrom("refused_fits")
    .select(["run_id", "position", "ordinal"])
    .distinct()
    .where("account_id", "=", scope.account.id)
    .where("subject_id", "in", subjectIds)
    // In one order, whoever erases.
    .orderBy("run_id")
    .orderBy("position")
    .orderBy("ordinal")
    .limit(ROWS_AT_ONCE)
    .execute();
  for (const { run_id: runId, position, ordinal } of named) {
    await scope.db
      .updateTable("refused_rows")
      .set({ reason: FORGOTTEN, fits: null })
      .where("account_id", "=", scope.account.id)
      .where("run_id", "=", runId)
      .where("position", "=", position)
      .where("ordinal", "=", ordinal)
      .execute();
    await scope.db
      .deleteFrom("refused_fits")
      .where("account_id", "=", scope.account.id)
      .where("run_id", "=", runId)
      .where("position", "=", position)
      .where("ordinal", "=", ordinal)
      .execute();
  }
  return named.length < ROWS_AT_ONCE;
}
