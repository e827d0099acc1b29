/** One recipient as the preview shows the mail to them. */
import { sql } from "kysely";
import { type MailPerson, readerColumns, readersOf, toPerson } from "~/features/campaigns/mailing/mail-people.server";
import { type CampaignFacts } from "~/features/campaigns/text/merge-values";
import { isStorable } from "~/features/contacts/values/typed-text";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export type WhichReader = { contactId: string } | { afterKey: string; afterId: string } | "first" | "emptiest";

export interface FoundReader {
  person: MailPerson;
  /** By which the next is found. */
  cursor: { afterKey: string; afterId: string };
}

/** How little is known of somebody, whatever the text asks for. */
const emptiness = sql<number>`(case when reader.given_name is null then 1 else 0 end
  + case when reader.family_name is null then 1 else 0 end + case when reader.company is null then 1 else 0 end
  + case when reader.job_title is null then 1 else 0 end + case when reader.city is null then 1 else 0 end
  + case when reader.custom_values is null then 1 else 0 end)`;

/** Of those who are written to and are there for the reader of the page; null: none. One statement. */
export async function findReader(
  scope: Scope,
  campaignId: string,
  { which, facts }: { which: WhichReader; facts: CampaignFacts },
): Promise<FoundReader | null> {
  const chosen = choose(scope, campaignId, which);
  const row = await chosen
    ?.select(readerColumns)
    .select("recipient.name_key")
    .$if(scope.ownOnly, (query) => query.where("reader.owner_id", "=", scope.user?.id ?? null))
    .orderBy("recipient.name_key")
    .orderBy("recipient.contact_id")
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return { person: toPerson(row, facts), cursor: { afterKey: row.name_key, afterId: row.contact_id } };
}

/** Null: there is nobody of such an id. */
function choose(scope: Scope, campaignId: string, which: WhichReader) {
  const readers = readersOf(scope, campaignId);
  if (which === "first") return readers;
  if (which === "emptiest") return readers.orderBy(emptiness, "desc");
  if ("contactId" in which) {
    return isId(which.contactId) ? readers.where("recipient.contact_id", "=", which.contactId) : null;
  }
  const { afterKey, afterId } = which;
  if (!isStorable(afterKey) || !isId(afterId)) return null;
  return readers.where((eb) =>
    eb(eb.refTuple("recipient.name_key", "recipient.contact_id"), ">", eb.tuple(afterKey, afterId)),
  );
}
