/** The people of the whole installation, for its operator: who they are and where, nothing of what they work on. */
import "~/features/accounts/tables";
import { sql } from "kysely";
import { emailKey } from "~/features/accounts/account";
import { type InstallationScope } from "~/platform/scope.server";

const MOST_PEOPLE = 100;

export interface InstallationPerson {
  id: string;
  name: string;
  email: string;
  isOperator: boolean;
  disabledAt: string | null;
  lastSignedInAt: string | null;
  places: number;
  /** Of these places, how many are switched off. */
  placesOff: number;
}

function peopleQuery(scope: InstallationScope) {
  return scope.db
    .selectFrom("users")
    .leftJoin("memberships", "memberships.user_id", "users.id")
    .select(["users.id", "users.name", "users.email", "users.operator_since"])
    .select(["users.disabled_at as disabledAt", "users.last_signed_in_at as lastSignedInAt"])
    .select((query) => query.fn.count<number>("memberships.account_id").as("places"))
    .select((query) => query.fn.count<number>("memberships.disabled_at").as("placesOff"))
    .groupBy(["users.id", "users.name", "users.email", "users.operator_since", "users.disabled_at"])
    .groupBy("users.last_signed_in_at");
}

type Row = Awaited<ReturnType<ReturnType<typeof peopleQuery>["executeTakeFirstOrThrow"]>>;

function toPerson({ operator_since, ...row }: Row): InstallationPerson {
  return { ...row, isOperator: operator_since !== null };
}

/** By name, at most a hundred; with `search` those in whose name or address it stands. */
export async function listPeople(scope: InstallationScope, search: string): Promise<InstallationPerson[]> {
  const wanted = emailKey(search);
  // A literal search: the signs that LIKE knows stand for themselves.
  const pattern = `%${wanted.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await peopleQuery(scope)
    .$if(wanted !== "", (query) =>
      query.where((eb) =>
        eb.or([
          eb("users.email_key", "like", sql<string>`${pattern} escape '\\'`),
          eb(eb.fn<string>("lower", ["users.name"]), "like", sql<string>`${pattern} escape '\\'`),
        ]),
      ),
    )
    .orderBy("users.name")
    .orderBy("users.id")
    .limit(MOST_PEOPLE)
    .execute();
  return rows.map(toPerson);
}

export async function findPersonById(scope: InstallationScope, userId: string): Promise<InstallationPerson | null> {
  const row = await peopleQuery(scope).where("users.id", "=", userId).executeTakeFirst();
  return row ? toPerson(row) : null;
}
