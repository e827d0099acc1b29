/** Runs of printing: asking for one, seeing what there is, and coming by the file. */
import { recordEvent } from "~/features/audit/audit.server";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import {
  fileKinds,
  type PrintOptions,
  printOptions,
  type PrintKind,
  type PrintRun,
  type PrintWho,
  printFileName,
} from "~/features/campaigns/letters/print-run";
import "~/features/campaigns/letters/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { deleteFile, readFile } from "~/platform/files.server";
import { isId, newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

export const PRINT_TASK = "print_letters";
/** With the queue's back-off half an hour: by then an outage is over, or a person should look. */
const ATTEMPTS = 8;
/** One after the other, so that many letters do not keep everybody else's work waiting. */
const QUEUE = "print";

export interface PrintWish {
  kind: PrintKind;
  who: PrintWho;
  /** Where it is for one recipient. */
  contactId?: string;
  options: PrintOptions;
}

export type AskForPrintResult =
  | { ok: true; runId: string }
  /**
   * `archived`: the links of its letters lead nowhere. `at-work`: contacts are still being put on its list, or another
   * file is being made.
   */
  | { ok: false; reason: "not-found" | "no-letters" | "archived" | "at-work" };

/** Asks for a file. It is made in the background; nobody counts as written to before somebody says that it is printed. */
export function askForPrint(scope: Scope, campaignId: string, wish: PrintWish): Promise<AskForPrintResult> {
  return inTransaction(scope, async (scope) => {
    if (!scope.user) throw new Error("Letters are printed for a person");
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.channel !== "letter") return { ok: false, reason: "no-letters" };
    if (campaign.archived_at !== null) return { ok: false, reason: "archived" };
    if (await isAtWork(scope, campaignId)) return { ok: false, reason: "at-work" };
    const runId = newId();
    await scope.db
      .insertInto("print_runs")
      .values({
        ...{ account_id: scope.account.id, id: runId, campaign_id: campaignId, kind: wish.kind, who: wish.who },
        ...{ only_contact_id: wish.contactId ?? null, options: toJson(wish.options) },
        ...{ asked_by: scope.user.id, asked_at: scope.clock.now() },
      })
      .execute();
    await askToGoOn(scope, runId);
    await recordEvent(scope, { action: "letters.asked", subject: { campaignId, runId, kind: wish.kind } });
    return { ok: true, runId };
  });
}

/** In the caller's transaction. */
export async function askToGoOn(scope: Scope, runId: string): Promise<void> {
  const payload = { accountId: scope.account.id, runId };
  await enqueue(scope, PRINT_TASK, payload, { jobKey: runId, queueName: QUEUE, maxAttempts: ATTEMPTS });
}

async function isAtWork(scope: Scope, campaignId: string): Promise<boolean> {
  const addition = await scope.db
    .selectFrom("recipient_additions")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("state", "=", "collecting")
    .executeTakeFirst();
  if (addition) return true;
  const run = await scope.db
    .selectFrom("print_runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("state", "in", ["waiting", "running"])
    .executeTakeFirst();
  return run !== undefined;
}

function runQuery(scope: Scope) {
  return scope.db
    .selectFrom("print_runs as run")
    .innerJoin("users as asker", "asker.id", "run.asked_by")
    .leftJoin("users as ender", "ender.id", "run.ended_by")
    .select(["run.id", "run.campaign_id as campaignId", "run.kind", "run.state", "run.who", "run.options"])
    .select(["run.asked_at as askedAt", "asker.name as askedBy", "run.letters", "run.left_out as leftOut"])
    .select(["run.file_id as fileId", "run.made_at as madeAt", "run.ended_at as endedAt", "ender.name as endedBy"])
    .select(["run.change_set_id as changeSetId", "run.problem", "run.problem_reference as problemReference"])
    .where("run.account_id", "=", scope.account.id);
}

type Row = Awaited<ReturnType<ReturnType<typeof runQuery>["executeTakeFirstOrThrow"]>>;

function toRun({ options, madeAt, fileId, ...row }: Row): PrintRun {
  return { ...row, options: printOptions.parse(fromJson(options)), fileId: madeAt === null ? null : fileId };
}

/** Of a campaign, the latest first. One statement. */
export async function listPrints(scope: Scope, campaignId: string, limit: number): Promise<PrintRun[]> {
  if (!isId(campaignId)) return [];
  const rows = await runQuery(scope)
    .where("run.campaign_id", "=", campaignId)
    .orderBy("run.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(toRun);
}

/** Null: there is none of this id of this campaign. */
export async function findPrint(scope: Scope, campaignId: string, runId: string): Promise<PrintRun | null> {
  if (!isId(runId) || !isId(campaignId)) return null;
  const row = await runQuery(scope)
    .where("run.id", "=", runId)
    .where("run.campaign_id", "=", campaignId)
    .executeTakeFirst();
  return row ? toRun(row) : null;
}

/** The file of a run, and a line in the audit that it was fetched; null: there is none. */
export async function openPrint(scope: Scope, campaignName: string, run: PrintRun) {
  const { fileId, kind } = run;
  if (fileId === null) return null;
  await inTransaction(scope, async (scope) => {
    const subject = { campaignId: run.campaignId, runId: run.id };
    await recordEvent(scope, { action: "letters.downloaded", subject, counts: { letters: run.letters } });
  });
  return {
    name: printFileName(run, { campaign: campaignName, timeZone: scope.account.timeZone }),
    mediaType: fileKinds[kind].mediaType,
    bytes: readFile(scope, fileId),
  };
}

/** Throws a file away that nobody printed: its letters can be printed anew. Idempotent. */
export function discardPrint(
  scope: Scope,
  campaignId: string,
  runId: string,
): Promise<{ ok: true } | { ok: false; reason: "not-found" | "is-printed" }> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    const run = campaign && (await findPrint(scope, campaignId, runId));
    if (!run) return { ok: false, reason: "not-found" };
    if (run.state === "marking" || run.state === "printed") return { ok: false, reason: "is-printed" };
    if (run.state === "discarded") return { ok: true };
    const [row] = await scope.db
      .updateTable("print_runs")
      .set({ state: "discarded", ended_at: scope.clock.now(), ended_by: scope.user?.id ?? null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .returning("file_id")
      .execute();
    if (row?.file_id) await deleteFile(scope, row.file_id);
    await recordEvent(scope, { action: "letters.discarded", subject: { campaignId, runId } });
    return { ok: true };
  });
}
