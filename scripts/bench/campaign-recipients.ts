/** How long a list of many takes to be put on a campaign, against a bare insert-select of the same rows. */
import { sql } from "kysely";
import { addFrom, continueAddition } from "~/features/campaigns/recipients/add-recipients.server";
import { createCampaign } from "~/features/campaigns/save-campaign.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { analyse, fillContacts } from "./fill";
import { type Bench, figure, median, timed } from "./measure";
import { spreadContacts } from "./multiply";
import { openBenchWorld, openFirm } from "./site";

const MOST = 3;
const never = new AbortController().signal;

export const campaignRecipients: Bench = async (options) => {
  const count = options.quick ? 2_000 : 100_000;
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    options.say(`Filling ${count.toLocaleString("en-GB")} contacts on ${options.database} …`);
    await fillContacts(scope, count);
    await spreadContacts(scope);
    if (options.database === "postgres") await analyse(scope);
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round < 3; round++) {
      const campaignId = await draft(scope);
      ours.push(await timed(() => add(scope, campaignId)));
      const beside = await draft(scope);
      bare.push(await timed(() => insertBare(scope, { from: campaignId, to: beside })));
      options.say(`added in ${ours.at(-1)?.toFixed(0)} ms, bare insert-select ${bare.at(-1)?.toFixed(0)} ms`);
    }
    const ratio = median(ours) / median(bare);
    return { "campaign.recipients": figure(ratio, "× a bare insert-select of the same rows", MOST) };
  } finally {
    await close();
  }
};

async function draft(scope: Scope): Promise<string> {
  const made = await createCampaign(scope, {
    ...{ name: "Spring review", channel: "email", topic: null, description: null, plannedOn: null, ownerId: null },
    ...{ cost: 0n, subject: "Your review", body: "Is everything still as it was?", codePrefix: null },
    ...{ respondedWords: null, convertedWords: null, pauseMonths: null },
  });
  if (!made.ok) throw new Error(made.reason);
  return made.id;
}

/** As the page and its job do it: all contacts, by name. */
async function add(scope: Scope, campaignId: string): Promise<void> {
  const added = await addFrom(scope, campaignId, { from: "list", query: "", name: null });
  if (!added.ok) throw new Error(added.reason);
  await continueAddition(scope, added.additionId, never);
}

/** What is there already, for another campaign, in one statement: nothing is looked up and nobody is judged. */
async function insertBare(scope: Scope, { from, to }: { from: string; to: string }): Promise<void> {
  const id = (value: string) => (scope.database.dialect === "sqlite" ? sql`${value}` : sql`${value}::uuid`);
  await sql`insert into recipients (account_id, campaign_id, contact_id, name_key, left_out, written_to_id, address_key,
      added_at, added_by, addition_id)
    select account_id, ${id(to)}, contact_id, name_key, left_out, written_to_id, address_key, added_at, added_by,
      ${id(newId())}
    from recipients where account_id = ${id(scope.account.id)} and campaign_id = ${id(from)}`.execute(
    scope.database.unguarded,
  );
}
