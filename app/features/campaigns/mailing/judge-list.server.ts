/** Judges a whole list anew before its first mail, some hundred at a time, and goes on from where it stood. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { judgeNow } from "~/features/campaigns/mailing/judge-now.server";
import { lockMailing, writeMailing } from "~/features/campaigns/mailing/mailing-row.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import "~/features/campaigns/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** A statement of so many takes some milliseconds, for which nobody else can write on SQLite. */
const BATCH = 300;

/** Called again after a kill it goes on. */
export async function judgeList(scope: Scope, campaignId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    await nextTurn();
    signal.throwIfAborted();
    if (await judgePage(scope, campaignId)) return;
  }
}

/** Whether that was all; then the first mail may go out. */
export function judgePage(scope: Scope, campaignId: string): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    if (!(await lockCampaign(scope, campaignId))) return true;
    const { state, judged_after: after } = await lockMailing(scope, campaignId);
    if (state !== "judging") return true;
    const ids = await nextToJudge(scope, campaignId, after);
    if (ids.length > 0) await judgeNow(scope, campaignId, ids);
    const last = ids.length === BATCH ? ids.at(-1) : undefined;
    if (last) {
      await writeMailing(scope, campaignId, { judged_after: last });
      return false;
    }
    await judgeDoubles(scope, campaignId);
    await countRecipients(scope, campaignId);
    await writeMailing(scope, campaignId, { state: "sending", judged_after: null });
    return true;
  });
}

/** Of those who have not been written to, with who is left out. */
function unwritten(scope: Scope, campaignId: string) {
  return scope.db
    .selectFrom("recipients")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("delivery", "=", sql.lit("none" as const));
}

async function nextToJudge(scope: Scope, campaignId: string, after: string | null): Promise<string[]> {
  const rows = await unwritten(scope, campaignId)
    .$if(after !== null, (query) => query.where("contact_id", ">", after ?? ""))
    .orderBy("contact_id")
    .limit(BATCH)
    .execute();
  return rows.map(({ contact_id: id }) => id);
}

/** Whoever was a double of somebody that is left out now is none any more. The first some hundred: more is no mistake of typing. */
async function judgeDoubles(scope: Scope, campaignId: string): Promise<void> {
  const rows = await unwritten(scope, campaignId)
    .where("left_out", "=", "double-address")
    .orderBy("contact_id")
    .limit(BATCH)
    .execute();
  if (rows.length > 0)
    await judgeNow(
      scope,
      campaignId,
      rows.map(({ contact_id: id }) => id),
    );
}
