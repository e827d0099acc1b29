/** How many records an undo is about: each counted once, however many entries tell of it. */
import "~/features/changes/tables";
import { type Scope } from "~/platform/scope.server";

/** How many records an undo has put back something of, by its own change set. What was erased since counts no more. */
export async function countPutBack(scope: Scope, ownChangeSetId: string): Promise<number> {
  const { count } = await scope.db
    .selectFrom("change_entries")
    .select((eb) => eb.fn.count<number>("subject_id").distinct().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", ownChangeSetId)
    .where((eb) => eb.or([eb("before", "is not", null), eb("after", "is not", null)]))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export interface Touched {
  touched: number;
  /** Of these, those that were not there before. */
  made: number;
  /** False: there are more, which were not counted. */
  isAll: boolean;
}

/** Of a change whose every entry is about a record by itself. @param most Of so many entries at the most. */
export async function countTouched(scope: Scope, changeSetId: string, { most }: { most: number }): Promise<Touched> {
  const { touched, made, count } = await scope.db
    .selectFrom((eb) =>
      eb
        .selectFrom("change_entries")
        .select(["subject_id", "before"])
        .where("account_id", "=", scope.account.id)
        .where("change_set_id", "=", changeSetId)
        .where((eb) => eb.or([eb("before", "is not", null), eb("after", "is not", null)]))
        .limit(most + 1)
        .as("entry"),
    )
    .select((eb) => [
      eb.fn.countAll<number>().as("count"),
      eb.fn.count<number>("entry.subject_id").distinct().as("touched"),
      eb.fn.count<number>("entry.subject_id").distinct().filterWhere("entry.before", "is", null).as("made"),
    ])
    .executeTakeFirstOrThrow();
  return { touched: Number(touched), made: Number(made), isAll: Number(count) <= most };
}

export interface LeftFigures {
  /** Records of which something was left alone. */
  left: number;
  /** Of these, those of which something else was put back. */
  partly: number;
}

export async function countLeft(
  scope: Scope,
  { undoId, ownChangeSetId }: { undoId: string; ownChangeSetId: string },
): Promise<LeftFigures> {
  const { left, partly } = await scope.db
    .selectFrom("undo_left as stays")
    .select((eb) => [
      eb.fn.count<number>("stays.subject_id").distinct().as("left"),
      eb.fn
        .count<number>("stays.subject_id")
        .distinct()
        .filterWhere(({ exists }) =>
          exists(
            eb
              .selectFrom("change_entries as entry")
              .select("entry.position")
              .where("entry.account_id", "=", scope.account.id)
              .where("entry.change_set_id", "=", ownChangeSetId)
              .whereRef("entry.subject_id", "=", "stays.subject_id"),
          ),
        )
        .as("partly"),
    ])
    .where("stays.account_id", "=", scope.account.id)
    .where("stays.undo_id", "=", undoId)
    .executeTakeFirstOrThrow();
  return { left: Number(left), partly: Number(partly) };
}
