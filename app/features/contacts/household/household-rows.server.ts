/** Who may be of a contact's household, as rows of the statement that reads the contact. */
import { type QueryCreator, type SelectQueryBuilder, sql } from "kysely";
import { type ContactKind } from "~/features/contacts/contact";
import { hasHousehold } from "~/features/contacts/household/has-household";
import { type Person, type Why } from "~/features/contacts/household/household";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { fold } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

export interface Housemate {
  id: string;
  name: string;
  why: Why;
  /** When and by whom it was said, where somebody did. */
  said: { at: string; by: string | null } | null;
}

export interface Household {
  members: Housemate[];
  /** Who would belong, but was parted by hand. */
  parted: Omit<Housemate, "why">[];
}

export interface MateRow {
  id: string;
  name: string;
  family_name: string | null;
  why: string;
  said_at: string | null;
  said_by: string | null;
}

type Mates = SelectQueryBuilder<Tables, "contacts", MateRow>;
type Db = QueryCreator<Tables>;

const MOST_SHOWN = 200;

/** Those who were spoken of, a spouse, and who shares an address; `toHousehold` looks closer. */
export function matesOf(db: Db, scope: Scope, contactId: string) {
  return (
    corrected(db, scope, contactId, ["contact_id", "other_contact_id"])
      .unionAll(corrected(db, scope, contactId, ["other_contact_id", "contact_id"]))
      .unionAll(married(db, scope, contactId, ["from_contact_id", "to_contact_id"]))
      .unionAll(married(db, scope, contactId, ["to_contact_id", "from_contact_id"]))
      .unionAll(atOneAddress(db, scope, contactId))
      // Of the whole union.
      .limit(MOST_SHOWN)
  );
}

/** Strongest first: what was said, a marriage, an address. */
const ranks: readonly string[] = ["apart", "together", "married", "same-address"];

/** Everybody of a contact's household, as `livesWith` has it, and who was parted from it. */
export function toHousehold(
  contact: Pick<Person, "kind" | "diedOn" | "archived" | "familyName">,
  rows: readonly MateRow[],
): Household {
  if (!hasHousehold(contact)) return { members: [], parted: [] };
  const mates = strongest(rows, fold(contact.familyName ?? "")).map((row) => ({
    id: row.id,
    name: row.name,
    why: row.why,
    said: row.said_at === null ? null : { at: row.said_at, by: row.said_by },
  }));
  return {
    members: mates
      .filter(({ why }) => why !== "apart")
      .map((mate) => ({ ...mate, why: mate.why === "together" ? "said" : (mate.why as Why) })),
    parted: mates.filter(({ why }) => why === "apart").map(({ id, name, said }) => ({ id, name, said })),
  };
}

/** Each once, by name; who shares an address only where they share the family name, too. */
function strongest(rows: readonly MateRow[], familyName: string): MateRow[] {
  const found = new Map<string, MateRow>();
  for (const row of [...rows].sort((a, b) => ranks.indexOf(a.why) - ranks.indexOf(b.why))) {
    const isNamesake = familyName !== "" && fold(row.family_name ?? "") === familyName;
    if ((row.why !== "same-address" || isNamesake) && !found.has(row.id)) found.set(row.id, row);
  }
  return [...found.values()].sort(byName);
}

function byName(a: MateRow, b: MateRow): number {
  return a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);
}

/** Only the living who are not archived, and are there for the reader. */
function able(scope: Scope, query: unknown): Mates {
  return (
    (query as Mates)
      .where("contacts.account_id", "=", scope.account.id)
      // Written into the statement: SQLite has partial indexes by kind, and would plan anew for each value bound.
      .where("contacts.kind", "=", sql.lit("individual" satisfies ContactKind))
      .where("contacts.archived_at", "is", null)
      .where("contacts.died_on", "is", null)
      .where(seenBy(scope))
  );
}

const unsaid = [sql<string | null>`null`.as("said_at"), sql<string | null>`null`.as("said_by")] as const;

type SaidOf = "contact_id" | "other_contact_id";

/**
 * One way round, as with the marriages: by an `or` SQLite would read all that was ever said in the account. Cross joins
 * keep it to their order: without statistics it would begin with every person, or every address.
 */
function corrected(db: Db, scope: Scope, contactId: string, [self, other]: [SaidOf, SaidOf]): Mates {
  const query = db
    .selectFrom("household_corrections as said")
    .crossJoin("contacts")
    .leftJoin("users as sayer", "sayer.id", "said.created_by")
    .select(["contacts.id", "contacts.name", "contacts.family_name", "said.kind as why"])
    .select(["said.created_at as said_at", "sayer.name as said_by"])
    .where("said.account_id", "=", scope.account.id)
    .where(`said.${self}`, "=", contactId)
    .whereRef("contacts.account_id", "=", "said.account_id")
    .whereRef("contacts.id", "=", `said.${other}`);
  return able(scope, query);
}

type BondOf = "from_contact_id" | "to_contact_id";

function married(db: Db, scope: Scope, contactId: string, [self, other]: [BondOf, BondOf]): Mates {
  const today = dateIn(scope.account.timeZone, scope.clock.now());
  const query = db
    .selectFrom("relationships as bond")
    .crossJoin("contacts")
    .select(["contacts.id", "contacts.name", "contacts.family_name"])
    .select([sql<string>`'married'`.as("why"), ...unsaid])
    .where("bond.account_id", "=", scope.account.id)
    .where("bond.type", "=", "married-to")
    .where(`bond.${self}`, "=", contactId)
    .whereRef("contacts.account_id", "=", "bond.account_id")
    .whereRef("contacts.id", "=", `bond.${other}`)
    .where((eb) => eb.or([eb("bond.since", "is", null), eb("bond.since", "<=", today)]))
    .where((eb) => eb.or([eb("bond.until", "is", null), eb("bond.until", ">=", today)]));
  return able(scope, query);
}

/** Whose names begin alike: the key begins with the family name, which is compared whole afterwards. */
function atOneAddress(db: Db, scope: Scope, contactId: string): Mates {
  const country = scope.account.phoneCountry;
  const query = db
    .selectFrom("contacts as self")
    .crossJoin("contact_points as mine")
    .crossJoin("contact_points as theirs")
    .crossJoin("contacts")
    .select(["contacts.id", "contacts.name", "contacts.family_name"])
    .select([sql<string>`'same-address'`.as("why"), ...unsaid])
    .where("self.account_id", "=", scope.account.id)
    .where("self.id", "=", contactId)
    .whereRef("mine.account_id", "=", "self.account_id")
    .whereRef("mine.contact_id", "=", "self.id")
    .where("mine.channel", "=", "address")
    .whereRef("theirs.account_id", "=", "mine.account_id")
    .where("theirs.channel", "=", "address")
    .whereRef("theirs.value_key", "=", "mine.value_key")
    .whereRef("contacts.account_id", "=", "theirs.account_id")
    .whereRef("contacts.id", "=", "theirs.contact_id")
    .where("mine.street", "is not", null)
    .where("theirs.street", "is not", null)
    .where("theirs.contact_id", "!=", contactId)
    .where((eb) =>
      eb(eb.fn.coalesce("theirs.country", eb.val(country)), "=", eb.fn.coalesce("mine.country", eb.val(country))),
    )
    .where(sql<boolean>`substr(contacts.name_key, 1, 2) = substr(self.name_key, 1, 2)`);
  return able(scope, query);
}
