/** What undoing a change would be about, in numbers, before it is done: by the rules that undoing it goes by. */
import { expressionBuilder, sql, type SqlBool } from "kysely";
import "~/features/changes/tables";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface AboutUndo {
  /** Contacts that it touched, and of these those that it made. */
  touched: number;
  made: number;
  /** False: there are more than were counted. */
  isAll: boolean;
  /** What stays as it is, unless somebody chooses otherwise. */
  stays: Stays;
}

export interface Stays {
  /** Of those it made: something was changed since, by hand or in whatever way. */
  madeChanged: number;
  /** Of those it made: a later run, or another source, says something of them, too. */
  madeKnown: number;
  /** Of the others: something was changed since. What of the change says something else by now stays. */
  changed: number;
  /** Nothing is left to undo of them. */
  deleted: number;
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();
const subjectId = sql.ref<string>("touched.subject_id");
const count = (which: ReturnType<typeof sql<SqlBool>>) => sql<number>`count(case when ${which} then 1 end)`;

/** One statement. @param most Of so many entries at the most, for a page that does not wait for more. */
export async function aboutUndo(scope: Scope, changeSetId: string, { most }: { most: number }): Promise<AboutUndo> {
  const isMade = sql<SqlBool>`touched.made = 1`;
  const isThere = sql<SqlBool>`contacts.deleted_at is null and contacts.id is not null`;
  const known = sql<SqlBool>`(${saidElsewhere(scope, changeSetId)} or ${saidAgain(scope, changeSetId)})`;
  const since = sql<SqlBool>`(${changedSince(scope, changeSetId)} or ${typed(scope)})`;
  const { entries, touched, made, ...stays } = await scope.db
    .selectFrom(touchedBy(scope, changeSetId, most).as("touched"))
    .leftJoin("contacts", (join) =>
      join.on("contacts.account_id", "=", scope.account.id).on("contacts.id", "=", subjectId),
    )
    .select((eb) => [
      eb.fn.sum<number | null>("touched.entries").as("entries"),
      eb.fn.countAll<number>().as("touched"),
      count(isMade).as("made"),
      count(sql`${isMade} and ${isThere} and ${known}`).as("madeKnown"),
      count(sql`${isMade} and ${isThere} and not ${known} and ${since}`).as("madeChanged"),
      count(sql`not ${isMade} and ${isThere} and ${changedSince(scope, changeSetId)}`).as("changed"),
      count(sql`not (${isThere})`).as("deleted"),
    ])
    .executeTakeFirstOrThrow();
  return {
    ...{ touched: Number(touched), made: Number(made), isAll: Number(entries ?? 0) <= most },
    stays: {
      ...{ madeChanged: Number(stays.madeChanged), madeKnown: Number(stays.madeKnown) },
      ...{ changed: Number(stays.changed), deleted: Number(stays.deleted) },
    },
  };
}

/** A contact a row. What was erased since counts no more: it cannot be put back. */
function touchedBy(scope: Scope, changeSetId: string, most: number) {
  const isMade = sql`entry.before is null and entry.subject_kind = 'contact'`;
  return parts
    .selectFrom((eb) =>
      eb
        .selectFrom("change_entries")
        .select(["subject_id", "subject_kind", "before"])
        .where("account_id", "=", scope.account.id)
        .where("change_set_id", "=", changeSetId)
        .where((eb) => eb.or([eb("before", "is not", null), eb("after", "is not", null)]))
        .limit(most + 1)
        .as("entry"),
    )
    .select((eb) => [
      "entry.subject_id",
      eb.fn.countAll<number>().as("entries"),
      sql<number>`max(case when ${isMade} then 1 else 0 end)`.as("made"),
    ])
    .groupBy("entry.subject_id");
}

/** By whatever still holds. A set's id begins with the time it was opened. */
function changedSince(scope: Scope, changeSetId: string) {
  return parts.exists(
    parts
      .selectFrom("change_entries as since")
      .innerJoin("change_sets as change", (join) =>
        join.onRef("change.account_id", "=", "since.account_id").onRef("change.id", "=", "since.change_set_id"),
      )
      .select("since.position")
      .where("since.account_id", "=", scope.account.id)
      .where("since.subject_id", "=", subjectId)
      .where("since.change_set_id", ">", changeSetId)
      .where("change.action", "!=", "change.undone")
      .where((eb) => eb.or([eb("change.undone_at", "is", null), eb("change.revived_at", "is not", null)])),
  );
}

function standing(scope: Scope) {
  return parts
    .selectFrom("contact_records as record")
    .select("record.id")
    .where("record.account_id", "=", scope.account.id)
    .where("record.contact_id", "=", subjectId)
    .where("record.withdrawn_at", "is", null);
}

/** Somebody has said something of them by hand. */
function typed(scope: Scope) {
  return parts.exists(standing(scope).where("record.source", "=", "by-hand"));
}

/** Without a join, or asking whether there is a run: an engine would go through all records of runs for each contact. */
function saidElsewhere(scope: Scope, changeSetId: string) {
  const own = parts
    .selectFrom("runs")
    .select("runs.id")
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.change_set_id", "=", changeSetId);
  return parts.exists(standing(scope).where("record.source", "!=", "by-hand").where("record.run_id", "not in", own));
}

/** A file that came later said the same, so that nothing of it was stored. Of connectors such records are of nobody. */
function saidAgain(scope: Scope, changeSetId: string) {
  return parts.exists(
    parts
      .selectFrom("runs as later")
      .innerJoin("raw_records as raw", (join) =>
        join.onRef("raw.account_id", "=", "later.account_id").onRef("raw.run_id", "=", "later.id"),
      )
      .innerJoin("change_sets as import", (join) =>
        join.onRef("import.account_id", "=", "later.account_id").onRef("import.id", "=", "later.change_set_id"),
      )
      .select("raw.id")
      .where("later.account_id", "=", scope.account.id)
      .where("later.source", "=", "file")
      .where("later.change_set_id", ">", changeSetId)
      .where("later.same_count", ">", 0)
      // Written out, for its index.
      .where("raw.outcome", "=", sql.lit("same"))
      .where("raw.subject_id", "=", subjectId)
      .where((eb) => eb.or([eb("import.undone_at", "is", null), eb("import.revived_at", "is not", null)])),
  );
}
