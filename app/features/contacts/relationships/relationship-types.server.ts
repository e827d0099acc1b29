/** An account's own types of relationship: an administrator says how they read, in both directions. */
import { holdChain, recordEvent } from "~/features/audit/audit.server";
import { type OwnType, type Readings, relationshipTypes } from "~/features/contacts/relationships/relationships";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { fold } from "~/platform/fold.server";
import { newId } from "~/platform/ids.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface ListedType extends OwnType {
  /** Null: in use. */
  retiredAt: string | null;
  /** How many relationships are of it. */
  used: number;
}

/** More than anybody keeps apart in a list to choose from. */
export const MOST_TYPES = 500;

/** All of the account's own types with how often each is used, by how they read. One statement. */
export async function listOwnTypes(scope: Scope): Promise<ListedType[]> {
  const rows = await scope.db
    .selectFrom("relationship_types as own")
    .leftJoin("relationships", (join) =>
      join
        .onRef("relationships.account_id", "=", "own.account_id")
        .on((eb) => eb("relationships.type", "=", eb.cast<string>("own.id", "text"))),
    )
    .select(["own.id", "own.reads", "own.reads_back", "own.retired_at"])
    .select((eb) => eb.fn.count<number>("relationships.id").as("used"))
    .where("own.account_id", "=", scope.account.id)
    .groupBy(["own.id", "own.reads", "own.reads_back", "own.retired_at"])
    .execute();
  return rows
    .map(({ id, reads, reads_back, retired_at, used }) => ({
      ...{ id, reads, readsBack: reads_back, retiredAt: retired_at },
      used: Number(used),
    }))
    .sort((a, b) => a.reads.localeCompare(b.reads));
}

/** The account's own types that a new relationship may have. One statement. */
export async function listTypesToChoose(scope: Scope, alsoId: string | null = null): Promise<OwnType[]> {
  const rows = await scope.db
    .selectFrom("relationship_types")
    .select(["id", "reads", "reads_back", "retired_at"])
    .where("account_id", "=", scope.account.id)
    .execute();
  return rows
    .filter((row) => row.retired_at === null || row.id === alsoId)
    .map(({ id, reads, reads_back }) => ({ id, reads, readsBack: reads_back }))
    .sort((a, b) => a.reads.localeCompare(b.reads));
}

export type TypeResult =
  | { ok: true; id: string }
  | { ok: false; reason: "not-found" | "too-many" | "used" }
  /** `like`: the words that are there already. */
  | { ok: false; reason: "alike"; like: string };

export function addType(scope: Scope, readings: Readings): Promise<TypeResult> {
  return inTransaction(scope, async (scope) => {
    const types = await holdTypes(scope);
    if (types.length >= MOST_TYPES) return { ok: false, reason: "too-many" };
    const like = alike(readings, types);
    if (like) return { ok: false, reason: "alike", like };
    const id = newId();
    await scope.db
      .insertInto("relationship_types")
      .values({
        ...{ account_id: scope.account.id, id, ...columnsOf(readings) },
        ...{ created_at: scope.clock.now(), created_by: scope.user?.id ?? null, retired_at: null },
      })
      .execute();
    await recordEvent(scope, { action: "relationship-type.added", subject: { relationshipTypeId: id } });
    return { ok: true, id };
  });
}

/** Says it otherwise, wherever it is used. A save that changes nothing writes nothing. */
export function renameType(scope: Scope, id: string, readings: Readings): Promise<TypeResult> {
  return inTransaction(scope, async (scope) => {
    const types = await holdTypes(scope);
    const type = types.find((one) => one.id === id);
    if (!type) return { ok: false, reason: "not-found" };
    const others = types.filter((one) => one !== type);
    const like = alike(readings, others);
    if (like) return { ok: false, reason: "alike", like };
    const columns = columnsOf(readings);
    if (columns.reads === type.reads && columns.reads_back === type.readsBack) return { ok: true, id };
    await change(scope, id, columns);
    await recordEvent(scope, { action: "relationship-type.renamed", subject: { relationshipTypeId: id } });
    return { ok: true, id };
  });
}

/** No new relationship is of it; those that are stay. Taken back into use with `retired` false. Idempotent. */
export function setTypeRetired(scope: Scope, id: string, retired: boolean): Promise<TypeResult> {
  return inTransaction(scope, async (scope) => {
    const type = (await holdTypes(scope)).find((one) => one.id === id);
    if (!type) return { ok: false, reason: "not-found" };
    if (type.retired === retired) return { ok: true, id };
    await change(scope, id, { retired_at: retired ? scope.clock.now() : null });
    const action = retired ? "relationship-type.retired" : "relationship-type.taken-back";
    await recordEvent(scope, { action, subject: { relationshipTypeId: id } });
    return { ok: true, id };
  });
}

/** Only what no relationship is of: else it can be retired. */
export function removeType(scope: Scope, id: string): Promise<TypeResult> {
  return inTransaction(scope, async (scope) => {
    if (!(await holdTypes(scope)).some((one) => one.id === id)) return { ok: false, reason: "not-found" };
    const used = await scope.db
      .selectFrom("relationships")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("type", "=", id)
      .limit(1)
      .executeTakeFirst();
    if (used) return { ok: false, reason: "used" };
    await scope.db
      .deleteFrom("relationship_types")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    await recordEvent(scope, { action: "relationship-type.removed", subject: { relationshipTypeId: id } });
    return { ok: true, id };
  });
}

interface HeldType extends OwnType {
  retired: boolean;
}

/** All types as they are, and stay to the end of the transaction: whoever relates by one comes before or after. */
async function holdTypes(scope: Scope): Promise<HeldType[]> {
  const locked = scope.db
    .selectFrom("relationship_types")
    .select(["id", "reads", "reads_back", "retired_at"])
    .where("account_id", "=", scope.account.id)
    .orderBy("id")
    .$call(lockRows(scope));
  await locked.execute();
  await holdChain(scope);
  const rows = await locked.execute();
  return rows.map(({ id, reads, reads_back, retired_at }) => ({
    ...{ id, reads, readsBack: reads_back, retired: retired_at !== null },
  }));
}

/** Where both read alike but for capitals, they are the same words: so it is known to read alike both ways. */
function columnsOf({ reads, readsBack }: Readings): { reads: string; reads_back: string } {
  return { reads, reads_back: fold(reads) === fold(readsBack) ? reads : readsBack };
}

/** Words that a list to choose from would hold twice. */
function alike({ reads, readsBack }: Readings, others: readonly OwnType[]): string | null {
  const wanted = [fold(reads), fold(readsBack)];
  const taken = [...Object.values<Readings>(relationshipTypes), ...others].flatMap((type) => [
    type.reads,
    type.readsBack,
  ]);
  return taken.find((words) => wanted.includes(fold(words))) ?? null;
}

async function change(
  scope: Scope,
  id: string,
  set: { reads: string; reads_back: string } | { retired_at: string | null },
): Promise<void> {
  await scope.db
    .updateTable("relationship_types")
    .set(set)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
}
