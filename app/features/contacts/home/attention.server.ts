/** What of the contacts asks for something today: for the home page. */
import { type Expression, sql, type SqlBool } from "kysely";
import { comingDays, nextBirthday } from "~/features/contacts/home/coming-birthdays";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { seenBy } from "~/features/contacts/seen-by.server";
import { byKey } from "~/platform/db/by-key.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn, daysBetween } from "~/platform/time";

/** Birthdays of today and the six days after. */
const BIRTHDAY_DAYS = 7;
const MOST_SHOWN = 4;
/** How far home counts. It is opened all day and greets with a size; the list beside it counts further. */
export const HOME_COUNT_LIMIT = 1_000;

interface Named {
  id: string;
  name: string;
}

export interface Attention {
  /** The next first; the day as a plain date, and how old they will be where the year is known. */
  birthdays: (Named & { on: string; turns: number | null })[];
  /** Estates with nobody to write to: of which nobody is executor or attorney now, or nobody whose address is known. */
  estatesAlone: Named[];
  /** Whether there are more than these. */
  isMore: { birthdays: boolean; estatesAlone: boolean };
}

/** Up to four of each, in one statement. */
export async function findAttention(scope: Scope): Promise<Attention> {
  const today = dateIn(scope.account.timeZone, scope.clock.now());
  let query = byKey(scope.db).selectFrom(estatesAlone(scope, today).as("alone")).select(["id", "name", "birthday"]);
  for (const run of runsOfDays(today)) {
    query = query.unionAll(
      parts.selectFrom(birthdays(scope, run).as("celebrating")).select(["id", "name", "birthday"]),
    );
  }
  const rows = await query.execute();
  const celebrating = rows.flatMap(({ id, name, birthday }) => {
    const next = birthday === null ? null : nextBirthday(birthday, today);
    return next ? [{ id, name, ...next }] : [];
  });
  celebrating.sort((a, b) => daysBetween(b.on, a.on));
  const estates = rows.flatMap(({ id, name, birthday }) => (birthday === null ? [{ id, name }] : []));
  return {
    birthdays: celebrating.slice(0, MOST_SHOWN),
    estatesAlone: estates.slice(0, MOST_SHOWN),
    isMore: { birthdays: celebrating.length > MOST_SHOWN, estatesAlone: estates.length > MOST_SHOWN },
  };
}

/** The next of a run of days: read in the order of their index, so that many birthdays cost no more than few. */
function birthdays(scope: Scope, [first, last]: readonly [string, string]) {
  return parts
    .selectFrom("contacts")
    .select(["id", "name", "birthday"])
    .where("account_id", "=", scope.account.id)
    .where("archived_at", "is", null)
    .where("birthday_day", ">=", first)
    .where("birthday_day", "<=", last)
    .where("died_on", "is", null)
    .where(seenBy(scope))
    .orderBy("birthday_day")
    .orderBy("id")
    .limit(MOST_SHOWN + 1);
}

/** The days of this year and, after New Year's Eve, those of the next: first and last of each. */
function runsOfDays(today: string): [string, string][] {
  const days = comingDays(today, BIRTHDAY_DAYS).sort();
  const runs = [days.filter((day) => day >= today.slice(5)), days.filter((day) => day < today.slice(5))];
  return runs.flatMap((run): [string, string][] => (run.length > 0 ? [[run[0] ?? "", run.at(-1) ?? ""]] : []));
}

