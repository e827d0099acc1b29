/**
 * What a list is narrowed by, as conditions on `contacts`. Each that has an index of its own can lead: then it stands
 * plainly, and the others so that no planner takes them for its way in. Which one leads is decided here by counts
 * (`list-choices.server.ts`), not by the databases' guesses.
 */
import { type Expression, type ExpressionBuilder, type RawBuilder, sql, type SqlBool } from "kysely";
import { customConditions } from "~/features/contacts/custom/custom-conditions.server";
import { type ContactListView, type SortColumn } from "~/features/contacts/list/contact-list";
import { type ContactFilters, daysOf, type DateFilter } from "~/features/contacts/list/list-filters";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { fold } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";
import { addDays, dateIn, startOfDay } from "~/platform/time";

export type Builder = ExpressionBuilder<Tables, "contacts">;

/** By which index what a condition lets through is found. Of two with too many to count, the first one leads. */
const leads = ["marks", "city", "field", "created", "changed", "kind", "tag", "owner", "own", "archived"] as const;
export type Lead = (typeof leads)[number];

/** The indexes of the first ones know kind and owner, too. */
function byRank(conditions: Condition[]): Condition[] {
  const rank = ({ lead }: Condition) => (lead ? leads.indexOf(lead) : leads.length);
  return conditions.sort((a, b) => rank(a) - rank(b));
}

export interface Condition {
  /** Null: no index leads there. */
  lead: Lead | null;
  /** `leading`: so that its index is used. */
  where(eb: Builder, leading: boolean): Expression<SqlBool>;
}

type Column = "kind" | "owner_id" | "city_key" | "created_at" | "changed_at" | "no_email_at" | "no_phone_at";
type AnyColumn = Column | "no_letter_at";

/** Before every mark: `>=` finds a partial index where `is not null` does not. */
const EVER = "1000-01-01T00:00:00.000Z";
/** Sorts after whatever begins with the same letters. */
const LAST_CHARACTER = "\u{10FFFF}";

/** What narrows a list beside words: none for the plain list. */
export function conditionsOf(scope: Scope, view: ContactFilters): Condition[] {
  const held = holder(scope);
  const conditions = [
    ...(scope.ownOnly ? [{ lead: "own", where: seenBy(scope) } satisfies Condition] : []),
    ...(view.kind ? [held("kind", "kind", (kind) => sql`${kind} = ${view.kind}`)] : []),
    ...(view.tagId ? [tagged(scope, view.tagId)] : []),
    ...ownedBy(scope, view.owner, held),
    ...livingIn(view.city, held),
    ...marked(scope, view.marks, held),
    ...dated(scope, "created", view.created, held),
    ...dated(scope, "changed", view.changed, held),
    ...customConditions(scope, view.own),
  ];
  if (!view.archived) return byRank(conditions);
  // The indexes leave out what is archived, but for the one of all that is.
  return [
    { lead: "archived", where: () => sql<SqlBool>`1 = 1` },
    ...conditions.map((each) => ({ ...each, lead: each.lead === "tag" || each.lead === "field" ? each.lead : null })),
  ];
}

type Held = (
  lead: Lead | null,
  column: AnyColumn,
  test: (column: RawBuilder<unknown>) => RawBuilder<unknown>,
) => Condition;

/** Conditions on one column. In SQLite a plus keeps its index out; Postgres has statistics, and is left to them. */
function holder(scope: Scope): Held {
  const sqlite = scope.database.dialect === "sqlite";
  return (lead, column, test) => ({
    lead,
    where: (_, leading) => {
      const plain = sql.ref(`contacts.${column}`);
      return test(sqlite && !leading ? sql`+${plain}` : plain) as RawBuilder<SqlBool>;
    },
  });
}

/** Leading, the tagged ones are read; else each row is asked for its tag. */
function tagged(scope: Scope, tagId: string): Condition {
  return {
    lead: "tag",
    where: (eb, leading) => {
      const links = eb
        .selectFrom("contact_tags")
        .select("contact_tags.contact_id")
        .where("contact_tags.account_id", "=", scope.account.id)
        .where("contact_tags.tag_id", "=", tagId);
      if (leading) return eb("contacts.id", "in", links);
      // Not plainly: SQLite would make a join of it, and an index of all tags for that.
      return sql<SqlBool>`(${eb.exists(links.whereRef("contact_tags.contact_id", "=", "contacts.id"))}) is true`;
    },
  };
}

function ownedBy(scope: Scope, owner: string | null, held: Held): Condition[] {
  if (owner === null) return [];
  if (owner === "nobody") return [held("owner", "owner_id", (column) => sql`${column} is null`)];
  const id = owner === "me" ? scope.user?.id : owner;
  // Nobody is "me" to a job.
  return id ? [held("owner", "owner_id", (column) => sql`${column} = ${id}`)] : [];
}

