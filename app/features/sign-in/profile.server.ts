/** What a person chooses for themselves, wherever they have a place: their name, how pages are written and look, mails. */
import "~/features/accounts/tables";
import { settleFields } from "~/features/accounts/field-changes";
import { recordForPerson } from "~/features/sign-in/person-events.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";

export type Profile = {
  name: string;
  /** BCP 47; null: as each account writes. */
  locale: string | null;
  /** Null: as the device has it. */
  colourScheme: "light" | "dark" | null;
  noticesMailed: boolean;
};

/** Null when there is no such person any more. */
export function findProfile(scope: InstallationScope, userId: string): Promise<Profile | null> {
  return readProfile(scope, userId, false);
}

async function readProfile(scope: InstallationScope, userId: string, lock: boolean): Promise<Profile | null> {
  const row = await scope.db
    .selectFrom("users")
    .select(["name", "locale", "colour_scheme", "notices_mailed_at"])
    .where("id", "=", userId)
    .$if(lock, lockRows(scope))
    .executeTakeFirst();
  if (!row) return null;
  const { name, locale, colour_scheme: colourScheme, notices_mailed_at } = row;
  return { name, locale, colourScheme, noticesMailed: notices_mailed_at !== null };
}

export type ProfileOutcome =
  | { ok: true; changed: (keyof Profile)[] }
  /** Changed meanwhile in another browser, to what it is `now`. Nothing was written. */
  | { ok: false; reason: "changed-meanwhile"; clashes: (keyof Profile)[]; now: Profile };

/** Writes what differs from how the form began. Each firm's record says that it was done, not to what. */
export function changeProfile(
  scope: InstallationScope,
  user: UserFacts,
  mine: Partial<Profile>,
  began: Partial<Profile> = {},
): Promise<ProfileOutcome> {
  return inTransaction(scope, async (scope): Promise<ProfileOutcome> => {
    const now = await readProfile(scope, user.id, true);
    if (!now) throw new Error("The person was removed while changing their profile");
    const { changes, clashes } = settleFields<Profile>({ began, mine, now });
    if (clashes.length > 0) return { ok: false, reason: "changed-meanwhile", clashes, now };
    const changed = Object.keys(changes) as (keyof Profile)[];
    if (changed.length === 0) return { ok: true, changed };
    const mailedSince = changes.noticesMailed ? scope.clock.now() : null;
    await scope.db
      .updateTable("users")
      .set({
        name: changes.name,
        locale: changes.locale,
        colour_scheme: changes.colourScheme,
        ...(changes.noticesMailed === undefined ? {} : { notices_mailed_at: mailedSince }),
      })
      .where("id", "=", user.id)
      .execute();
    await recordForPerson(scope, user, { action: "person.profile-changed", fields: changed });
    return { ok: true, changed };
  });
}
