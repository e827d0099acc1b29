import "~/features/pipeline/tables";
import { byKey } from "~/platform/db/by-key.server";
import { type Scope } from "~/platform/scope.server";

export interface FrameCounts {
  /** Runs at work in the account; counting stops at ten. */
  work: number;
  /** The reader's unread notices; counting stops at a hundred. */
  unread: number;
}

const MOST_WORK = 10;
const MOST_UNREAD = 100;

/** What the frame of every page counts, in one statement. */
export async function frameCounts(scope: Scope): Promise<FrameCounts> {
  const accountId = scope.account.id;
  const counts = await byKey(scope.db)
    .selectNoFrom((eb) => [
      eb
        .selectFrom(
          eb
            .selectFrom("runs")
            .select("id")
            .where("account_id", "=", accountId)
            .where("state", "in", ["queued", "running"])
            .limit(MOST_WORK)
            .as("at_work"),
        )
        .select((inside) => inside.fn.countAll<number>().as("count"))
        .as("work"),
      eb
        .selectFrom(
          eb
            .selectFrom("notices")
            .select("id")
            .where("account_id", "=", accountId)
            .where("user_id", "=", scope.user?.id ?? null)
            .where("read_at", "is", null)
            .limit(MOST_UNREAD)
            .as("unread_ones"),
        )
        .select((inside) => inside.fn.countAll<number>().as("count"))
        .as("unread"),
    ])
    .executeTakeFirstOrThrow();
  return { work: Number(counts.work), unread: Number(counts.unread) };
}