function livingIn(typed: string, held: Held): Condition[] {
  const exact = /^["“”„](.*)["“”]$/.exec(typed);
  const city = fold(exact?.[1] ?? typed);
  if (city === "") return [];
  if (exact) return [held("city", "city_key", (column) => sql`${column} = ${city}`)];
  const end = city + LAST_CHARACTER;
  return [held("city", "city_key", (column) => sql`(${column} >= ${city} and ${column} < ${end})`)];
}

const markColumns = { email: "no_email_at", phone: "no_phone_at", letter: "no_letter_at" } as const;

function marked(scope: Scope, marks: ContactFilters["marks"], held: Held): Condition[] {
  if (marks === null) return [];
  const columns = Object.values(markColumns);
  if (marks === "suppressed") return [suppressed(scope)];
  if (marks === "none") {
    return [unsuppressed(scope), ...columns.map((column) => held(null, column, (plain) => sql`${plain} is null`))];
  }
  if (marks !== "any") return [held("marks", markColumns[marks], (column) => sql`${column} >= ${EVER}`)];
  return [
    anyMark(
      scope,
      columns.map((column) => held(null, column, (plain) => sql`${plain} >= ${EVER}`)),
    ),
  ];
}

/** Leading, the marked points are read; else each row is asked for one. */
function suppressed(scope: Scope): Condition {
  return {
    lead: "marks",
    where: (eb, leading) => {
      const points = suppressedPoints(eb, scope);
      if (leading) return eb("contacts.id", "in", points);
      return sql<SqlBool>`(${eb.exists(points.whereRef("contact_points.contact_id", "=", "contacts.id"))}) is true`;
    },
  };
}

function unsuppressed(scope: Scope): Condition {
  const where = (eb: Builder) =>
    eb.not(eb.exists(suppressedPoints(eb, scope).whereRef("contact_points.contact_id", "=", "contacts.id")));
  return { lead: null, where };
}

function suppressedPoints(eb: Builder, scope: Scope) {
  return eb
    .selectFrom("contact_points")
    .select("contact_points.contact_id")
    .where("contact_points.account_id", "=", scope.account.id)
    .where("contact_points.suppressed_at", "is not", null);
}

/** Leading, the three indexes are read one after the other. */
function anyMark(scope: Scope, marks: readonly Condition[]): Condition {
  return {
    lead: "marks",
    where: (eb, leading) => {
      if (!leading) return eb.or(marks.map((mark) => mark.where(eb, false)));
      const [first, ...others] = marks.map((mark) =>
        eb
          .selectFrom("contacts")
          .select("contacts.id")
          .where("contacts.account_id", "=", scope.account.id)
          .where("contacts.archived_at", "is", null)
          .where((inner) => mark.where(inner, true)),
      );
      if (!first) throw new Error("There are channels");
      return eb(
        "contacts.id",
        "in",
        others.reduce((query, other) => query.unionAll(other), first),
      );
    },
  };
}

function dated(scope: Scope, name: "created" | "changed", dates: DateFilter | null, held: Held): Condition[] {
  if (!dates) return [];
  // The account's own days, whoever reads.
  const zone = scope.account.timeZone;
  const { from, to } = daysOf(dates, dateIn(zone, scope.clock.now()));
  const column = name === "created" ? "created_at" : "changed_at";
  const start = from && startOfDay(zone, from);
  const end = to && startOfDay(zone, addDays(to, 1));
  if (start && end) return [held(name, column, (plain) => sql`(${plain} >= ${start} and ${plain} < ${end})`)];
  if (start) return [held(name, column, (plain) => sql`${plain} >= ${start}`)];
  return end ? [held(name, column, (plain) => sql`${plain} < ${end}`)] : [];
}

/** Of the account, and archived or not as the list says. What is deleted is in no list. */
export function inList(eb: Builder, scope: Scope, { archived }: Pick<ContactFilters, "archived">) {
  const mine = eb("contacts.account_id", "=", scope.account.id);
  if (!archived) return eb.and([mine, eb("contacts.archived_at", "is", null)]);
  return eb.and([mine, eb("contacts.archived_at", "is not", null), eb("contacts.deleted_at", "is", null)]);
}

/** The words asked for are in the text. */
export function hasWords(eb: Builder, scope: Scope, needles: readonly string[]): Expression<SqlBool>[] {
  const position = scope.database.dialect === "sqlite" ? sql.raw("instr") : sql.raw("strpos");
  return needles.map((needle) => sql<SqlBool>`${position}(${eb.ref("contacts.search")}, ${needle}) > 0`);
}

/** What the index of a sort finds beside walking it: its own column's span, and the kind in that of names. */
export function walksAlong(view: ContactListView, lead: Lead | null, sorted: SortColumn | null): boolean {
  if (view.archived) return lead === "archived";
  if (sorted === "name_key") return lead === "kind" || lead === "owner" || lead === "own";
  return (
    (sorted === "city_key" && lead === "city") ||
    (sorted === "created_at" && lead === "created") ||
    (sorted === "changed_at" && lead === "changed")
  );
}
