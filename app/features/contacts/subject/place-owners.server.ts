/** Who looks after the contacts of a batch, where its rows name somebody: by their email, else by their name. */
import { isDeepStrictEqual } from "node:util";
import { setOwner } from "~/features/contacts/serve-contact.server";
import { type ContactRow } from "~/features/contacts/subject/known-contacts.server";
import { OWNER_UNKNOWN } from "~/features/contacts/subject/remark-names";
import "~/features/contacts/tables";
import { type LoadOutcome } from "~/features/pipeline/subject";
import { fieldRule, type WritingRules } from "~/features/pipeline/subject-rules";
import { valueChunks } from "~/platform/db/chunks.server";
import { fold } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";

export interface Owner {
  ownerId: string | null;
  ownerName: string | null;
}

export interface OwnersPlaced {
  outcomes: LoadOutcome[];
  /** Contacts by the member who is to look after them. */
  given: ReadonlyMap<string, string[]>;
  /** The same the other way round, with their names. */
  owners: ReadonlyMap<string, Owner>;
}

interface RowsPlaced {
  rows: readonly ContactRow[];
  /** One for each row. */
  outcomes: readonly LoadOutcome[];
  rules: WritingRules;
  /** Who looks after contacts by now where the database says otherwise: in a trial. */
  ownersByNow?: (contactIds: readonly string[]) => ReadonlyMap<string, Owner>;
}

/**
 * What rows say of owners, decided but not written.
 * Only who sees all contacts may import, so that whoever may import may hand over.
 */
export async function placeOwners(
  scope: Scope,
  { rows, outcomes, rules, ownersByNow }: RowsPlaced,
): Promise<OwnersPlaced> {
  const given = new Map<string, string[]>();
  const owners = new Map<string, Owner>();
  const rule = fieldRule(rules, "owner");
  const isSaid = rule !== "never" && rows.some((row) => row.canonical.owner !== undefined);
  if (!isSaid) return { outcomes: [...outcomes], given, owners };
  const memberNamed = namedAmong(await listMembers(scope));
  const now = await readOwners(scope, outcomes, ownersByNow);
  const placed = rows.map((row, index) => {
    const outcome = outcomes[index] as LoadOutcome;
    const said = row.canonical.owner;
    if (said === undefined || outcome.kind === "refused" || outcome.kind === "left") return outcome;
    const member = memberNamed(said);
    if (!member) return { ...outcome, remarks: [...(outcome.remarks ?? []), OWNER_UNKNOWN] };
    const before = now.get(outcome.subjectId) ?? { ownerId: null, ownerName: null };
    if (before.ownerId === member.ownerId || (rule === "empty" && before.ownerId !== null)) return outcome;
    now.set(outcome.subjectId, member);
    owners.set(outcome.subjectId, member);
    give(given, outcome.subjectId, member.ownerId);
    return told(outcome, before, member);
  });
  return { outcomes: placed, given, owners };
}

export async function giveToOwners(scope: Scope, given: OwnersPlaced["given"]): Promise<void> {
  for (const [ownerId, ids] of given) if (ids.length > 0) await setOwner(scope, ids, ownerId);
}

function give(given: Map<string, string[]>, contactId: string, ownerId: string): void {
  for (const [owner, ids] of given)
    given.set(
      owner,
      ids.filter((id) => id !== contactId),
    );
  given.set(ownerId, [...(given.get(ownerId) ?? []), contactId]);
}

type Member = Owner & { ownerId: string; email: string };

/** Active ones. */
async function listMembers(scope: Scope): Promise<Member[]> {
  const members = await scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id as ownerId", "users.name as ownerName", "users.email"])
    .where("memberships.account_id", "=", scope.account.id)
    .where("memberships.disabled_at", "is", null)
    .where("users.disabled_at", "is", null)
    .execute();
  return members;
}

function namedAmong(members: readonly Member[]): (text: string) => Member | undefined {
  const byName = new Map<string, Member[]>();
  for (const member of members) {
    for (const name of new Set([fold(member.ownerName ?? ""), fold(member.email)])) {
      byName.set(name, [...(byName.get(name) ?? []), member]);
    }
  }
  return (text) => {
    const found = byName.get(fold(text)) ?? [];
    return found.length === 1 ? found[0] : undefined;
  };
}

async function readOwners(
  scope: Scope,
  outcomes: readonly LoadOutcome[],
  byNow: RowsPlaced["ownersByNow"],
): Promise<Map<string, Owner>> {
  const ids = new Set(
    outcomes.flatMap((one) => (one.kind === "refused" || one.kind === "left" ? [] : [one.subjectId])),
  );
  const found = new Map<string, Owner>();
  for (const some of valueChunks([...ids])) {
    const rows = await scope.db
      .selectFrom("contacts")
      .leftJoin("users as owner", "owner.id", "contacts.owner_id")
      .select(["contacts.id", "contacts.owner_id as ownerId", "owner.name as ownerName"])
      .where("contacts.account_id", "=", scope.account.id)
      .where("contacts.id", "in", some)
      .execute();
    for (const { id, ownerId, ownerName } of rows) found.set(id, { ownerId, ownerName });
  }
  for (const [id, owner] of byNow?.([...ids]) ?? []) found.set(id, owner);
  return found;
}

type Taken = Exclude<LoadOutcome, { kind: "refused" | "left" }>;

/** The outcome with who looked after the contact before, and who does now. A new one is theirs from the first. */
function told(outcome: Taken, before: Owner, { ownerId, ownerName }: Owner): LoadOutcome {
  if (outcome.kind === "new") return outcome;
  const was = outcome.kind === "changed" ? outcome : { before: {}, after: {} };
  if (isDeepStrictEqual(before, { ownerId, ownerName })) return outcome;
  return {
    kind: "changed",
    subjectId: outcome.subjectId,
    ...(outcome.remarks ? { remarks: outcome.remarks } : {}),
    before: { ...was.before, ...before },
    after: { ...was.after, ownerId, ownerName },
  };
}
