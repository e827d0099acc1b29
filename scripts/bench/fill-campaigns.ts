/** Campaigns that are over, with lists of thousands: in the database, since a million answers take an hour by the program's own way. */
import { sql } from "kysely";
import { type CampaignChannel, channels } from "~/features/campaigns/campaign";
import { writeCampaign } from "~/features/campaigns/campaign-row.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { createCampaign } from "~/features/campaigns/save-campaign.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

export interface FilledCampaigns {
  campaigns: number;
  /** Contacts on the list of each. */
  each: number;
}

const topics = ["Reviews", "Wills", "Newsletter", "Events", null] as const;
const names = ["Spring review", "Wills month", "Newsletter", "Open evening", "Year's end", "Pension check"] as const;
const reachedAs = { email: "accepted", phone: "spoken", letter: "printed" } as const;
const failedAs = { email: "bounced", phone: "wrong-number", letter: "returned" } as const;

/** Makes them, the earliest first; returns their ids. Whoever is on a list stands there by chance. */
export async function fillCampaigns(scope: Scope, { campaigns, each }: FilledCampaigns): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < campaigns; n++) {
    const channel = channels[n % channels.length] ?? "email";
    const made = await createCampaign(scope, {
      ...{ name: `${names[n % names.length]} ${n + 1}`, channel, topic: topics[n % topics.length] ?? null },
      ...{ description: null, plannedOn: null, ownerId: null, cost: n % 7 === 6 ? 0n : BigInt(each * (8 + (n % 40))) },
      ...{ subject: "Your review", body: "Is everything still as it was?", codePrefix: null },
      ...{ respondedWords: null, convertedWords: null, pauseMonths: null },
    });
    if (!made.ok) throw new Error(made.reason);
    await fillList(scope, { campaignId: made.id, channel, each, daysAgo: (campaigns - n) * 4 });
    ids.push(made.id);
  }
  return ids;
}

interface List {
  campaignId: string;
  channel: CampaignChannel;
  each: number;
  daysAgo: number;
}

async function fillList(scope: Scope, { campaignId, channel, each, daysAgo }: List): Promise<void> {
  const startedAt = later(scope.clock.now(), -daysAgo * DAY_MS);
  const isOver = daysAgo > 60;
  await insertRecipients(scope, { campaignId, channel, each }, startedAt);
  await inTransaction(scope, async (scope) => {
    const by = scope.user?.id ?? null;
    const completed = isOver ? { completed_at: later(startedAt, 60 * DAY_MS), completed_by: by } : {};
    const state = isOver ? ("completed" as const) : ("running" as const);
    await writeCampaign(scope, campaignId, { state, started_at: startedAt, started_by: by, ...completed });
    await countRecipients(scope, campaignId);
  });
}

async function insertRecipients(scope: Scope, list: Omit<List, "daysAgo">, startedAt: string): Promise<void> {
  const isSqlite = scope.database.dialect === "sqlite";
  const chance = isSqlite ? sql`abs(random() % 1000)` : sql`floor(random() * 1000)::integer`;
  const id = (value: string | null) => (isSqlite ? sql`${value}` : sql`${value}::uuid`);
  const instant = isSqlite ? sql`${startedAt}` : sql`${startedAt}::timestamptz`;
  const first = startedAt.slice(0, 10);
  // Most answer in the first days.
  const after = sql`((day * day) / 25000)`;
  const day = isSqlite
    ? sql`date(${first}, ${after} || ' days')`
    : sql`to_char(${first}::date + ${after}, 'YYYY-MM-DD')`;
  const latest = scope.clock.now().slice(0, 10);
  const shown = isSqlite ? sql`min(${day}, ${latest})` : sql`least(${day}, ${latest})`;
  const answers = sql`delivery = ${reachedAs[list.channel]} and answer < 120`;
  await sql`insert into recipients (account_id, campaign_id, contact_id, name_key, left_out, address_key, added_at,
      addition_id, delivery, delivery_at, tries, response, responded_on, value_minor)
    with someone as materialized (
      select id, name_key, email_key, ${chance} as fate, ${chance} as answer, ${chance} as day, ${chance} as value
      from contacts where account_id = ${id(scope.account.id)} and deleted_at is null
      order by random() limit ${list.each}
    ), fated as materialized (
      select id, name_key, email_key, answer, day, value,
        case when fate < 30 then 'no-address' when fate < 50 then 'do-not-contact' end as left_out,
        case when fate < 60 then 'none' when fate < 110 then ${failedAs[list.channel]}
          when fate < 115 then ${list.channel === "email" ? "unknown" : reachedAs[list.channel]}
          else ${reachedAs[list.channel]} end as delivery
      from someone
    )
    select ${id(scope.account.id)}, ${id(list.campaignId)}, id, name_key, left_out, email_key, ${instant}, ${id(newId())},
      delivery, case when delivery = 'none' then null else ${instant} end,
      case when delivery = 'none' then 0 else 1 end,
      case when not (${answers}) then 'pending' when answer < 30 then 'converted' when answer < 80 then 'responded'
        else 'not-interested' end,
      case when ${answers} then ${shown} end,
      case when ${answers} and answer < 30 then value * 100 end
    from fated`.execute(scope.database.unguarded);
}
