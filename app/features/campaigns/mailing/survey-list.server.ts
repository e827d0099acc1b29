/** What a campaign's email would meet with on its list as it is now: blanks, and who would be left out at sending. */
import { type Expression, sql, type SqlBool } from "kysely";
import { readersOf } from "~/features/campaigns/mailing/mail-people.server";
import { isLinkField, type MergeFieldKey } from "~/features/campaigns/text/merge-fields";
import { type Slot } from "~/features/campaigns/text/parse-text";
import { isCustomField } from "~/features/contacts/contact";
import { idOf } from "~/features/contacts/custom/custom-field";
import { type Scope } from "~/platform/scope.server";

export interface ListSurvey {
  /** To be written to, as the list stands. */
  waiting: number;
  /** Of them, those whom something speaks against since they came onto the list. */
  since: { noAddress: number; optedOut: number; suppressed: number; gone: number };
  blank: { field: MergeFieldKey; count: number }[];
}

/** Fields for which the text has no other words, and which can be blank: the others are known of everybody. */
export function mayBeBlank(slots: readonly Slot[]): MergeFieldKey[] {
  const without = slots.filter(({ field, otherwise }) => otherwise === null && !isLinkField(field));
  return [...new Set(without.map(({ field }) => field))].filter((field) => blankSql(field) !== null);
}

const nameless = sql<SqlBool>`(reader.kind = 'estate' or (reader.typed_name is null and reader.given_name is null
  and reader.family_name is null and (reader.kind <> 'business' or reader.company is null)))`;
const blanks: Partial<Record<MergeFieldKey, Expression<SqlBool>>> = {
  firstName: sql<SqlBool>`(reader.kind = 'estate' or reader.given_name is null)`,
  lastName: sql<SqlBool>`(reader.kind = 'estate' or reader.family_name is null)`,
  fullName: nameless,
  salutation: nameless,
  company: sql<SqlBool>`reader.company is null`,
  jobTitle: sql<SqlBool>`reader.job_title is null`,
  city: sql<SqlBool>`reader.city is null`,
};

function blankSql(field: MergeFieldKey): Expression<SqlBool> | null {
  if (!isCustomField(field)) return blanks[field] ?? null;
  // Its JSON has the id only where something is said.
  return sql<SqlBool>`(reader.custom_values is null or reader.custom_values not like ${`%"${idOf(field)}"%`})`;
}

function counted(condition: Expression<SqlBool>, name: string) {
  return sql<number>`count(case when ${condition} then 1 end)`.as(name);
}

/** One statement. */
export async function surveyList(
  scope: Scope,
  campaignId: string,
  fields: readonly MergeFieldKey[],
): Promise<ListSurvey> {
  const row = await waitingOf(scope, campaignId)
    .select((eb) => [
      eb.fn.countAll<number>().as("waiting"),
      counted(sql<SqlBool>`point.value is null`, "no_address"),
      counted(sql<SqlBool>`reader.no_email_at is not null`, "opted_out"),
      counted(sql<SqlBool>`point.suppressed_at is not null`, "suppressed"),
      counted(sql<SqlBool>`(reader.archived_at is not null or reader.died_on is not null)`, "gone"),
      ...fields.map((field, place) => counted(blankSql(field) ?? sql<SqlBool>`1 = 0`, `blank_${place}`)),
    ])
    .executeTakeFirstOrThrow();
  const counts = row as unknown as Record<string, number | string>;
  const count = (name: string) => Number(counts[name] ?? 0);
  return {
    waiting: count("waiting"),
    since: {
      ...{ noAddress: count("no_address"), optedOut: count("opted_out") },
      ...{ suppressed: count("suppressed"), gone: count("gone") },
    },
    blank: fields.flatMap((field, place) => {
      const number = count(`blank_${place}`);
      return number > 0 ? [{ field, count: number }] : [];
    }),
  };
}

function waitingOf(scope: Scope, campaignId: string) {
  return readersOf(scope, campaignId).where("recipient.delivery", "=", sql.lit("none" as const));
}

export interface BlankPerson {
  contactId: string;
  name: string;
  fields: MergeFieldKey[];
}

/** Those of whom the least is known that the text asks for, the emptiest first. One statement; none for no fields. */
export async function emptiestPeople(
  scope: Scope,
  campaignId: string,
  { fields, limit }: { fields: readonly MergeFieldKey[]; limit: number },
): Promise<BlankPerson[]> {
  if (fields.length === 0) return [];
  const flags = fields.map((field) => sql<number>`case when ${blankSql(field) ?? sql`1 = 0`} then 1 else 0 end`);
  const sum = sql<number>`(${sql.join(flags, sql` + `)})`;
  const rows = await waitingOf(scope, campaignId)
    .select(["recipient.contact_id", "reader.name"])
    .select(flags.map((flag, place) => flag.as(`blank_${place}`)))
    .where(sql<SqlBool>`${sum} > 0`)
    .$if(scope.ownOnly, (query) => query.where("reader.owner_id", "=", scope.user?.id ?? null))
    .orderBy(sum, "desc")
    .orderBy("recipient.name_key")
    .orderBy("recipient.contact_id")
    .limit(limit)
    .execute();
  return rows.map(({ contact_id: contactId, name, ...flagged }) => {
    const said = flagged as Record<string, number>;
    return { contactId, name, fields: fields.filter((_, place) => Number(said[`blank_${place}`]) === 1) };
  });
}
