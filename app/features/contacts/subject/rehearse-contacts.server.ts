import { computeContact } from "~/features/contacts/compute-contact";
import { type ContactField, type ContactValues, displayName } from "~/features/contacts/contact";
import { namesAndKeys } from "~/features/contacts/contact-rows.server";
import { decide, lookUp, readCandidates } from "~/features/contacts/subject/contact-load.server";
import { type CanonicalContact } from "~/features/contacts/subject/contact-subject-reader";
import { type ContactRow, type KnownContact } from "~/features/contacts/subject/known-contacts.server";
import { type Placing } from "~/features/contacts/subject/place-rows.server";
import "~/features/contacts/tables";
import { type Load, type LoadOutcome, type Met, type Rehearsal } from "~/features/pipeline/subject";
import { type Scratch } from "~/platform/db/scratch.server";
import { fold } from "~/platform/fold.server";
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
      const { contacts, thereIds } = await candidates(scope, load, store);
      const names = new Map(contacts.map(({ id, values }) => [id, displayName(values)]));
      const placing = decide(load, contacts);
      store.remember(scope.account.id, touched(placing, contacts), thereIds);
      const met = placing.outcomes.map((outcome) => metBy(outcome, names, store));
      const known = thereIds.size > 0 ? await knownRuns(scope, load.rows) : [];
      return { outcomes: placing.outcomes, takenUp: placing.takenUp, met, known };
    },
  };
}

/** The contacts of the account as they would stand by now. */
async function candidates(scope: Scope, load: Load<CanonicalContact>, store: ContactStore) {
  const found = await lookUp(scope, load.rows);
  const again = store.isEmpty() ? new Set<string>() : await lookUp(store.scopeOver(scope), load.rows);
  const asTheyWere = new Set([...found].filter((id) => !store.has(id)));
  const there = await readCandidates(scope, asTheyWere, { lock: false, earlierRows: load.earlierRows });
  const remembered = store.read([...again]);
  const earlier = again.size > 0 ? await load.earlierRows([...again]) : [];
  for (const contact of remembered) {
    contact.unstored = earlier
      .filter(({ subjectId }) => subjectId === contact.id)
      .map(({ row }) => ({ row, index: null }));
  }
  const contacts = [...there, ...remembered].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { contacts, thereIds: new Set(there.map(({ id }) => id)) };
}

/** Those that records were stored with. */
function touched({ records, created }: Placing, contacts: readonly KnownContact[]): KnownContact[] {
  const known = new Map([...contacts, ...created].map((contact) => [contact.id, contact]));
  return [...new Set(records.map(({ contactId }) => contactId))].flatMap((id) => known.get(id) ?? []);
}

function metBy(outcome: LoadOutcome, names: ReadonlyMap<string, string>, store: ContactStore): Met | null {
  if (outcome.kind === "refused" || outcome.kind === "new") return null;
  const { subjectId: id } = outcome;
  const name = names.get(id);
  if (name === undefined || store.isOwn(id)) return null;
  return { id, name, isBlanked: outcome.kind === "changed" && isBlanked(outcome) };
}

