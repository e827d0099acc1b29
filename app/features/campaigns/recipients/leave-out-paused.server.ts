/**
 * Who said that they are not interested is spared the topic for as long as that campaign says. Nothing is kept of it: it
 * follows from the answers as they stand, so that an answer that is taken back or changed takes its pause with it.
 */
import { type Judged } from "~/features/campaigns/recipients/judged";
import "~/features/campaigns/tables";
import { fold } from "~/platform/fold.server";
import { type Scope } from "~/platform/scope.server";
import { addMonths, dateIn } from "~/platform/time";

interface Pausing {
  campaignId: string;
  /** A "no" of a later day still holds. */
  after: string;
}

/** Whoever of these is to be spared the campaign's topic today. One statement where nothing pauses it. */
export async function leaveOutPaused(
  scope: Scope,
  campaignId: string,
  people: readonly Judged[],
): Promise<readonly Judged[]> {
  const pausing = await pausingCampaigns(scope, campaignId);
  const ids = people.flatMap(({ contactId, leftOut }) => (leftOut === null ? [contactId] : []));
  if (pausing.length === 0 || ids.length === 0) return people;
  const rows = await scope.db
    .selectFrom("recipients")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("contact_id", "in", ids)
    .where("response", "=", "not-interested")
    .where((eb) =>
      eb.or(
        pausing.map(({ campaignId: of, after }) =>
          eb.and([eb("campaign_id", "=", of), eb("responded_on", ">", after)]),
        ),
      ),
    )
    .execute();
  const paused = new Set(rows.map(({ contact_id: id }) => id));
  return people.map((person) =>
    person.leftOut === null && paused.has(person.contactId) ? { ...person, leftOut: "topic-paused" } : person,
  );
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
