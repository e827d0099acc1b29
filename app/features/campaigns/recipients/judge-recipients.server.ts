/**
 * Who of a list is written to, and why not: what the contact's own row says, who acts for an estate, who asked not to hear
 * of the topic, and who is a double. All of that is read and decided first, so that a row is written once, or not at all.
 */
import { type SqlBool, sql } from "kysely";
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { firstNumber } from "~/features/campaigns/recipients/first-number.server";
import { type Judged } from "~/features/campaigns/recipients/judged";
import { leaveOutDoubles } from "~/features/campaigns/recipients/leave-out-doubles.server";
import { leaveOutPaused } from "~/features/campaigns/recipients/leave-out-paused.server";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { ways } from "~/features/campaigns/recipients/ways";
import { writeToExecutors } from "~/features/campaigns/recipients/write-to-executors.server";
import "~/features/campaigns/tables";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

interface Campaign {
  id: string;
  channel: CampaignChannel;
}

/**
 * What these contacts would be on the list, by name. Those who are on it already are passed over, as are those who are not
 * there for whoever asks.
 * @param areNew none of them can be on it: nobody is looked for
 */
export async function judgeContacts(
  scope: Scope,
  campaign: Campaign,
  contactIds: readonly string[],
  { areNew = false } = {},
): Promise<readonly Judged[]> {
  if (contactIds.length === 0) return [];
  const people = await byTheirRows(scope, campaign.channel)
    .select("contacts.name_key as nameKey")
    .where("contacts.id", "in", contactIds)
    // Whoever is deleted is archived, too.
    .where("contacts.deleted_at", "is", null)
    .where(seenBy(scope))
    .$if(!areNew, (query) => query.where(isNotListed(scope, campaign.id)))
    // In no order: SQLite would walk all contacts by name.
    .execute();
  return judge(scope, campaign, people);
}

function isNotListed(scope: Scope, campaignId: string) {
  const listed = parts
    .selectFrom("recipients")
    .select("recipients.contact_id")
    .where("recipients.account_id", "=", scope.account.id)
    .where("recipients.campaign_id", "=", campaignId)
    .where(sql<SqlBool>`recipients.contact_id = contacts.id`);
  return parts.not(parts.exists(listed));
}

/**
 * Judges recipients anew by what their contacts are now, and writes what is different.
 * @returns how many more are left out; negative where there are fewer
 */
export async function judgeAgain(scope: Scope, campaign: Campaign, contactIds: readonly string[]): Promise<number> {
  if (contactIds.length === 0) return 0;
  const people = await byTheirRows(scope, campaign.channel)
    .innerJoin("recipients", (join) =>
      join
        .onRef("recipients.account_id", "=", "contacts.account_id")
        .onRef("recipients.contact_id", "=", "contacts.id"),
    )
    .select(["recipients.name_key as nameKey", "recipients.left_out as wasLeftOut"])
    .select(["recipients.written_to_id as wasWrittenToId", "recipients.address_key as hadAddressKey"])
    .where("recipients.account_id", "=", scope.account.id)
    .where("recipients.campaign_id", "=", campaign.id)
    .where("recipients.contact_id", "in", contactIds)
    .orderBy("recipients.contact_id")
    .$call(lockRows(scope, { of: "recipients" }))
    .execute();
  const now = await judge(scope, campaign, people);
  await writeJudged(scope, campaign.id, { before: people, now });
  const leftOut = (some: readonly (LeftOut | null)[]) => some.filter((reason) => reason !== null).length;
  return leftOut(now.map((person) => person.leftOut)) - leftOut(people.map((person) => person.wasLeftOut));
}

/** What their own rows say. An estate is judged like anybody here; whoever acts for it is looked for afterwards. */
function byTheirRows(scope: Scope, channel: CampaignChannel) {
  const { point, forbidden } = ways[channel];
  return scope.db
    .selectFrom("contacts")
    .leftJoin("contact_points as point", (join) =>
      join
        .onRef("point.account_id", "=", "contacts.account_id")
        .onRef("point.contact_id", "=", "contacts.id")
        .on("point.channel", "=", sql.lit(point))
        .on((eb) =>
          channel === "phone"
            ? eb("point.position", "=", eb.fn.coalesce(firstNumber(scope, sql.ref("contacts.id")), eb.lit(0)))
            : eb("point.position", "=", sql.lit(0)),
        ),
    )
    .select((eb) => [
      ...(["contacts.id as contactId", "contacts.kind", "contacts.family_name as familyName"] as const),
      "point.value_key as addressKey",
      sql<null>`null`.as("writtenToId"),
      eb
        .case()
        .when("contacts.archived_at", "is not", null)
        .then(sql.lit<LeftOut>("archived"))
        .when("contacts.died_on", "is not", null)
        .then(sql.lit<LeftOut>("deceased"))
        .when(`contacts.${forbidden}`, "is not", null)
        .then(sql.lit<LeftOut>("do-not-contact"))
        .when("point.contact_id", "is", null)
        .then(sql.lit<LeftOut>("no-address"))
        .when("point.suppressed_at", "is not", null)
        .then(sql.lit<LeftOut>("suppressed"))
        .end()
        .as("leftOut"),
    ])
    .where("contacts.account_id", "=", scope.account.id);
}

/** As the database sorts them: by bytes. */
function byName(one: Judged, other: Judged): number {
  const byKey = Buffer.compare(Buffer.from(one.nameKey), Buffer.from(other.nameKey));
  return byKey || (one.contactId < other.contactId ? -1 : 1);
}

/** What no contact's own row says; by name. */
async function judge(scope: Scope, campaign: Campaign, people: readonly Judged[]): Promise<readonly Judged[]> {
  const cared = await writeToExecutors(scope, campaign.channel, people);
  const spared = await leaveOutPaused(scope, campaign.id, cared);
  return leaveOutDoubles(scope, campaign, spared.toSorted(byName));
}

interface Listed extends Judged {
  wasLeftOut: LeftOut | null;
  wasWrittenToId: string | null;
  hadAddressKey: string | null;
}

/** Mostly nothing is different, or only the reason, and that of several alike. */
async function writeJudged(
  scope: Scope,
  campaignId: string,
  { before, now }: { before: readonly Listed[]; now: readonly Judged[] },
): Promise<void> {
  const byId = new Map(before.map((person) => [person.contactId, person]));
  const byReason = new Map<LeftOut | null, string[]>();
  for (const { contactId, leftOut, writtenToId, addressKey } of now) {
    const was = byId.get(contactId);
    if (was?.wasWrittenToId !== writtenToId || was.hadAddressKey !== addressKey) {
      await updateRecipients(scope, campaignId, [contactId])
        .set({ left_out: leftOut, written_to_id: writtenToId, address_key: addressKey })
        .execute();
    } else if (was.wasLeftOut !== leftOut) {
      byReason.set(leftOut, [...(byReason.get(leftOut) ?? []), contactId]);
    }
  }
  for (const [reason, ids] of byReason) {
    await updateRecipients(scope, campaignId, ids).set({ left_out: reason }).execute();
  }
}

function updateRecipients(scope: Scope, campaignId: string, contactIds: readonly string[]) {
  return scope.db
    .updateTable("recipients")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds);
}
