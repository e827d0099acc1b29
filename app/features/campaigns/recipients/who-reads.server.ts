import { type RawBuilder, sql } from "kysely";

/**
 * The id of whoever reads what a `recipient` is sent: the contact, or who acts for the estate. Written out, since Postgres
 * trusts a case within row-level security and finds contacts by their ids, and with `coalesce` goes through all of them.
 */
export const whoReads: RawBuilder<string> = sql<string>`case when recipient.written_to_id is null then recipient.contact_id else recipient.written_to_id end`;
