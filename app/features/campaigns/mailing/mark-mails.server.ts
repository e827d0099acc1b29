/** Writes what became of the mails that were handed over, in a transaction of its own. */
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { type ReadyPerson } from "~/features/campaigns/mailing/claim-mails.server";
import { holdEmails } from "~/features/campaigns/mailing/hold-mailed.server";
import { isHardRefusal, statusIn, toldLine } from "~/features/campaigns/mailing/mail-outcome";
import { nextTry } from "~/features/campaigns/mailing/sending-times";
import { type Mark, markDelivery, MOST_MARKED } from "~/features/campaigns/recipients/mark-delivery.server";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Handed } from "~/platform/mail/smtp-lines.server";
import { type Scope } from "~/platform/scope.server";

export interface MarkedMails {
  accepted: number;
  /** Of each refused: whether it was for what it is, not for the address. */
  refused: number;
  refusedForWhatItIs: number;
  /** Asked to come again. */
  forNow: number;
  notGiven: Extract<Handed, { kind: "not-given" }> | null;
}

/** Only who is still claimed is marked: whom a later job has called "not known" since stays so. */
export function markMails(
  scope: Scope,
  campaignId: string,
  outcomes: ReadonlyMap<ReadyPerson, Handed>,
): Promise<MarkedMails> {
  return inTransaction(scope, async (scope) => {
    await lockCampaign(scope, campaignId, { deleted: true });
    await holdEmails(scope, refusedForGood(outcomes));
    const marked = { accepted: 0, refused: 0, refusedForWhatItIs: 0, forNow: 0, notGiven: null } as MarkedMails;
    const same = new Map<string, { mark: Mark; ids: string[] }>();
    for (const [person, handed] of outcomes) {
      const mark = markOf(scope, person, handed);
      const key = JSON.stringify(mark);
      same.set(key, { mark, ids: [...(same.get(key)?.ids ?? []), person.contactId] });
      await count(scope, campaignId, { marked, person, handed, mark });
    }
    for (const { mark, ids } of same.values()) await markDelivery(scope, campaignId, ids, { mark, from: ["claimed"] });
    if (marked.accepted + marked.refused + marked.forNow > 0) await forgetFailures(scope, campaignId);
    return marked;
  });
}

/** Some of these come onto the suppression list, each with an audit event: what is held then is held before. */
function refusedForGood(outcomes: ReadonlyMap<ReadyPerson, Handed>): string[] {
  return [...outcomes].flatMap(([{ email }, handed]) => (handed.kind === "refused" && !handed.forNow ? [email] : []));
}

function markOf({ clock }: Scope, { tries }: ReadyPerson, handed: Handed): Mark {
  switch (handed.kind) {
    case "accepted":
      return { delivery: "accepted", isTry: true };
    case "not-given":
      return { delivery: "none" };
    case "not-known":
      return { delivery: "unknown", note: toldLine(handed.problem), isTry: true };
    case "refused": {
      const nextAt = handed.forNow ? nextTry(tries + 1, clock.now()) : null;
      return { delivery: nextAt ? "none" : "refused", nextAt, note: toldLine(handed.said), isTry: true };
    }
  }
}

interface Counted {
  marked: MarkedMails;
  person: ReadyPerson;
  handed: Handed;
  mark: Mark;
}

/** Counts it for whoever sends; a bad address comes onto the suppression list. */
async function count(scope: Scope, campaignId: string, { marked, person, handed, mark }: Counted): Promise<void> {
  if (handed.kind === "accepted") marked.accepted += 1;
  if (handed.kind === "not-given") marked.notGiven = handed;
  if (handed.kind !== "refused") return;
  if (mark.delivery === "none") {
    marked.forNow += 1;
    return;
  }
  marked.refused += 1;
  const { code, said } = handed;
  if (!isHardRefusal({ status: statusIn(said), code, diagnostic: said })) {
    marked.refusedForWhatItIs += 1;
    return;
  }
  await suppress(scope, {
    ...{ channel: "email", value: person.email, reason: "bad-address" },
    ...{ note: toldLine(said), source: `campaign:${campaignId}` },
  });
}

async function forgetFailures(scope: Scope, campaignId: string): Promise<void> {
  await scope.db
    .updateTable("mailings")
    .set({ failures: 0, failing_since: null, problem: null })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("failures", ">", 0)
    .execute();
}

const CUT_OFF = "The sending was cut off between handing the mail over and noting it";

/** Whoever was claimed by a job that is gone: nobody knows whether they got it, and nothing more is sent to them by itself. */
export async function giveUpClaims(scope: Scope, campaignId: string): Promise<number> {
  let given = 0;
  for (;;) {
    const rows = await scope.db
      .selectFrom("recipients")
      .select("contact_id")
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", campaignId)
      .where("delivery", "=", "claimed")
      .limit(MOST_MARKED)
      .execute();
    if (rows.length === 0) return given;
    const ids = rows.map(({ contact_id: id }) => id);
    const mark = { delivery: "unknown", note: CUT_OFF, isTry: true } as const;
    given += (await markDelivery(scope, campaignId, ids, { mark, from: ["claimed"] })).length;
  }
}
