import { type SqlBool, sql } from "kysely";
import { type CampaignChannel } from "~/features/campaigns/campaign";
import {
  type Addressed,
  type Apart,
  doublesAmong,
  isAddressed,
  isOneAddress,
  isOneHousehold,
} from "~/features/campaigns/recipients/doubles";
import { type Judged } from "~/features/campaigns/recipients/judged";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import "~/features/campaigns/tables";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Leaves out those of these, in their order, that another who is written to is before: on the list already, or earlier
 * among them. Those of them who are on the list are judged as if they came now.
 */
export async function leaveOutDoubles(
  scope: Scope,
  campaign: { id: string; channel: CampaignChannel },
  people: readonly Judged[],
): Promise<readonly Judged[]> {
  const addressed = people.filter(isAddressed);
  if (addressed.length === 0) return people;
  const among = new Set(people.map(({ contactId }) => contactId));
  const keys = new Set(addressed.map(({ addressKey }) => addressKey));
  const listed = (await writtenAt(scope, campaign.id, [...keys])).filter(({ contactId }) => !among.has(contactId));
  const leaveOut = (doubles: ReadonlySet<string>, leftOut: LeftOut) =>
    people.map((person) => (doubles.has(person.contactId) ? { ...person, leftOut } : person));
  if (campaign.channel !== "letter") return leaveOut(doublesAmong(people, listed, isOneAddress), "double-address");
  const isOne = isOneHousehold(await saidApart(scope, addressed));
  return leaveOut(doublesAmong(people, await withFamilies(scope, listed), isOne), "double-household");
}

/** Who of the list is written to at these addresses. */
async function writtenAt(scope: Scope, campaignId: string, addressKeys: readonly string[]): Promise<Addressed[]> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select(["contact_id as contactId", "name_key as nameKey", "address_key as addressKey"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("address_key", "in", addressKeys)
    // Not as its column: SQLite would rather read all who are written to, along the index by name.
    .where(sql<SqlBool>`coalesce(left_out, '') = ''`)
    .execute();
  return rows.flatMap(({ addressKey, ...row }) =>
    addressKey === null ? [] : [{ ...row, addressKey, familyName: null }],
  );
}

/** With the family names that they have now. Families at one address are few; whoever is gone has none. */
async function withFamilies(scope: Scope, people: readonly Addressed[]): Promise<Addressed[]> {
  const names = new Map<string, string | null>();
  for (const ids of valueChunks(people.map(({ contactId }) => contactId))) {
    const rows = await scope.db
      .selectFrom("contacts")
      .select(["id", "family_name as familyName"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .execute();
    for (const { id, familyName } of rows) names.set(id, familyName);
  }
  return people.map((person) => ({ ...person, familyName: names.get(person.contactId) ?? null }));
}

/** Of whom of these somebody said that they and another live apart. */
async function saidApart(scope: Scope, people: readonly Judged[]): Promise<Apart> {
  const ids = people.map(({ contactId }) => contactId);
  const rows = await scope.db
    .selectFrom("household_corrections")
    .select(["contact_id", "other_contact_id"])
    .where("account_id", "=", scope.account.id)
    .where("kind", "=", "apart")
    .where((eb) => eb.or([eb("contact_id", "in", ids), eb("other_contact_id", "in", ids)]))
    .execute();
  const pairs = new Set(rows.map((row) => `${row.contact_id} ${row.other_contact_id}`));
  return (one, other) => pairs.has(`${one} ${other}`) || pairs.has(`${other} ${one}`);
}
