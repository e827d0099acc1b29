/** What pages ask of a campaign's letters: how far they are, and single ones to look at. They write nothing. */
import { sql } from "kysely";
import { type WholeCampaign } from "~/features/campaigns/campaign";
import { printedCode } from "~/features/campaigns/code";
import { composeLetter, type Letter, type LetterFrame } from "~/features/campaigns/letters/letter";
import { openStates } from "~/features/campaigns/letters/print-run";
import { letterMaker } from "~/features/campaigns/letters/print-file.server";
import { lookAtRecipients } from "~/features/campaigns/letters/read-recipients.server";
import "~/features/campaigns/letters/tables";
import { recipientToken } from "~/features/campaigns/recipient-link.server";
import { type TextProblem } from "~/features/campaigns/text/parse-text";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import "~/features/campaigns/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface LetterCounts {
  /** Neither printed nor in a file. */
  toPrint: number;
  /** In a file of which nobody has said yet what became of it. */
  inFile: number;
  printed: number;
  returned: number;
  /** Why nobody writes to the others, the most first. */
  leftOut: { reason: LeftOut; count: number }[];
}

/** One statement. */
export async function countLetters(scope: Scope, campaignId: string): Promise<LetterCounts> {
  const counts: LetterCounts = { toPrint: 0, inFile: 0, printed: 0, returned: 0, leftOut: [] };
  if (!isId(campaignId)) return counts;
  const inFile = sql<number>`case when run.id is null then 0 else 1 end`;
  const rows = await scope.db
    .selectFrom("recipients as recipient")
    .leftJoin("print_runs as run", (join) =>
      join
        .onRef("run.account_id", "=", "recipient.account_id")
        .onRef("run.id", "=", "recipient.print_run_id")
        .on("run.state", "in", openStates),
    )
    .select((eb) => ["recipient.delivery", "recipient.left_out as reason", eb.fn.countAll<number>().as("count")])
    .select(inFile.as("isInFile"))
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .groupBy(["recipient.delivery", "recipient.left_out", inFile])
    .execute();
  const leftOut = new Map<LeftOut, number>();
  for (const { delivery, reason, ...row } of rows) {
    const count = Number(row.count);
    if (reason !== null) leftOut.set(reason, (leftOut.get(reason) ?? 0) + count);
    if (delivery === "printed" || delivery === "returned") counts[delivery] += count;
    else if (reason === null) counts[Number(row.isInFile) === 1 ? "inFile" : "toPrint"] += count;
  }
  counts.leftOut = [...leftOut].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
  return counts;
}

/** Who is looked at: one, the first by name, or whose record says least, where a text shows its gaps. */
export type Chosen = { contactId: string } | "first" | "emptiest";

export interface LetterPreview {
  letter: Letter | null;
  frame: LetterFrame;
  problems: readonly TextProblem[];
}

/** Shown where a letter's code will stand: its check is wrong, so it is never anybody's. */
const NO_CODE = "XXXXXX";

/**
 * A real recipient's letter as it would be printed today, with nobody's link and code, so that whoever only looks at it
 * cannot answer in their name; `letter` is null where there is nobody.
 */
export async function findLetter(
  scope: Scope,
  campaign: WholeCampaign,
  { chosen, origin }: { chosen: Chosen; origin: string },
): Promise<LetterPreview> {
  const { template, frame } = await letterMaker(scope, campaign, { origin, madeAt: scope.clock.now() });
  const of = { id: campaign.id, codePrefix: campaign.codePrefix, origin };
  const whom = typeof chosen === "string" ? chosen : { contactIds: [chosen.contactId].filter(isId) };
  const isNobody = typeof whom === "object" && whom.contactIds.length === 0;
  const [found] = isNobody ? [] : await lookAtRecipients(scope, of, whom);
  const ids = { accountId: scope.account.id, campaignId: campaign.id, contactId: campaign.id };
  const nobodys = {
    link: `${origin}/r/${recipientToken(scope.keys, ids)}`,
    code: printedCode(NO_CODE, campaign.codePrefix),
  };
  const letter = found ? composeLetter(template, frame, { ...found, ...nobodys }) : null;
  return { letter, frame, problems: template.problems };
}

/** A run of more is looked at in its file. */
export const MOST_ON_A_PAGE = 50;

/** The letters of a run as they are printed from the browser, by name: of a run that has no more than `MOST_ON_A_PAGE`. */
export async function lettersOnPage(
  scope: Scope,
  campaign: WholeCampaign,
  { runId, origin, madeAt }: { runId: string; origin: string; madeAt: string },
): Promise<{ letters: Letter[]; frame: LetterFrame }> {
  const { template, frame } = await letterMaker(scope, campaign, { origin, madeAt });
  const of = { id: campaign.id, codePrefix: campaign.codePrefix, origin };
  const found = isId(runId) ? await lookAtRecipients(scope, of, { runId }) : [];
  return { letters: found.map((recipient) => composeLetter(template, frame, recipient)), frame };
}
