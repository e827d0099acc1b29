import { createHash } from "node:crypto";
import { type Selectable } from "kysely";
import "~/features/audit/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Tables } from "~/platform/db/tables";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** A fact for the record. Ids, counts and names of fields only: whatever identifies a person stays out. */
export interface AuditFact {
  /** The event's id, where something written before it refers to it. */
  id?: string;
  /** The user's verb, e.g. `contact.edited`. */
  action: string;
  /** What it was done to, e.g. `{ contactId }`, `{ runId }`. */
  subject?: Record<string, string>;
  /** Names of the fields that changed, never their values. */
  fields?: readonly string[];
  counts?: Record<string, number>;
}

const GENESIS = "0".repeat(64);

/**
 * Appends one event to the account's hash chain (`hash = SHA-256(previous hash, body)`) and returns its id.
 * One per command, inside the command's transaction and last in it: from here to the commit the account's other
 * commands wait, which is what keeps the chain from forking.
 */
export async function recordEvent(scope: Scope, fact: AuditFact): Promise<string> {
  const accountId = scope.account.id;
  const head = await lockHead(scope);
  const position = head.position + 1;
  const id = fact.id ?? newId();
  const at = scope.clock.now();
  const body = JSON.stringify({
    id,
    position,
    at,
    action: fact.action,
    actor: scope.user?.id ?? null,
    role: scope.role,
    address: scope.address,
    requestId: scope.requestId,
    subject: sorted(fact.subject ?? {}),
    fields: [...(fact.fields ?? [])].sort(),
    counts: sorted(fact.counts ?? {}),
  });
  const hash = link(head.hash, body);
  await scope.db
    .insertInto("audit_events")
    .values({
      account_id: accountId,
      position,
      id,
      at,
      action: fact.action,
      actor_user_id: scope.user?.id ?? null,
      body,
      hash,
    })
    .execute();
  await scope.db.updateTable("audit_heads").set({ position, hash }).where("account_id", "=", accountId).execute();
  return id;
}

/**
 * Waits until the account's other commands have ended, and makes those that come wait for this transaction: for what is
 * true of many records together. Lock records first, as every command does, or two will wait for each other.
 */
export async function holdChain(scope: Scope): Promise<void> {
  await lockHead(scope);
}

export type ChainState = { ok: true; events: number } | { ok: false; position: number };

/** Reads an account's chain from the first event and says at which position it is broken, if anywhere. */
export async function verifyChain(scope: Scope): Promise<ChainState> {
  let previous = GENESIS;
  let position = 0;
  for (;;) {
    const events = await scope.db
      .selectFrom("audit_events")
      .select(["position", "id", "at", "action", "actor_user_id", "body", "hash"])
      .where("account_id", "=", scope.account.id)
      .where("position", ">", position)
      .orderBy("position")
      .limit(1_000)
      .execute();
    if (events.length === 0) break;
    for (const event of events) {
      if (event.position !== position + 1 || event.hash !== link(previous, event.body) || !isAsItsBodySays(event)) {
        return { ok: false, position: position + 1 };
      }
      position = event.position;
      previous = event.hash;
    }
  }
  const head = await readHead(scope);
  return (head?.hash ?? GENESIS) === previous ? { ok: true, events: position } : { ok: false, position: position + 1 };
}

type StoredEvent = Omit<Selectable<Tables["audit_events"]>, "account_id" | "hash">;

/** The columns stand beside the body for queries; only the body is hashed. */
function isAsItsBodySays({ body, ...columns }: StoredEvent): boolean {
  const said = JSON.parse(body) as Record<string, unknown>;
  return (
    columns.position === said.position &&
    columns.id === said.id &&
    columns.at === said.at &&
    columns.action === said.action &&
    columns.actor_user_id === said.actor
  );
}

/** The head's row, locked to the end of the transaction (on SQLite the transaction itself is the lock). */
async function lockHead(scope: Scope): Promise<{ position: number; hash: string }> {
  await scope.db
    .insertInto("audit_heads")
    .values({ account_id: scope.account.id, position: 0, hash: GENESIS })
    .onConflict((conflict) => conflict.column("account_id").doNothing())
    .execute();
  const head = await readHead(scope, true);
  if (!head) throw new Error("The audit chain has no head.");
  return head;
}

function readHead(scope: Scope, lock = false) {
  return scope.db
    .selectFrom("audit_heads")
    .select(["position", "hash"])
    .where("account_id", "=", scope.account.id)
    .$if(lock, lockRows(scope))
    .executeTakeFirst();
}

function link(previousHash: string, body: string): string {
  return createHash("sha256").update(previousHash).update(body).digest("hex");
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
