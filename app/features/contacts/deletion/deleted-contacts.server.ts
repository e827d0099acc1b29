import { type ContactKind } from "~/features/contacts/contact";
import { MOST_AT_ONCE, PAGE_SIZE } from "~/features/contacts/list/contact-list";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { UNDO_MS } from "~/features/changes/undo-window";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { isInstant, later } from "~/platform/time";

export interface DeletedContact {
  id: string;
  kind: ContactKind;
  name: string;
  company: string | null;
  email: string | null;
  deletedAt: string;
  /** Null: Tallybook itself. */
  deletedBy: string | null;
  /** From then on they cannot be brought back. */
  goneAt: string;
}

export interface DeletedPage {
  contacts: DeletedContact[];
  /** For the address of the page with those deleted earlier; null when this is all. */
  older: string | null;
}

/** Those who are deleted and can be brought back, the latest first. One statement. */
export async function listDeleted(scope: Scope, cursor: string | null): Promise<DeletedPage> {
  const beyond = readCursor(cursor);
  const rows = await scope.db
    .selectFrom("contacts")
    .leftJoin("users as deleter", "deleter.id", "contacts.deleted_by")
    .select(["contacts.id", "contacts.kind", "contacts.name", "contacts.company", "contacts.email"])
    .select(["contacts.deleted_at", "deleter.name as deleted_by_name"])
    .where("contacts.account_id", "=", scope.account.id)
    .where("contacts.deleted_at", ">", later(scope.clock.now(), -UNDO_MS))
    .where(seenBy(scope))
    .$if(beyond !== null, (query) =>
      query.where((eb) =>
        eb(eb.refTuple("contacts.deleted_at", "contacts.id"), "<", eb.tuple(beyond?.at ?? "", beyond?.id ?? "")),
      ),
    )
    .orderBy("contacts.deleted_at", "desc")
    .orderBy("contacts.id", "desc")
    .limit(PAGE_SIZE + 1)
    .execute();
  const shown = rows.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  return {
    contacts: shown.map(({ deleted_at, deleted_by_name, ...row }) => ({
      ...row,
      deletedAt: deleted_at ?? "",
      deletedBy: deleted_by_name,
      goneAt: later(deleted_at ?? "", UNDO_MS),
    })),
    older: rows.length > PAGE_SIZE && last ? `${last.deleted_at}~${last.id}` : null,
  };
}

function readCursor(cursor: string | null): { at: string; id: string } | null {
  const [at = "", id = ""] = (cursor ?? "").split("~");
  return isInstant(at) && isId(id) ? { at, id } : null;
}

export interface Deletion {
  /** Those of the ids that are there. */
  ids: string[];
  /** The only one's name. */
  name: string | null;
  archived: number;
  relationships: number;
  /** Open do-not-contact marks. */
  marks: number;
  /** Rows of files that they were brought in by. */
  rows: number;
  /** Those who are executor of an estate that stays. */
  executors: number;
}

/** What goes with these contacts, exactly. Two statements. */
export async function countDeletion(scope: Scope, contactIds: readonly string[]): Promise<Deletion> {
  const there = await thoseThere(scope, contactIds);
  const ids = there.map((contact) => contact.id);
  const counts = ids.length > 0 ? await countWith(scope, ids) : null;
  return {
    ids,
    name: there.length === 1 ? (there[0]?.name ?? null) : null,
    archived: there.filter((contact) => contact.archived_at !== null).length,
    ...(counts ?? { relationships: 0, marks: 0, rows: 0, executors: 0 }),
  };
}

async function thoseThere(scope: Scope, contactIds: readonly string[]) {
  if (contactIds.length === 0) return [];
  return scope.db
    .selectFrom("contacts")
    .select(["id", "name", "archived_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", contactIds.slice(0, MOST_AT_ONCE))
    .where("deleted_at", "is", null)
    .where(seenBy(scope))
    .execute();
}

/** Four counts in one statement. */
function countWith(scope: Scope, ids: readonly string[]) {
  const account = scope.account.id;
  return scope.db
    .selectNoFrom((eb) => [
      eb
        .selectFrom("relationships")
        .select((count) => count.fn.countAll<number>().as("count"))
        .where("account_id", "=", account)
        .where((or) => or.or([or("from_contact_id", "in", ids), or("to_contact_id", "in", ids)]))
        .as("relationships"),
      eb
        .selectFrom("do_not_contact_marks")
        .select((count) => count.fn.countAll<number>().as("count"))
        .where("account_id", "=", account)
        .where("contact_id", "in", ids)
        .where("lifted_at", "is", null)
        .as("marks"),
      eb
        .selectFrom("contact_records")
        .select((count) => count.fn.countAll<number>().as("count"))
        .where("account_id", "=", account)
        .where("contact_id", "in", ids)
        .where("source", "=", "file")
        .where("withdrawn_at", "is", null)
        .as("rows"),
      eb
        .selectFrom("relationships as executing")
        .innerJoin("contacts as estate", (join) =>
          join
            .onRef("estate.account_id", "=", "executing.account_id")
            .onRef("estate.id", "=", "executing.to_contact_id"),
        )
        .select((count) => count.fn.count<number>("executing.from_contact_id").distinct().as("count"))
        .where("executing.account_id", "=", account)
        .where("executing.from_contact_id", "in", ids)
        .where("executing.type", "=", "executor-of")
        .where("estate.kind", "=", "estate")
        .where("estate.deleted_at", "is", null)
        .where("estate.id", "not in", ids)
        .as("executors"),
    ])
    .executeTakeFirstOrThrow()
    .then((counts) => ({
      relationships: Number(counts.relationships),
      marks: Number(counts.marks),
      rows: Number(counts.rows),
      executors: Number(counts.executors),
    }));
}
