/** The background's part of a run of printing: its file is made from the beginning each time a worker takes it up. */
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { lettersOf, PrintTakenError, type TakenRun } from "~/features/campaigns/letters/claim-letters.server";
import { fileKinds, printFileName, printOptions } from "~/features/campaigns/letters/print-run";
import { printFile } from "~/features/campaigns/letters/print-file.server";
import { askToGoOn, PRINT_TASK } from "~/features/campaigns/letters/print-runs.server";
import { tellPrint, toldColumns } from "~/features/campaigns/letters/tell-print.server";
import "~/features/campaigns/letters/tables";
import { fromJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { deleteFile, storeFile } from "~/platform/files.server";
import { type FileClaim } from "~/platform/sweep-files.server";
import { isId, newId } from "~/platform/ids.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope, type UserFacts } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

/** A printer may be out of paper for some days. */
const KEPT_MS = 7 * DAY_MS;
const MOST_BYTES = 1024 * 1024 * 1024;
const TOO_LARGE = "The file would be larger than 1 GB. Print from a campaign with fewer recipients.";
const OUR_FAULT = "It stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference.";

export const printClaim: FileClaim = {
  column: "print_runs.file_id",
  rows: (eb, accountId) =>
    eb
      .selectFrom("print_runs")
      .select("print_runs.id")
      .where("print_runs.account_id", "=", accountId)
      .whereRef("print_runs.file_id", "=", "files.id"),
};

/** In whose name a run goes on: who asked for its file, or who said that it is printed. */
export async function findPrinter(scope: Scope, runId: string): Promise<UserFacts | null> {
  if (!isId(runId)) return null;
  const row = await scope.db
    .selectFrom("print_runs")
    .innerJoin("users", (join) =>
      join.on((eb) => eb("users.id", "=", eb.fn.coalesce("print_runs.ended_by", "print_runs.asked_by"))),
    )
    .select(["users.id", "users.name", "users.email"])
    .where("print_runs.account_id", "=", scope.account.id)
    .where("print_runs.id", "=", runId)
    .executeTakeFirst();
  return row ?? null;
}

/** Makes the file. Nothing happens when it is made, or thrown away, already. @param origin before the paths of links */
export async function makePrint(
  scope: Scope,
  runId: string,
  { origin, signal }: { origin: string; signal: AbortSignal },
): Promise<void> {
  const taken = await take(scope, runId, origin);
  if (!taken) return;
  const { run, fileId, askedAt, options } = taken;
  const campaign = await findCampaign(scope, run.campaign.id);
  if (!campaign) return giveUpPrint(scope, runId, "The campaign is gone.");
  try {
    const about = { kind: run.kind, options, madeAt: askedAt };
    const bytes = printFile(scope, campaign, about, { origin, batches: lettersOf(scope, run, signal) });
    const { mediaType } = fileKinds[run.kind];
    const name = printFileName(
      { kind: run.kind, askedAt },
      { campaign: campaign.name, timeZone: scope.account.timeZone },
    );
    const stored = await storeFile(scope, bytes, { id: fileId, name, mediaType, maxBytes: MOST_BYTES });
    await end(scope, run, stored.ok ? { state: "ready" } : { state: "failed", problem: TOO_LARGE });
  } catch (error) {
    // Whoever took it up, or threw it away, has the say.
    if (!(error instanceof PrintTakenError)) throw error;
  }
}

interface Taken {
  run: TakenRun;
  fileId: string;
  askedAt: string;
  options: ReturnType<typeof printOptions.parse>;
}

/** Takes the run up, with an id for its file; what an earlier attempt has left of one is taken away. */
function take(scope: Scope, runId: string, origin: string): Promise<Taken | null> {
  return inTransaction(scope, async (scope) => {
    if (!isId(runId)) return null;
    const before = await scope.db
      .selectFrom("print_runs")
      .select(["file_id", "started_at"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .where("state", "in", ["waiting", "running"])
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!before) return null;
    if (before.file_id) await deleteFile(scope, before.file_id);
    const fileId = newId();
    const row = await scope.db
      .updateTable("print_runs")
      .set((eb) => ({
        ...{ state: "running", file_id: fileId, letters: 0, started_at: before.started_at ?? scope.clock.now() },
        lease_epoch: eb("lease_epoch", "+", 1),
      }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .returning(["campaign_id", "kind", "who", "only_contact_id", "lease_epoch", "asked_at", "options"])
      .executeTakeFirstOrThrow();
    const { codePrefix } = (await findCampaign(scope, row.campaign_id)) ?? { codePrefix: null };
    const campaign = { id: row.campaign_id, codePrefix, origin };
    const { kind, who, only_contact_id: contactId, lease_epoch: epoch } = row;
    const run = { id: runId, kind, who, contactId, epoch, campaign };
    return { run, fileId, askedAt: row.asked_at, options: printOptions.parse(fromJson(row.options)) };
  });
}

interface End {
  state: "ready" | "failed";
  problem?: string;
  problem_reference?: string;
}

async function end(scope: Scope, run: Pick<TakenRun, "id" | "epoch">, step: End): Promise<void> {
  const now = scope.clock.now();
  await inTransaction(scope, async (scope) => {
    const ended = await scope.db
      .updateTable("print_runs")
      .set({ ...step, made_at: step.state === "ready" ? now : null, expires_at: later(now, KEPT_MS) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", run.id)
      .where("lease_epoch", "=", run.epoch)
      .where("state", "=", "running")
      .returning(toldColumns)
      .executeTakeFirst();
    if (!ended) throw new PrintTakenError("Another worker has taken this run up");
    await tellPrint(scope, ended);
  });
}

/** Ends a run that cannot be made, with the reason that its page shows; what it had claimed is free again. */
export function giveUpPrint(scope: Scope, runId: string, problem?: string): Promise<void> {
  return inTransaction(scope, async (scope) => {
    if (!isId(runId)) return;
    const why = problem ? { problem } : { problem: OUR_FAULT, problem_reference: scope.requestId };
    const row = await scope.db
      .updateTable("print_runs")
      .set({ state: "failed", ...why, expires_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .where("state", "in", ["waiting", "running"])
      .returning(["file_id", ...toldColumns])
      .executeTakeFirst();
    if (row?.file_id) await deleteFile(scope, row.file_id);
    if (row) await tellPrint(scope, row);
  });
}

/** Takes files away that have been kept long enough, and gives up what no job will go on with. Not within a transaction. */
export async function sweepPrints(scope: Scope): Promise<void> {
  const rows = await scope.db
    .selectFrom("print_runs")
    .select(["id", "state", "file_id", "expires_at"])
    .where("account_id", "=", scope.account.id)
    .where((eb) =>
      eb.or([
        eb("state", "in", ["waiting", "running", "marking"]),
        eb.and([eb("file_id", "is not", null), eb("expires_at", "<=", scope.clock.now())]),
      ]),
    )
    .execute();
  for (const { id, state, file_id: fileId } of rows) {
    if (state === "waiting" || state === "running") {
      if (!(await isAwaited(scope, PRINT_TASK, id))) await giveUpPrint(scope, id);
    } else if (state === "marking") {
      if (!(await isAwaited(scope, PRINT_TASK, id))) await inTransaction(scope, (scope) => askToGoOn(scope, id));
    } else if (fileId) await forgetFile(scope, id, fileId);
  }
}

async function forgetFile(scope: Scope, runId: string, fileId: string): Promise<void> {
  await deleteFile(scope, fileId);
  await scope.db
    .updateTable("print_runs")
    .set({ file_id: null })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .execute();
}
