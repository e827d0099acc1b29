/** How many records a change set or its undo is about: each counted once, however many entries tell of it. */
import "~/features/changes/tables";
import { type Scope } from "~/platform/scope.server";

/** What was erased since counts no more: it cannot be put back. */
function entriesOf(scope: Scope, changeSetId: string) {
  return scope.db
    .selectFrom("change_entries as entry")
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.change_set_id", "=", changeSetId)
    .where((eb) => eb.or([eb("entry.before", "is not", null), eb("entry.after", "is not", null)]));
}

/** `made`: those of `kind` that were not there before. */
export async function countTouched(
  scope: Scope,
  changeSetId: string,
  kind: string,
): Promise<{ touched: number; made: number }> {
  const { touched, made } = await entriesOf(scope, changeSetId)
    .select((eb) => [
      eb.fn.count<number>("entry.subject_id").distinct().as("touched"),
      eb.fn
        .count<number>("entry.subject_id")
        .distinct()
        .filterWhere("entry.before", "is", null)
        .filterWhere("entry.subject_kind", "=", kind)
        .as("made"),
    ])
    .executeTakeFirstOrThrow();
  return { touched: Number(touched), made: Number(made) };
}

/** How many records an undo has put back something of, by its own change set. */
export async function countPutBack(scope: Scope, ownChangeSetId: string): Promise<number> {
  return (await countTouched(scope, ownChangeSetId, "")).touched;
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
