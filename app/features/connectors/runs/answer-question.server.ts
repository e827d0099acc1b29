import { type Question } from "~/features/connectors/connector-settings";
import { type Doors } from "~/features/connectors/runs/doors";
import { lockConnector, putRun, settingsOf } from "~/features/connectors/runs/start-sync.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/tables";
import { noteAnswer } from "~/features/pipeline/run/questions.server";
import { type Answer } from "~/features/pipeline/run/run";
import { recordEvent } from "~/features/audit/audit.server";
import { fromJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface Answering {
  /** The run that asked: who answers has seen its numbers, and not those of another. */
  askedBy: string;
  answer: Answer;
  doors: Pick<Doors, "providers">;
}

/** `asks-else`: what was seen is answered already, and something else is asked since. */
export type AnswerResult =
  { ok: true; runId: string } | { ok: false; reason: "not-found" | "not-asking" | "asks-else" };

/** Answers what a brake asked. A run of its own does what was answered, so that it has a receipt and can be undone. */
export function answerQuestion(
  scope: Scope,
  connectorId: string,
  { askedBy, answer, doors }: Answering,
): Promise<AnswerResult> {
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId);
    const provider = doors.providers.get(connector?.provider ?? "");
    if (!connector || !provider) return { ok: false, reason: "not-found" };
    if (connector.state !== "asking" || connector.asking === null) return { ok: false, reason: "not-asking" };
    if (fromJson<Pick<Question, "runId">>(connector.asking).runId !== askedBy)
      return { ok: false, reason: "asks-else" };
    const settings = await settingsOf(scope, connector, { provider, follow: answer === "follow" });
    await scope.db
      .updateTable("connectors")
      .set({ state: connector.stood ?? "on", stood: null, asking: null, changed_at: scope.clock.now() })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await planNext(scope, connectorId);
    const runId = await putRun(scope, connector, { mode: "answer", settings });
    await noteAnswer(scope, { askedBy, runId });
    await recordEvent(scope, { action: "connector.answered", subject: { connectorId, runId, answer } });
    return { ok: true, runId };
  });
}
