/**
 * Who said that they are not interested is spared the topic for as long as that campaign says. Nothing is kept of it: it
 * follows from the answers as they stand, so that an answer that is taken back or changed takes its pause with it.
 */
import { sql, type SqlBool } from "kysely";
import "~/features/campaigns/tables";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { fold } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";
import { addMonths, dateIn } from "~/platform/time";

interface Pausing {
  campaignId: string;
  /** A "no" of a later day still holds. */
  after: string;
}

/** Of these recipients of a campaign, whoever is to be spared its topic today. One statement where nothing pauses it. */
export async function leaveOutPaused(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<void> {
  const pausing = await pausingCampaigns(scope, campaignId);
  if (pausing.length === 0) return;
  await scope.db
    .updateTable("recipients")
    .set({ left_out: "topic-paused" })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .where("left_out", "is", null)
    .where((eb) =>
      eb.exists(
        parts
          .selectFrom("recipients as said")
          .select("said.contact_id")
          .where("said.account_id", "=", scope.account.id)
          .where(sql<SqlBool>`said.contact_id = recipients.contact_id`)
          .where("said.response", "=", "not-interested")
          .where((inner) =>
            inner.or(
              pausing.map(({ campaignId: of, after }) =>
                inner.and([inner("said.campaign_id", "=", of), inner("said.responded_on", ">", after)]),
              ),
            ),
          ),
      ),
    )
    .execute();
}

/** As many of the same topic are asked; older ones have long ceased to pause it. */
const MOST_CAMPAIGNS = 200;

async function pausingCampaigns(scope: Scope, campaignId: string): Promise<Pausing[]> {
  const rows = await scope.db
    .selectFrom("campaigns")
    .select(["id", "topic", "pause_months"])
    .where("account_id", "=", scope.account.id)
    .where("topic", "is not", null)
    .where((eb) => eb.or([eb("id", "=", campaignId), eb("pause_months", "is not", null)]))
    .orderBy("id", "desc")
    .execute();
  const own = rows.find(({ id }) => id === campaignId);
  const today = dateIn(scope.account.timeZone, scope.clock.now());
  const key = fold(own?.topic ?? "");
  return rows
    .filter(({ id, topic }) => own !== undefined && id !== campaignId && fold(topic ?? "") === key)
    .slice(0, MOST_CAMPAIGNS)
    .flatMap(({ id, pause_months: months }) =>
      months === null ? [] : [{ campaignId: id, after: addMonths(today, -months) }],
    );
}
