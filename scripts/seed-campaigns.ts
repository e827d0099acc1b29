/** Campaigns of the firm to try: letters that are through, a round of calls under way, an email that is being planned. */
import { type CampaignFacts } from "~/features/campaigns/campaign-form";
import { outcomes } from "~/features/campaigns/call-desk/call";
import { recordCall } from "~/features/campaigns/call-desk/record-call.server";
import { addFrom } from "~/features/campaigns/recipients/add-recipients.server";
import { giveCodes } from "~/features/campaigns/recipients/give-codes.server";
import { recordDelivery } from "~/features/campaigns/recipients/record-delivery.server";
import { recordResponse } from "~/features/campaigns/responses/record-response.server";
import { createCampaign } from "~/features/campaigns/save-campaign.server";
import { completeCampaign, startCampaign } from "~/features/campaigns/start-campaign.server";
import "~/features/campaigns/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, dateIn, later } from "~/platform/time";

const nothing: Omit<CampaignFacts, "name" | "channel"> = {
  ...{ description: null, topic: null, plannedOn: null, ownerId: null, cost: 0n, subject: null, body: "" },
  ...{ codePrefix: null, respondedWords: null, convertedWords: null, pauseMonths: null },
};

/** As whoever has this scope would have made them in the past weeks. */
export async function seedCampaigns(scope: Scope): Promise<void> {
  await letters(scope);
  await calls(scope);
  await email(scope);
}

/** Letters to the people of a town, eight weeks ago; they are over. */
async function letters(scope: Scope): Promise<void> {
  const { then } = past(scope);
  const id = await planned(then(60), "city=leeds&kind=individual", {
    ...{ ...nothing, name: "Wills reviewed, Leeds", channel: "letter", topic: "Wills and estates", cost: 21_400n },
    description: "A letter to everybody in Leeds whose will is older than five years.",
    body: "{{salutation}},\n\nlaws change, and so do families. We should like to look at your will with you: **half an hour, free of charge**.\n\nScan the square below, or call us.\n\nYours sincerely,\n{{sender's name}}",
    ...{ codePrefix: "WILL", respondedWords: "Please call me", convertedWords: "I have made an appointment" },
  });
  const people = await written(scope, id);
  await inTransaction(then(58), (scope) => giveCodes(scope, id, people));
  await must(startCampaign(then(58), id));
  const printed = { mark: { delivery: "printed" }, from: ["none"] } as const;
  await must(recordDelivery(then(57), { campaignId: id, contactIds: people }, printed));
  const returned = { mark: { delivery: "returned" }, from: ["printed"] } as const;
  const back = people.filter((_, place) => place % 17 === 3);
  if (back.length > 0) await must(recordDelivery(then(49), { campaignId: id, contactIds: back }, returned));
  for (const [place, contactId] of people.entries()) {
    const response = place % 17 === 3 ? null : answers[place % answers.length];
    if (!response) continue;
    const when = then(55 - ((place * 7) % 23));
    await must(
      recordResponse(
        when,
        { campaignId: id, contactId },
        {
          ...{ response, respondedOn: dateIn(scope.account.timeZone, when.clock.now()) },
          ...{ how: place % 3 === 0 ? "phone" : "code", note: null },
          valueMinor: response === "converted" ? 24_000n + BigInt(place % 5) * 9_500n : null,
        },
      ),
    );
  }
  await must(completeCampaign(then(14), id));
}

const answers = [null, null, "responded", null, null, "converted", null, null, "not-interested", null] as const;

/** Calls to companies, of which half are made. */
async function calls(scope: Scope): Promise<void> {
  const { then } = past(scope);
  const id = await planned(then(6), "city=manchester", {
    ...{ ...nothing, name: "Leases that end this year", channel: "phone", topic: "Property", cost: 6_000n },
    body: "Good morning, this is {{sender's name}} of {{firm name}}. May I speak to {{full name | whoever looks after your lease}}?\n\n- When does the lease end?\n- Shall we look at it before it does?",
  });
  const people = await written(scope, id);
  await must(startCampaign(then(5), id));
  for (const [place, contactId] of people.slice(0, Math.ceil(people.length / 2)).entries()) {
    const day = dateIn(scope.account.timeZone, then(4 - (place % 4)).clock.now());
    const hour = { ...scope, clock: { now: () => `${day}T${10 + (place % 6)}:15:00.000Z` } };
    const outcome = outcomes[(place * 5) % outcomes.length] ?? "no-answer";
    await must(
      recordCall(
        hour,
        { campaignId: id, contactId },
        {
          ...{ outcome, note: null, wrongNumber: null, after: null },
          valueMinor: outcome === "converted" ? 68_000n : null,
          callBackAt: outcome === "call-back" ? later(scope.clock.now(), DAY_MS) : null,
        },
      ),
    );
  }
}

/** A draft with its list, to look through and to send to the demo's own mail page. */
async function email(scope: Scope): Promise<void> {
  await planned(scope, "kind=individual&city=london", {
    ...{
      ...nothing,
      name: "Spring review",
      channel: "email",
      topic: "Reviews",
      subject: "Your review, {{first name | in brief}}",
    },
    body: "{{salutation}},\n\nonce a year we ask every client what has changed. Has anything changed for you?\n\n{{response link}}\n\nWith kind regards,\n{{sender's name}}",
    ...{ respondedWords: "Nothing has changed", convertedWords: "Please call me" },
  });
}

function past(scope: Scope) {
  const then = (days: number): Scope => {
    const at = later(scope.clock.now(), -days * DAY_MS);
    return { ...scope, clock: { now: () => at } };
  };
  return { then };
}

async function planned(scope: Scope, query: string, facts: CampaignFacts): Promise<string> {
  const { id } = await must(createCampaign(scope, { ...facts, ownerId: scope.user?.id ?? null }));
  await must(addFrom(scope, id, { from: "list", query: `?${query}`, name: null }));
  return id;
}

/** Whoever is not left out, by name. */
async function written(scope: Scope, campaignId: string): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("left_out", "is", null)
    .orderBy("name_key")
    .orderBy("contact_id")
    .limit(400)
    .execute();
  return rows.map(({ contact_id: id }) => id);
}

async function must<Result extends { ok: boolean }>(made: Promise<Result>): Promise<Extract<Result, { ok: true }>> {
  const result = await made;
  if (!result.ok) throw new Error(`A sample campaign was refused: ${JSON.stringify(result)}`);
  return result as Extract<Result, { ok: true }>;
}
