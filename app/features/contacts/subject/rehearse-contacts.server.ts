import { type ContactValues, displayName } from "~/features/contacts/contact";
import { decide, readCandidates } from "~/features/contacts/subject/contact-load.server";
import { lookUp } from "~/features/contacts/subject/look-up.server";
import { placeOwners } from "~/features/contacts/subject/place-owners.server";
import { type ContactStore, contactStore } from "~/features/contacts/subject/rehearsed-contacts.server";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import { type ContactRow, type KnownContact } from "~/features/contacts/subject/known-contacts.server";
import { type Placing } from "~/features/contacts/subject/place-rows.server";
import "~/features/contacts/tables";
import { type Load, type LoadOutcome, type Met, type Rehearsal } from "~/features/pipeline/subject";
import { type Scratch } from "~/platform/db/scratch.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Loads contacts without writing: those that rows would have made or changed are kept in a scratch store, under the same
 * tables and keys by which an import looks contacts up, so that the same look-ups find them there. About 1 kB a contact
 * on disk, none in memory.
 */
export function rehearseContacts(scratch: Scratch): Rehearsal<CanonicalContact> {
  const store = contactStore(scratch);
  return {
    async load(scope, load) {
      const { rows, rules, observedAt } = load;
      const { contacts, thereIds } = await candidates(scope, load, store);
      const names = new Map(contacts.map(({ id, values }) => [id, displayName(values)]));
      const placing = decide(scope, load, contacts);
      store.remember(scope.account.id, { contacts: touched(placing, contacts), thereIds, observedAt });
      const { outcomes, owners } = await placeOwners(scope, {
        ...{ rows, rules, outcomes: placing.outcomes },
        ownersByNow: (ids) => store.owners(ids, { ownerId: load.startedBy, ownerName: null }),
      });
      store.giveTo(owners);
      const met = outcomes.map((outcome) => metBy(outcome, names, store));
      const known = thereIds.size > 0 ? await knownRuns(scope, rows) : [];
      return { outcomes: leadingToThere(outcomes, store), takenUp: placing.takenUp, met, known };
    },
  };
}

/** The contacts of the account as they would stand by now. */
async function candidates(scope: Scope, load: Load<CanonicalContact>, store: ContactStore) {
  const { rows, rules, observedAt } = load;
  const found = await lookUp(scope, rows, rules);
  const again = store.isEmpty() ? [] : await lookUp(store.scopeOver(scope), rows, rules);
  const asTheyWere = found.filter((id) => !store.has(id));
  const { earlierRows } = load;
  const there = await readCandidates(scope, asTheyWere, { observedAt, lock: false, earlierRows });
  // Of an id that a row has by itself nothing may be remembered.
  const known = again.filter(store.has);
  const remembered = store.read(known, observedAt);
  const earlier = known.length > 0 ? await earlierRows(known) : [];
  for (const contact of remembered) {
    contact.unstored = earlier
      .filter(({ subjectId }) => subjectId === contact.id)
      .map(({ row }) => ({ row, index: null }));
  }
  const contacts = [...there, ...remembered].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { contacts, thereIds: new Set(there.map(({ id }) => id)) };
}

/** Those that records were stored with, or marks. */
export function touched({ records, created, marks }: Writing, contacts: readonly KnownContact[]): KnownContact[] {
  const known = new Map([...contacts, ...created].map((contact) => [contact.id, contact]));
  return [...new Set([...records, ...marks].map(({ contactId }) => contactId))].flatMap((id) => known.get(id) ?? []);
}

interface Writing extends Pick<Placing, "created" | "marks"> {
  records: readonly Pick<Placing["records"][number], "contactId">[];
}

/** The contact that an outcome is about, where it was there before. */
export function metBy(outcome: LoadOutcome, names: ReadonlyMap<string, string>, store: ContactStore): Met | null {
  if (outcome.kind === "refused" || outcome.kind === "new") return null;
  const { subjectId: id } = outcome;
  const name = names.get(id ?? "");
  if (id === null || name === undefined || store.isOwn(id)) return null;
  return { id, name, isBlanked: outcome.kind === "changed" && isBlanked(outcome) };
}

/** Refusals name also contacts that only the trial itself brings in: to these nothing leads. */
export function leadingToThere<Outcome extends LoadOutcome>(outcomes: Outcome[], store: ContactStore): Outcome[] {
  return outcomes.map((outcome) => {
    if (outcome.kind !== "refused") return outcome;
    const refusals = outcome.refusals.map(({ fits, ...refusal }) =>
      fits ? { ...refusal, fits: fits.filter(({ id }) => !store.isOwn(id)) } : refusal,
    );
    return { ...outcome, refusals };
  });
}

function isBlanked({ before, after }: { before: unknown; after: unknown }): boolean {
  const valuesOf = (state: unknown) => (state as { values?: Partial<ContactValues> } | null)?.values ?? {};
  const [was, is] = [valuesOf(before), valuesOf(after)];
  return (Object.keys(is) as (keyof ContactValues)[]).some((key) => !isNothing(was[key]) && isNothing(is[key]));
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/**
 * Which runs brought these very rows in before. Records of no run are left out here: asked to, SQLite would go through
 * all that any run has brought.
 */
async function knownRuns(scope: Scope, rows: readonly ContactRow[]) {
  const times = new Map<string, number>();
  for (const { hash } of rows) times.set(hash, (times.get(hash) ?? 0) + 1);
  const found = await scope.db
    .selectFrom("contact_records")
    .select(["run_id", "hash"])
    .where("account_id", "=", scope.account.id)
    .where("hash", "in", [...times.keys()])
    .where("withdrawn_at", "is", null)
    .execute();
  const brought = new Map(found.map(({ run_id: runId, hash }) => [`${runId} ${hash}`, { runId, hash }]));
  const runs = new Map<string, number>();
  for (const { runId, hash } of brought.values()) {
    if (runId) runs.set(runId, (runs.get(runId) ?? 0) + (times.get(hash) ?? 0));
  }
  return [...runs].map(([runId, rows]) => ({ runId, rows }));
}
