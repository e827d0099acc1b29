/** How many records a change set or its undo is about: each counted once, however many entries tell of it. */
import { expressionBuilder } from "kysely";
import "~/features/changes/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

/** What was erased since counts no more: it cannot be put back. */
function entriesOf(scope: Scope, changeSetId: string) {
  return parts
    .selectFrom("change_entries as entry")
    .select(["entry.subject_id", "entry.subject_kind", "entry.before"])
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.change_set_id", "=", changeSetId)
    .where((eb) => eb.or([eb("entry.before", "is not", null), eb("entry.after", "is not", null)]));
}

export interface Touched {
  touched: number;
  /** Those of the kind asked for that were not there before. */
  made: number;
  /** False: there are more, which were not counted. */
  isAll: boolean;
}

/** @param most Of so many entries at the most, for a page that does not wait for more. Default: of all. */
export async function countTouched(
  scope: Scope,
  changeSetId: string,
  { kind, most = Infinity }: { kind: string; most?: number },
): Promise<Touched> {
  const entries = entriesOf(scope, changeSetId).$if(most < Infinity, (query) => query.limit(most + 1));
  const { touched, made, count } = await scope.db
    .selectFrom(entries.as("entry"))
    .select((eb) => [
      eb.fn.countAll<number>().as("count"),
      eb.fn.count<number>("entry.subject_id").distinct().as("touched"),
      eb.fn
        .count<number>("entry.subject_id")
        .distinct()
        .filterWhere("entry.before", "is", null)
        .filterWhere("entry.subject_kind", "=", kind)
        .as("made"),
    ])
    .executeTakeFirstOrThrow();
  return { touched: Number(touched), made: Number(made), isAll: Number(count) <= most };
}

/** How many records an undo has put back something of, by its own change set. */
export async function countPutBack(scope: Scope, ownChangeSetId: string): Promise<number> {
  return (await countTouched(scope, ownChangeSetId, { kind: "" })).touched;
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
