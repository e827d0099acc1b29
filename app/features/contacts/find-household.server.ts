import { type SelectQueryBuilder, sql } from "kysely";
import { type ContactKind, type ContactValues } from "~/features/contacts/contact";
import { hasHousehold, type Why } from "~/features/contacts/household";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { byKey } from "~/platform/db/by-key.server";
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

const MOST_SHOWN = 200;
const nobody: Household = { members: [], parted: [] };

/** Everybody of a contact's household, as `livesWith` has it, and who was parted from it. One statement at most. */
export async function findHousehold(
  scope: Scope,
  contact: { id: string; archived: object | null; values: Pick<ContactValues, "kind" | "diedOn" | "familyName"> },
): Promise<Household> {
  const { kind, diedOn, familyName } = contact.values;
  if (!hasHousehold({ kind, diedOn, archived: contact.archived !== null })) return nobody;
  const name = fold(familyName ?? "");
  const rows = await corrected(scope, contact.id)
    .unionAll(married(scope, contact.id))
    .unionAll(atOneAddress(scope, contact.id, name))
    // Of the whole statement.
    .limit(MOST_SHOWN)
    .execute();
  return toHousehold(rows, name);
}

interface Row {
  id: string;
  name: string;
  family_name: string | null;
  why: string;
  said_at: string | null;
  said_by: string | null;
}

/** Strongest first: what was said, a marriage, an address. */
const ranks: readonly string[] = ["apart", "together", "married", "same-address"];

function toHousehold(rows: readonly Row[], familyName: string): Household {
  const found = new Map<string, Row>();
  for (const row of [...rows].sort((a, b) => ranks.indexOf(a.why) - ranks.indexOf(b.why))) {
    // The index finds Smithson beside Smith.
    if (row.why === "same-address" && fold(row.family_name ?? "") !== familyName) continue;
    if (!found.has(row.id)) found.set(row.id, row);
  }
  const household: Household = { members: [], parted: [] };
  for (const { id, name, why, said_at, said_by } of found.values()) {
    const said = said_at === null ? null : { at: said_at, by: said_by };
    if (why === "apart") household.parted.push({ id, name, said });
    else household.members.push({ id, name, said, why: why === "together" ? "said" : (why as Why) });
  }
  const byName = (a: { name: string; id: string }, b: { name: string; id: string }) =>
    a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);
  return { members: household.members.sort(byName), parted: household.parted.sort(byName) };
}

/** Only the living who are not archived, and are there for the reader. */
function able<O>(scope: Scope, query: SelectQueryBuilder<Tables, "contacts", O>) {
  return query
    .where("contacts.account_id", "=", scope.account.id)
    .where("contacts.kind", "=", "individual" satisfies ContactKind)
    .where("contacts.archived_at", "is", null)
    .where("contacts.died_on", "is", null)
    .where(seenBy(scope));
}

function corrected(scope: Scope, contactId: string) {
  const query = byKey(scope.db)
    .selectFrom("household_corrections as said")
    .innerJoin("contacts", (join) =>
      join
        .onRef("contacts.account_id", "=", "said.account_id")
        .on((eb) =>
          eb.or([
            eb.and([eb("said.contact_id", "=", contactId), eb("contacts.id", "=", eb.ref("said.other_contact_id"))]),
            eb.and([eb("said.other_contact_id", "=", contactId), eb("contacts.id", "=", eb.ref("said.contact_id"))]),
          ]),
        ),
    )
    .leftJoin("users as sayer", "sayer.id", "said.created_by")
    .select(["contacts.id", "contacts.name", "contacts.family_name", "said.kind as why"])
    .select(["said.created_at as said_at", "sayer.name as said_by"])
    .where("said.account_id", "=", scope.account.id)
    .where((eb) => eb.or([eb("said.contact_id", "=", contactId), eb("said.other_contact_id", "=", contactId)]));
  return able(scope, query as never) as unknown as SelectQueryBuilder<Tables, "contacts", Row>;
}

function married(scope: Scope, contactId: string) {
  const today = dateIn(scope.account.timeZone, scope.clock.now());
  const query = byKey(scope.db)
    .selectFrom("relationships")
    .innerJoin("contacts", (join) =>
      join
        .onRef("contacts.account_id", "=", "relationships.account_id")
        .on((eb) =>
          eb.or([
            eb.and([
              eb("relationships.from_contact_id", "=", contactId),
              eb("contacts.id", "=", eb.ref("relationships.to_contact_id")),
            ]),
            eb.and([
              eb("relationships.to_contact_id", "=", contactId),
              eb("contacts.id", "=", eb.ref("relationships.from_contact_id")),
            ]),
          ]),
        ),
    )
    .select(["contacts.id", "contacts.name", "contacts.family_name"])
    .select(sql<string>`'married'`.as("why"))
    .select([sql<string | null>`null`.as("said_at"), sql<string | null>`null`.as("said_by")])
    .where("relationships.account_id", "=", scope.account.id)
    .where("relationships.type", "=", "married-to")
    .where((eb) =>
      eb.or([eb("relationships.from_contact_id", "=", contactId), eb("relationships.to_contact_id", "=", contactId)]),
    )
    .where((eb) => eb.or([eb("relationships.since", "is", null), eb("relationships.since", "<=", today)]))
    .where((eb) => eb.or([eb("relationships.until", "is", null), eb("relationships.until", ">=", today)]));
  return able(scope, query as never) as unknown as SelectQueryBuilder<Tables, "contacts", Row>;
}

/** Of nobody without a family name: the range of the key is empty then. */
function atOneAddress(scope: Scope, contactId: string, familyName: string) {
  const home = scope.account.phoneCountry;
  const query = byKey(scope.db)
    .selectFrom("contact_points as mine")
    .innerJoin("contact_points as theirs", (join) =>
      join
        .onRef("theirs.account_id", "=", "mine.account_id")
        .on("theirs.channel", "=", "address")
        .onRef("theirs.value_key", "=", "mine.value_key"),
    )
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.account_id", "=", "theirs.account_id").onRef("contacts.id", "=", "theirs.contact_id"),
    )
    .select(["contacts.id", "contacts.name", "contacts.family_name"])
    .select(sql<string>`'same-address'`.as("why"))
    .select([sql<string | null>`null`.as("said_at"), sql<string | null>`null`.as("said_by")])
    .where("mine.account_id", "=", scope.account.id)
    .where("mine.contact_id", "=", contactId)
    .where("mine.channel", "=", "address")
    .where("mine.street", "is not", null)
    .where("theirs.street", "is not", null)
    .where("theirs.contact_id", "!=", contactId)
    .where((eb) =>
      eb(eb.fn.coalesce("theirs.country", eb.val(home)), "=", eb.fn.coalesce("mine.country", eb.val(home))),
    )
    .where("contacts.name_key", ">=", familyName)
    .where("contacts.name_key", "<", familyName === "" ? "" : `${familyName}\uFFFE`);
  return able(scope, query as never) as unknown as SelectQueryBuilder<Tables, "contacts", Row>;
}
