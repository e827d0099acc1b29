/** Makes the estate of somebody who has died, and says who its executor is. */
import { type ContactValues, displayName, nothingKnown } from "~/features/contacts/contact";
import { createContact, editContact } from "~/features/contacts/edit-contact.server";
import { lockContacts } from "~/features/contacts/hand-change.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { asOneChange, changeSetOf } from "~/features/contacts/record-change.server";
import { oneLine } from "~/features/contacts/values/typed-text";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface NewEstate {
  /** Plain date, checked; null: the contact says so already. */
  diedOn: string | null;
  /** A contact that is there, a name of one to be made, or null: not known yet. */
  executor: { contactId: string } | { name: string } | null;
}

export type MakeEstateResult =
  | { ok: true; estateId: string; changeSetId: string | null }
  | {
      ok: false;
      reason: "not-found" | "not-a-person" | "no-date" | "made-already" | "executor-not-found" | "own-executor";
    };

/**
 * The estate contact "Estate of Ann Smith", tied to the person and to the executor: one change, told in the history of
 * everybody whom it touches.
 */
export function makeEstate(
  scope: Scope,
  decedentId: string,
  { diedOn, executor }: NewEstate,
): Promise<MakeEstateResult> {
  return inTransaction(asOneChange(scope, "contact.estate-made"), async (scope) => {
    // Before anything is recorded, which holds the account's chain: who edits one of them holds it and waits for that.
    await lockContacts(scope, [decedentId, ...knownExecutor(executor)]);
    const decedent = await findContact(scope, decedentId);
    if (!decedent) return { ok: false, reason: "not-found" };
    const { values, version } = decedent;
    if (values.kind !== "individual") return { ok: false, reason: "not-a-person" };
    const died = values.diedOn ?? diedOn;
    if (!died) return { ok: false, reason: "no-date" };
    const refused = (await hasEstate(scope, decedentId))
      ? "made-already"
      : await refusedExecutor(scope, decedentId, executor);
    if (refused) return { ok: false, reason: refused };

    if (!values.diedOn) must(await editContact(scope, decedentId, { version, values: { ...values, diedOn: died } }));
    const estate = { ...nothingKnown, kind: "estate" as const, typedName: `Estate of ${displayName(values)}` };
    const { id: estateId } = must(await createContact(scope, estate));
    must(await relate(scope, { fromId: estateId, toId: decedentId, type: "estate-of", since: died }));
    if (executor) {
      const fromId =
        "contactId" in executor ? executor.contactId : must(await createContact(scope, named(executor.name))).id;
      must(await relate(scope, { fromId, toId: estateId, type: "executor-of", since: died }));
    }
    return { ok: true, estateId, changeSetId: changeSetOf(scope) };
  });
}

function knownExecutor(executor: NewEstate["executor"]): string[] {
  return executor && "contactId" in executor ? [executor.contactId] : [];
}

async function refusedExecutor(scope: Scope, decedentId: string, executor: NewEstate["executor"]) {
  if (!executor) return null;
  if ("name" in executor) return oneLine(executor.name) ? null : "executor-not-found";
  if (executor.contactId === decedentId) return "own-executor";
  return (await findContact(scope, executor.contactId)) ? null : "executor-not-found";
}

async function hasEstate(scope: Scope, decedentId: string): Promise<boolean> {
  const row = await scope.db
    .selectFrom("relationships")
    .innerJoin("contacts as estate", (join) =>
      join
        .onRef("estate.account_id", "=", "relationships.account_id")
        .onRef("estate.id", "=", "relationships.from_contact_id"),
    )
    .select("relationships.id")
    .where("relationships.account_id", "=", scope.account.id)
    .where("relationships.to_contact_id", "=", decedentId)
    .where("relationships.type", "=", "estate-of")
    // One that was made by mistake and deleted is in nobody's way.
    .where("estate.deleted_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

const titles = /^(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame|lady|lord|rev|herr|frau|m|mme|mlle|sr|sra)\.?$/i;

/** "Mr Ben Smith": his name's parts, and all of it as it was written. */
function named(text: string): ContactValues {
  const typed = oneLine(text);
  const words = typed.split(" ").filter((word) => !titles.test(word));
  const familyName = words.pop() ?? null;
  const givenName = words.join(" ") || null;
  const together = [givenName, familyName].filter(Boolean).join(" ");
  return { ...nothingKnown, givenName, familyName, typedName: typed === together ? null : typed };
}

/** What was checked above cannot be refused. */
function must<Result extends { ok: boolean }>(result: Result): Extract<Result, { ok: true }> {
  if (!result.ok) throw new Error(`An estate cannot be made: ${JSON.stringify(result)}`);
  return result as Extract<Result, { ok: true }>;
}
