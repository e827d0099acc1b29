/** Who of a list is written to, and why not: what the contact's own row says, then whether it is a double. */
import { sql, type SqlBool } from "kysely";
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { firstNumber } from "~/features/campaigns/recipients/first-number.server";
import { leaveOutPaused } from "~/features/campaigns/recipients/leave-out-paused.server";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { ways } from "~/features/campaigns/recipients/ways";
import { writeToExecutors } from "~/features/campaigns/recipients/write-to-executors.server";
import "~/features/campaigns/tables";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * What each of these contacts would be on a list of this channel, as rows to insert or to compare with. An estate is
 * judged like anybody here; whoever acts for it is looked for afterwards.
 */
export function judgedContacts(scope: Scope, channel: CampaignChannel, contactIds: readonly string[]) {
  const { point, forbidden } = ways[channel];
  return (
    parts
      .selectFrom("contacts")
      .leftJoin("contact_points as point", (join) =>
        join
          .onRef("point.account_id", "=", "contacts.account_id")
          .onRef("point.contact_id", "=", "contacts.id")
          .on("point.channel", "=", sql.lit(point))
          .on((eb) =>
            channel === "phone"
              ? eb("point.position", "=", eb.fn.coalesce(firstNumber(scope, "contacts.id"), eb.lit(0)))
              : eb("point.position", "=", sql.lit(0)),
          ),
      )
      .select((eb) => [
        "contacts.id as contact_id",
        "contacts.name_key as name_key",
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
          .as("left_out"),
        "point.value_key as address_key",
      ])
      .where("contacts.account_id", "=", scope.account.id)
      // Whoever is deleted is archived, too.
      .where("contacts.id", "in", contactIds)
  );
}

/** Judges recipients anew by what their contacts are now. */
export async function judgeAgain(
  scope: Scope,
  campaign: { id: string; channel: CampaignChannel },
  contactIds: readonly string[],
): Promise<void> {
  await scope.db
    .updateTable("recipients")
    .from(judgedContacts(scope, campaign.channel, contactIds).as("judged"))
    .set((eb) => ({
      left_out: eb.ref("judged.left_out"),
      address_key: eb.ref("judged.address_key"),
      written_to_id: null,
    }))
    .where("recipients.account_id", "=", scope.account.id)
    .where("recipients.campaign_id", "=", campaign.id)
    .whereRef("recipients.contact_id", "=", "judged.contact_id")
    .execute();
  await finishJudging(scope, campaign, contactIds);
}

/** What no contact's own row says: who acts for an estate, who asked not to hear of the topic, and who is a double. */
export async function finishJudging(
  scope: Scope,
  campaign: { id: string; channel: CampaignChannel },
  contactIds: readonly string[],
): Promise<void> {
  if (contactIds.length === 0) return;
  await writeToExecutors(scope, campaign, contactIds);
  await leaveOutPaused(scope, campaign.id, contactIds);
  await leaveOutDoubles(scope, campaign, contactIds);
}

/**
 * Leaves out those that another is before: on the list already, or the first of them by name. An email or a number is
 * used once. Letters go to households: one to each family at an address.
 */
async function leaveOutDoubles(
  scope: Scope,
  campaign: { id: string; channel: CampaignChannel },
  contactIds: readonly string[],
): Promise<void> {
  const isLetter = campaign.channel === "letter";
  await scope.db
    .updateTable("recipients")
    .set({ left_out: isLetter ? "double-household" : "double-address" })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaign.id)
    .where("contact_id", "in", contactIds)
    .where("left_out", "is", null)
    .where((eb) =>
      eb.exists(
        parts
          .selectFrom("recipients as before")
          .select("before.contact_id")
          .where("before.account_id", "=", scope.account.id)
          .where("before.campaign_id", "=", campaign.id)
          .where("before.left_out", "is", null)
          .where(sql<SqlBool>`before.address_key = recipients.address_key`)
          .where((inner) =>
            inner.or([
              inner("before.contact_id", "not in", contactIds),
              sql<SqlBool>`(before.name_key, before.contact_id) < (recipients.name_key, recipients.contact_id)`,
            ]),
          )
          .$if(isLetter, (query) => query.where(isOneHousehold(scope))),
      ),
    )
    .execute();
}

/** Of one family name, or of the same name altogether; unless somebody said that they live apart. */
function isOneHousehold(scope: Scope) {
  const ofOneName = parts.exists(
    parts
      .selectFrom("contacts as other")
      .innerJoin("contacts as self", "self.account_id", "other.account_id")
      .select("other.id")
      .where("other.account_id", "=", scope.account.id)
      .where(sql<SqlBool>`other.id = before.contact_id`)
      .where(sql<SqlBool>`self.id = recipients.contact_id`)
      .whereRef("self.family_name", "=", "other.family_name"),
  );
  const saidApart = parts.exists(
    parts
      .selectFrom("household_corrections as said")
      .select("said.kind")
      .where("said.account_id", "=", scope.account.id)
      .where("said.kind", "=", sql.lit("apart" as const))
      .where((eb) =>
        eb.or([
          sql<SqlBool>`(said.contact_id = before.contact_id and said.other_contact_id = recipients.contact_id)`,
          sql<SqlBool>`(said.contact_id = recipients.contact_id and said.other_contact_id = before.contact_id)`,
        ]),
      ),
  );
  return parts.and([parts.or([ofOneName, sql<SqlBool>`before.name_key = recipients.name_key`]), parts.not(saidApart)]);
}
