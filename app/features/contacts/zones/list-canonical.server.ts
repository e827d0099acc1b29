/** The canonical zone, to browse: what each source says of a contact, mapped, validated and normalised. */
import { type MemberRecord, type RecordData, says } from "~/features/contacts/compute-contact";
import { type ContactField, displayName, fieldsIn, nothingKnown } from "~/features/contacts/contact";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { searchIds } from "~/features/contacts/search/search-contacts.server";
import { parseSearch } from "~/features/contacts/search/search-terms.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export const CANONICAL_PAGE = 50;

export interface CanonicalRow {
  id: string;
  contactId: string;
  /** As the record itself says it. */
  name: string;
  fields: ContactField[];
  source: "by-hand" | "file" | "connector";
  /** The file, or how the connector was called. */
  from: string | null;
  at: string;
  /** It no longer counts. */
  isWithdrawn: boolean;
  /** The contact stands in the lists no more. */
  isOfArchived: boolean;
}

export interface CanonicalFilters {
  runId: string | null;
  contactId: string | null;
  /** Null: of whomever. */
  contactIds?: readonly string[] | null;
}

/** More than these nobody looks through: more of the name finds fewer. */
export const MOST_FOUND = 500;

export interface FoundContacts {
  ids: string[];
  /** There are more than can be shown. */
  isMore: boolean;
}

/** Whom words find, archived or not, as in the list of contacts; null: there is nothing in them to look for. */
export async function findCalled(scope: Scope, words: string): Promise<FoundContacts | null> {
  const terms = parseSearch(words);
  if (!terms) return null;
  const ids = await searchIds(scope, terms, MOST_FOUND + 1);
  return { ids: ids.slice(0, MOST_FOUND), isMore: ids.length > MOST_FOUND };
}

/** The newest first. Whoever sees only their own contacts sees only what is said of those. One statement. */
export async function listCanonical(
  scope: Scope,
  { runId, contactId, contactIds = null }: CanonicalFilters,
  after: string | null,
): Promise<{ rows: CanonicalRow[]; after: string | null }> {
  const isNone = [runId, contactId, after].some((id) => id !== null && !isId(id));
  if (isNone || contactIds?.length === 0) return { rows: [], after: null };
  const found = await scope.db
    .selectFrom("contact_records as record")
    .leftJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "record.account_id").onRef("run.id", "=", "record.run_id"),
    )
    .leftJoin("contacts as made", (join) =>
      join.onRef("made.account_id", "=", "record.account_id").onRef("made.id", "=", "record.contact_id"),
    )
    .select(["record.id", "record.contact_id as contactId", "record.data", "record.source", "run.file_name as from"])
    .select(["record.observed_at as at", "record.withdrawn_at", "made.archived_at"])
    .where("record.account_id", "=", scope.account.id)
    .$if(runId !== null, (query) => query.where("record.run_id", "=", runId))
    .$if(contactId !== null, (query) => query.where("record.contact_id", "=", contactId ?? ""))
    .$if(contactIds !== null, (query) => query.where("record.contact_id", "in", contactIds ?? []))
    .$if(scope.ownOnly === true, (query) => query.where("record.contact_id", "in", seen(scope)))
    .$if(after !== null, (query) => query.where("record.id", "<", after ?? ""))
    .orderBy("record.id", "desc")
    .limit(CANONICAL_PAGE + 1)
    .execute();
  const rows = found.slice(0, CANONICAL_PAGE).map(({ data, withdrawn_at, archived_at, ...row }) => ({
    ...row,
    ...told(fromJson<RecordData>(data)),
    ...{ isWithdrawn: withdrawn_at !== null, isOfArchived: archived_at !== null },
  }));
  return { rows, after: found.length > CANONICAL_PAGE ? (rows.at(-1)?.id ?? null) : null };
}

function told(data: RecordData): Pick<CanonicalRow, "name" | "fields"> {
  const member: MemberRecord = { id: "", source: "file", observedAt: "", hash: "", data };
  return {
    name: displayName({ ...nothingKnown, ...data }),
    fields: fieldsIn(data).filter((field) => says(member, field)),
  };
}

function seen(scope: Scope) {
  return parts.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id).where(seenBy(scope));
}
