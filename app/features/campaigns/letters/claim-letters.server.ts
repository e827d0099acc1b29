/** The letters of a run, some at a time: judged, claimed and given their codes in one transaction. */
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { type LetterRecipient } from "~/features/campaigns/letters/letter";
import { claims, openStates, type PrintKind, type PrintWho } from "~/features/campaigns/letters/print-run";
import { type LettersOf, readRecipients } from "~/features/campaigns/letters/read-recipients.server";
import "~/features/campaigns/letters/tables";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import { countingRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { giveCodes } from "~/features/campaigns/recipients/give-codes.server";
import { judgeAgain } from "~/features/campaigns/recipients/judge-recipients.server";
import "~/features/campaigns/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** On SQLite a batch takes some 30 ms. */
const BATCH = 200;

/** A run that this worker has taken up. */
export interface TakenRun {
  id: string;
  kind: PrintKind;
  who: PrintWho;
  contactId: string | null;
  epoch: number;
  campaign: LettersOf;
}

/** Another worker has taken the run up meanwhile, or somebody threw it away. */
export class PrintTakenError extends Error {
  override name = "PrintTakenError";
}

interface Place {
  nameKey: string;
  contactId: string;
}

/** All letters of the run by name, each batch told of in the run's own row as it is claimed. */
export async function* lettersOf(
  scope: Scope,
  run: TakenRun,
  signal: AbortSignal,
): AsyncGenerator<LetterRecipient[], void> {
  let after: Place | null = null;
  do {
    signal.throwIfAborted();
    const batch: Batch = await inTransaction(scope, (scope) => claimBatch(scope, run, after));
    if (batch.recipients.length > 0) yield batch.recipients;
    after = batch.next;
  } while (after !== null);
}

interface Batch {
  recipients: LetterRecipient[];
  next: Place | null;
}

/** In the caller's transaction. @throws PrintTakenError */
export async function claimBatch(scope: Scope, run: TakenRun, after: Place | null): Promise<Batch> {
  const campaign = await lockCampaign(scope, run.campaign.id);
  if (!campaign) throw new PrintTakenError("The campaign is gone");
  const rows = await nextRows(scope, run, after);
  const ids = rows.map(({ contactId }) => contactId);
  // Who has had a letter was judged then.
  const unsent = rows.filter(({ delivery }) => delivery === "none").map(({ contactId }) => contactId);
  const written = await judged(scope, run.campaign.id, unsent);
  await giveCodes(scope, run.campaign.id, written(ids));
  const found = await readRecipients(scope, run.campaign, written(ids));
  const kept = found.filter(({ isSuppressed }) => !isSuppressed);
  await leaveOut(
    scope,
    run.campaign.id,
    found.filter(({ isSuppressed, delivery }) => isSuppressed && delivery === "none"),
  );
  const recipients = kept.map(({ contactId, addressee, link, code }) => ({ contactId, addressee, link, code }));
  const keptIds = new Set(kept.map(({ contactId }) => contactId));
  if (claims(run)) await claim(scope, run, { ids, kept: keptIds });
  const lost = rows.filter(({ leftOut, contactId }) => leftOut === null && !keptIds.has(contactId));
  await advance(scope, run, { letters: kept.length, leftOut: lost.length });
  const last = rows.length === BATCH ? rows.at(-1) : undefined;
  return { recipients, next: last ? { nameKey: last.nameKey, contactId: last.contactId } : null };
}

function nextRows(scope: Scope, run: TakenRun, after: Place | null) {
  return scope.db
    .selectFrom("recipients as recipient")
    .select(["recipient.contact_id as contactId", "recipient.name_key as nameKey", "recipient.delivery"])
    .select("recipient.left_out as leftOut")
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", run.campaign.id)
    .$if(run.who === "not-printed", (query) => query.where("recipient.delivery", "=", "none"))
    .$if(run.who === "all", (query) => query.where("recipient.delivery", "<>", "returned"))
    .$if(run.who === "one", (query) => query.where("recipient.contact_id", "=", run.contactId ?? run.id))
    .$if(claims(run), (query) =>
      query.where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("print_runs as other")
              .select("other.id")
              .where("other.account_id", "=", scope.account.id)
              .whereRef("other.id", "=", "recipient.print_run_id")
              .where("other.id", "<>", run.id)
              .where("other.state", "in", openStates),
          ),
        ),
      ),
    )
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple("recipient.name_key", "recipient.contact_id"),
          ">",
          eb.tuple(after?.nameKey ?? "", after?.contactId ?? ""),
        ),
      ),
    )
    .orderBy("recipient.name_key")
    .orderBy("recipient.contact_id")
    .limit(BATCH)
    .execute();
}

/** Judges these anew; which of some ids are written to now. */
async function judged(scope: Scope, campaignId: string, unsent: readonly string[]) {
  if (unsent.length > 0) {
    await countingRecipients(scope, campaignId, unsent, () =>
      judgeAgain(scope, { id: campaignId, channel: "letter" }, unsent),
    );
  }
  const out = unsent.length === 0 ? [] : await leftOutOf(scope, campaignId, unsent);
  const left = new Set(out);
  return (ids: readonly string[]) => ids.filter((id) => !left.has(id));
}

async function leftOutOf(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .where("left_out", "is not", null)
    .execute();
  return rows.map(({ contact_id: id }) => id);
}

/** Whose address came onto the suppression list so lately that their point does not say so yet. */
async function leaveOut(scope: Scope, campaignId: string, found: readonly LetterRecipient[]): Promise<void> {
  const ids = found.map(({ contactId }) => contactId);
  if (ids.length === 0) return;
  const suppressed: LeftOut = "suppressed";
  await countingRecipients(scope, campaignId, ids, () =>
    scope.db
      .updateTable("recipients")
      .set({ left_out: suppressed })
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", campaignId)
      .where("contact_id", "in", ids)
      .execute(),
  );
}

/** Whoever was in an earlier attempt's file and is in this one's no more has no letter. */
async function claim(
  scope: Scope,
  run: TakenRun,
  { ids, kept }: { ids: readonly string[]; kept: ReadonlySet<string> },
): Promise<void> {
  const of = (contactIds: readonly string[]) =>
    scope.db
      .updateTable("recipients")
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", run.campaign.id)
      .where("contact_id", "in", contactIds);
  const [mine, others] = [ids.filter((id) => kept.has(id)), ids.filter((id) => !kept.has(id))];
  if (mine.length > 0) await of(mine).set({ print_run_id: run.id }).execute();
  if (others.length > 0) await of(others).set({ print_run_id: null }).where("print_run_id", "=", run.id).execute();
}

async function advance(
  scope: Scope,
  run: TakenRun,
  { letters, leftOut }: { letters: number; leftOut: number },
): Promise<void> {
  const { numUpdatedRows } = await scope.db
    .updateTable("print_runs")
    .set((eb) => ({ letters: eb("letters", "+", letters), left_out: eb("left_out", "+", leftOut) }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", run.id)
    .where("lease_epoch", "=", run.epoch)
    .where("state", "=", "running")
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new PrintTakenError("Another worker has taken this run up");
}