function isBlanked({ before, after }: { before: unknown; after: unknown }): boolean {
  const valuesOf = (state: unknown) => (state as { values?: Partial<ContactValues> } | null)?.values ?? {};
  const [was, is] = [valuesOf(before), valuesOf(after)];
  return (Object.keys(is) as (keyof ContactValues)[]).some((key) => !isNothing(was[key]) && isNothing(is[key]));
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** Which runs brought these very rows in before. */
async function knownRuns(scope: Scope, rows: readonly ContactRow[]) {
  const times = new Map<string, number>();
  for (const { hash } of rows) times.set(hash, (times.get(hash) ?? 0) + 1);
  const found = await scope.db
    .selectFrom("contact_records")
    .select(["run_id", "hash"])
    .distinct()
    .where("account_id", "=", scope.account.id)
    .where("hash", "in", [...times.keys()])
    .where("withdrawn_at", "is", null)
    .where("run_id", "is not", null)
    .execute();
  const runs = new Map<string, number>();
  for (const { run_id: runId, hash } of found) {
    if (runId) runs.set(runId, (runs.get(runId) ?? 0) + (times.get(hash) ?? 0));
  }
  return [...runs].map(([runId, rows]) => ({ runId, rows }));
}

const tables = `
  create table contacts (
    id text primary key, account_id text, name_key text, company_key text, is_own integer, state text
  ) without rowid;
  create index contacts_by_name on contacts (name_key);
  create table contact_points (
    account_id text, channel text, value_key text, contact_id text, primary key (channel, value_key, contact_id)
  ) without rowid;
  create table contact_records (
    account_id text, hash text, contact_id text, withdrawn_at text, primary key (hash, contact_id)
  ) without rowid;
`;

type ContactStore = ReturnType<typeof contactStore>;

function contactStore(scratch: Scratch) {
  scratch.exec(tables);
  const statements = {
    contact: scratch.prepare("insert or replace into contacts values (?, ?, ?, ?, ?, ?)"),
    point: scratch.prepare("insert or ignore into contact_points values (?, ?, ?, ?)"),
    record: scratch.prepare("insert or ignore into contact_records values (?, ?, ?, null)"),
    dropPoint: scratch.prepare("delete from contact_points where channel = ? and value_key = ? and contact_id = ?"),
    state: scratch.prepare("select state from contacts where id = ?").pluck(),
    isOwn: scratch.prepare("select is_own from contacts where id = ?").pluck(),
  };
  let count = 0;
  const isOwn = (id: string) => statements.isOwn.get(id) as number | undefined;

  function put(accountId: string, contact: KnownContact, own: boolean): void {
    const { id, values, members } = contact;
    const { name_key: nameKey, company_key: companyKey } = namesAndKeys(values);
    statements.contact.run(id, accountId, nameKey, companyKey, Number(own), stateOf(contact));
    for (const [channel, key] of pointsOf(values)) statements.point.run(accountId, channel, key, id);
    for (const { hash } of members) statements.record.run(accountId, hash, id);
  }

  const read = (id: string) => contactFrom(statements.state.get(id) as string);

  function dropPoints(id: string): void {
    for (const [channel, key] of pointsOf(read(id).values)) statements.dropPoint.run(channel, key, id);
  }

  return {
    isEmpty: () => count === 0,
    has: (id: string) => count > 0 && isOwn(id) !== undefined,
    /** Whether the run itself brings it in. */
    isOwn: (id: string) => count > 0 && isOwn(id) === 1,
    scopeOver: (scope: Scope) => scratch.scopeOver(scope),
    read: (ids: readonly string[]) => ids.map(read),
    /** `thereIds`: those that the database has. */
    remember(accountId: string, contacts: readonly KnownContact[], thereIds: ReadonlySet<string>): void {
      if (contacts.length === 0) return;
      scratch.together(() => {
        for (const contact of contacts) {
          const known = count > 0 ? isOwn(contact.id) : undefined;
          if (known !== undefined) dropPoints(contact.id);
          put(accountId, contact, known === undefined ? !thereIds.has(contact.id) : known === 1);
        }
      });
      count += contacts.length;
    },
  };
}

/** By which it is looked up. */
function pointsOf({ emails, phones }: ContactValues): [channel: string, key: string][] {
  return [
    ...emails.map(({ value }): [string, string] => ["email", fold(value)]),
    ...phones.map(({ value }): [string, string] => ["phone", value]),
  ];
}

/** What it says is computed from its records, as always. */
function stateOf({ values: _, ...contact }: KnownContact): string {
  return JSON.stringify({ ...contact, pins: [...contact.pins], unstored: [], isNew: false });
}

function contactFrom(state: string): KnownContact {
  const { pins, ...contact } = JSON.parse(state) as KnownContact & { pins: ContactField[] };
  const pinned = new Set(pins);
  return { ...contact, pins: pinned, values: computeContact(contact.members, pinned).values };
}
