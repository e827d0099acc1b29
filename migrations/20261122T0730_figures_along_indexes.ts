import { type Kysely, sql } from "kysely";

/**
 * A campaign's figures are counted along indexes alone: the list itself, the tags of those reached, and their towns. Each
 * row that has to be looked up costs twice as much as counting it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  "drop index recipients_by_delivery",
  `create index recipients_by_delivery on recipients
    (account_id, campaign_id, delivery, response, left_out, responded_on, value_minor, contact_id)`,
  "drop index contact_tags_by_contact",
  "create index contact_tags_by_contact on contact_tags (account_id, contact_id, tag_id)",
  "create index contacts_towns on contacts (account_id, id, city_key, city, archived_at)",
];
