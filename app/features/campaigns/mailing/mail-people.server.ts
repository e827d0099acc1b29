/** Recipients as a mail to them needs them: who reads it, at which address, and what is known of them. */
import { sql, type SqlBool } from "kysely";
import { type MergeValues } from "~/features/campaigns/text/merge-fields";
import { type CampaignFacts, mergeValues } from "~/features/campaigns/text/merge-values";
import { whoReads } from "~/features/campaigns/recipients/who-reads.server";
import "~/features/campaigns/tables";
import { type ContactKind, type ContactValues, nothingKnown } from "~/features/contacts/contact";
import { readCustomColumn } from "~/features/contacts/custom/custom-rows.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

export interface MailPerson {
  contactId: string;
  /** Whoever reads it: the contact, or who acts for the estate. */
  name: string;
  email: string | null;
  timeZone: string | null;
  tries: number;
  values: MergeValues;
}

/** Recipients joined to whoever reads the mail, and to their first email. */
export function readersOf(scope: Scope, campaignId: string) {
  return scope.db
    .selectFrom("recipients as recipient")
    .innerJoin("contacts as reader", (join) =>
      join.onRef("reader.account_id", "=", "recipient.account_id").on(sql<SqlBool>`reader.id = ${whoReads}`),
    )
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "reader.account_id")
        .onRef("point.contact_id", "=", "reader.id")
        .on("point.channel", "=", sql.lit("email" as const))
        .on("point.position", "=", sql.lit(0)),
    )
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.left_out", "is", null);
}

export const readerColumns = [
  "recipient.contact_id",
  "recipient.tries",
  "reader.name",
  "reader.kind",
  "reader.typed_name",
  "reader.given_name",
  "reader.family_name",
  "reader.company",
  "reader.job_title",
  "reader.city",
  "reader.time_zone",
  "reader.custom_values",
  "point.value as email",
] as const;

interface ReaderRow {
  contact_id: string;
  tries: number;
  name: string;
  kind: ContactKind;
  typed_name: string | null;
  given_name: string | null;
  family_name: string | null;
  company: string | null;
  job_title: string | null;
  city: string | null;
  time_zone: string | null;
  custom_values: string | null;
  email: string | null;
}

export function toPerson(row: ReaderRow, campaign: CampaignFacts): MailPerson {
  const { contact_id: contactId, name, email, time_zone: timeZone, tries } = row;
  return { contactId, name, email, timeZone, tries, values: mergeValues(valuesOf(row), campaign) };
}

/** As much of a contact as a text can be told. */
function valuesOf(row: ReaderRow): ContactValues {
  const nowhere = { label: null, street: null, region: null, postalCode: null, country: null };
  const own = Object.entries(readCustomColumn(row.custom_values)).map(
    ([id, value]) => [`custom:${id}`, value] as const,
  );
  return {
    ...nothingKnown,
    ...{ kind: row.kind, typedName: row.typed_name, givenName: row.given_name, familyName: row.family_name },
    ...{ company: row.company, jobTitle: row.job_title },
    addresses: row.city === null ? [] : [{ ...nowhere, city: row.city }],
    ...Object.fromEntries(own),
  };
}

/** Of these recipients those who are written to. One statement. */
export async function mailPeople(
  scope: Scope,
  campaignId: string,
  { contactIds, facts }: { contactIds: readonly string[]; facts: CampaignFacts },
): Promise<MailPerson[]> {
  if (contactIds.length === 0) return [];
  const rows = await readersOf(scope, campaignId)
    .select(readerColumns)
    .where("recipient.contact_id", "in", contactIds)
    .orderBy("recipient.contact_id")
    .execute();
  return rows.map((row) => toPerson(row, facts));
}
