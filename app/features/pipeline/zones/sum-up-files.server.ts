import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

export interface FilesSummary {
  /** Imports that were carried out. */
  imports: number;
  read: number;
  /** Rows that nobody has left as they are. */
  refused: number;
  newestAt: string | null;
}

/** What came in by files. One statement; it grows with the number of imports only. */
export async function sumUpFiles(scope: Scope): Promise<FilesSummary> {
  const row = await scope.db
    .selectFrom("runs")
    .select((eb) => [
      eb.fn.countAll<number>().as("imports"),
      eb.fn.sum<number | null>("read_count").as("read"),
      eb.fn.sum<number | null>("refused_count").filterWhere("refused_left_at", "is", null).as("refused"),
      eb.fn.max("finished_at").as("newestAt"),
    ])
    .where("account_id", "=", scope.account.id)
    .where("source", "=", "file")
    .where("state", "in", ["done", "attention"])
    .executeTakeFirstOrThrow();
  const { imports, read, refused, newestAt } = row;
  return { imports: Number(imports), read: Number(read ?? 0), refused: Number(refused ?? 0), newestAt };
}
