import { type Kysely, sql } from "kysely";

/**
 * A list is filled by name, so that an index by name grows at its end, and one by contact all over: each batch of some
 * hundred then writes nearly as many of its pages. What only has to be in some order is in that of names.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Who came with an addition is asked when it is taken back, which counts the whole list anyway.
  "drop index recipients_of_addition",
  // What became of them; all that figures count.
  "drop index recipients_by_delivery",
  `create index recipients_by_delivery on recipients
    (account_id, campaign_id, delivery, response, left_out, responded_on, value_minor, name_key, contact_id)`,
  // Whom a mail is still to go to: those that wait for nothing, by name, and those that wait for an hour.
  "drop index recipients_to_mail",
  `create index recipients_to_mail on recipients (account_id, campaign_id, next_at, name_key, contact_id)
    where delivery = 'none' and left_out is null`,
  // Who is written to at an address, and who is left out for it.
  "drop index recipients_by_address",
  "create index recipients_by_address on recipients (account_id, campaign_id, address_key, left_out)",
];
