import { type Doors } from "~/features/connectors/runs/doors";
import { lockConnector, putRun, settingsOf } from "~/features/connectors/runs/start-sync.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/tables";
import { recordEvent } from "~/features/audit/audit.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** `follow`: what the source takes away goes here, too; `leave`: it stays here as it is. */
export type Answer = "follow" | "leave";

export type AnswerResult = { ok: true; runId: string } | { ok: false; reason: "not-found" | "not-asking" };

/** Answers what a brake asked. A run of its own does what was answered, so that it has a receipt and can be undone. */
export function answerQuestion(
  scope: Scope,
  connectorId: string,
  { answer, doors }: { answer: Answer; doors: Pick<Doors, "providers"> },
): Promise<AnswerResult> {
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId);
    const provider = doors.providers.get(connector?.provider ?? "");
    if (!connector || !provider) return { ok: false, reason: "not-found" };
    if (connector.state !== "asking") return { ok: false, reason: "not-asking" };
    const settings = await settingsOf(scope, connector, { provider, follow: answer === "follow" });
    await scope.db
      .updateTable("connectors")
      .set({ state: connector.stood ?? "on", stood: null, asking: null, changed_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await planNext(scope, connectorId);
    const runId = await putRun(scope, connector, { mode: "answer", settings });
    await recordEvent(scope, { action: "connector.answered", subject: { connectorId, runId, answer } });
    return { ok: true, runId };
  });
}
