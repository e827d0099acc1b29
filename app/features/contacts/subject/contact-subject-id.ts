import { refuse, textOf } from "~/features/contacts/subject/contact-subject-text";
import { type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** The contact that a row says it is: exports have its id in a column of its own. */

export const ID_FIELD = "contactId";

/** As ids are written: as UUIDs (RFC 9562). */
const anId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function idOf(row: MappedRow): string | null {
  return textOf(row, ID_FIELD)?.toLowerCase() ?? null;
}

export function unreadableId(row: MappedRow): Refusal[] {
  const cell = row.get(ID_FIELD)?.[0];
  const id = idOf(row);
  if (!cell || id === null || anId.test(id)) return [];
  const reason =
    "This is no Tallybook ID. Take it from an export of Tallybook, or leave the cell empty to match by email or name.";
  return [refuse(cell, reason, "contact-id")];
}
