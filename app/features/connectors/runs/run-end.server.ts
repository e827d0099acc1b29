/** What there is to do about a connector when a run of it ends. */
import { type AccessUsed } from "~/features/connectors/access/access-used.server";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { tellRunEnd } from "~/features/connectors/alerts/tell-run-end.server";
import { type Question } from "~/features/connectors/connector-settings";
import { holdConnector } from "~/features/connectors/hold-connector.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/tables";
import { whereItStood } from "~/features/connectors/where-it-stood";
import { questionSentence } from "~/features/pipeline/sourced/end-sourced-run.server";
import { type RecordSource, type SourceEnd } from "~/features/pipeline/sourced/source";
import "~/features/pipeline/tables";
import { toJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** With what it was read last; null: it was not. */
export interface Way {
  used: AccessUsed | null;
}

/** What a source does when a run of it ends. */
export type RunEnding = Pick<RecordSource, "ends" | "ended">;

/** Whether or not its provider is known. */
export function endingOf(connectorId: string, way: Way = { used: null }): RunEnding {
  return {
    ends: (scope) => holdConnector(scope, connectorId),
    ended: async (scope, end) => {
      const { grantEnded: why } = end;
      const of = way.used ?? undefined;
      if (why !== null) await endAccess(scope, { connectorId, why, action: "connector.grant-ended", of });
      await noteEnd(scope, connectorId, end);
      await tellRunEnd(scope, connectorId, end);
    },
  };
}

async function noteEnd(scope: Scope, connectorId: string, end: SourceEnd): Promise<void> {
  const { state, question } = end;
  const mine = () =>
    scope.db.updateTable("connectors").where("account_id", "=", scope.account.id).where("id", "=", connectorId);
  if (question) {
    const asking = toJson({ ...asked(scope, end, question) });
    const changed_at = scope.clock.now();
    await mine()
      .set((eb) => ({ stood: whereItStood(eb), asking, changed_at }))
      .execute();
    // One whose access has ended meanwhile asks when it is reached again.
    await mine().set({ state: "asking" }).where("state", "!=", "needs-reconnecting").execute();
    await planNext(scope, connectorId);
  }
  if (state !== "done" && !question) return;
  const isWhole = await wasWhole(scope, end.runId);
  // What was asked for since then is still to come.
  if (isWhole) await mine().set({ whole_next: null }).where("whole_next", "<=", end.startedAt).execute();
}

function asked(scope: Scope, { runId }: SourceEnd, question: NonNullable<SourceEnd["question"]>): Question {
  const { kind, gone, blanked, known } = question;
  const words = questionSentence(question, scope.account.locale);
  return { runId, at: scope.clock.now(), kind, gone, blanked, known, words };
}

async function wasWhole(scope: Scope, runId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("runs")
    .select("mode")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirst();
  return run?.mode === "whole";
}