function estatesAlone(scope: Scope, today: string) {
  // What a partial index is made of is written out: SQLite would plan the statement anew at each call (decision 002).
  return parts
    .selectFrom("contacts")
    .select(["id", "name", sql<string | null>`null`.as("birthday")])
    .where("account_id", "=", scope.account.id)
    .where("kind", "=", sql.lit("estate"))
    .where("archived_at", "is", null)
    .where(seenBy(scope))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("relationships")
            .innerJoin("contacts as carer", (join) =>
              join
                .onRef("carer.account_id", "=", "relationships.account_id")
                .onRef("carer.id", "=", "relationships.from_contact_id"),
            )
            .select("relationships.id")
            .where("relationships.account_id", "=", scope.account.id)
            .whereRef("relationships.to_contact_id", "=", "contacts.id")
            .where("relationships.type", "in", ["executor-of", "attorney-for"])
            .where((eb) => eb.or([eb("relationships.since", "is", null), eb("relationships.since", "<=", today)]))
            .where((eb) => eb.or([eb("relationships.until", "is", null), eb("relationships.until", ">=", today)]))
            // Whoever is deleted is archived, too.
            .where("carer.archived_at", "is", null)
            .where("carer.died_on", "is", null)
            .where((eb) =>
              eb.or([
                hasAddress(scope, "contacts.id"),
                // Letters to one that is an estate itself go on to who acts for that: nobody follows it here.
                eb("carer.kind", "=", "estate"),
                eb.and([eb("carer.no_letter_at", "is", null), hasAddress(scope, "carer.id")]),
              ]),
            ),
        ),
      ),
    )
    .orderBy("name_key")
    .orderBy("id")
    .limit(MOST_SHOWN + 1);
}

function hasAddress(scope: Scope, contactId: "contacts.id" | "carer.id") {
  return parts.exists(
    parts
      .selectFrom("contact_points")
      .select("contact_points.position")
      .where("contact_points.account_id", "=", scope.account.id)
      .where(sql<SqlBool>`contact_points.contact_id = ${sql.ref(contactId)}`)
      .where("contact_points.channel", "=", "address")
      .where("contact_points.position", "=", 0),
  );
}

export interface HomeCounts {
  /** Contacts that the reader sees, up to one more than is counted. */
  all: number;
  /** Contacts that the reader owns, up to one more than is counted. */
  own: number;
  /** Sample contacts that are still there. */
  sample: number;
}

/**
 * One statement; `along`: what else is to be asked with it. Who owns more than is counted sees more than that, too:
 * all are counted only where that is open.
 */
export async function countForHome(
  scope: Scope,
  { along }: { along?: Expression<string | null> } = {},
): Promise<HomeCounts & { along?: string | null }> {
  const sample = parts
    .selectFrom("sample_contacts")
    .innerJoin("contacts", (join) =>
      join
        .onRef("contacts.account_id", "=", "sample_contacts.account_id")
        .onRef("contacts.id", "=", "sample_contacts.contact_id"),
    )
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("sample_contacts.account_id", "=", scope.account.id)
    .where("contacts.deleted_at", "is", null)
    .where(seenBy(scope));
  const row = await byKey(scope.db)
    .selectFrom(current(scope, scope.user?.id ?? "").as("owned"))
    .select((eb) => [
      "owned.count as own",
      eb
        .case()
        .when("owned.count", ">", HOME_COUNT_LIMIT)
        .then(eb.ref("owned.count"))
        .else(current(scope))
        .end()
        .as("all"),
      sample.as("sample"),
      sql<string | null>`${along ?? sql`null`}`.as("along"),
    ])
    .executeTakeFirstOrThrow();
  return { all: row.all ?? 0, own: row.own, sample: row.sample ?? 0, along: along && row.along };
}

/** How many contacts are not archived, of one owner or of all. */
function current(scope: Scope, ownerId?: string) {
  return parts
    .selectFrom((eb) =>
      eb
        .selectFrom("contacts")
        .select("id")
        .where("account_id", "=", scope.account.id)
        .where("archived_at", "is", null)
        .$if(ownerId !== undefined, (query) => query.where("owner_id", "=", ownerId ?? ""))
        .where(seenBy(scope))
        .limit(HOME_COUNT_LIMIT + 1)
        .as("current"),
    )
    .select((eb) => eb.fn.countAll<number>().as("count"));
}
