/** What a brake asked with a run, as the run itself tells of it. */
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

interface Answered {
  /** The run that asked. */
  askedBy: string;
  /** The run that carries it out. */
  runId: string;
}

/** Nothing else may be wrong with it: then nobody has to look at it any more. */
export async function noteAnswer(scope: Scope, { askedBy, runId }: Answered): Promise<void> {
  const asked = () => scope.db.updateTable("runs").where("account_id", "=", scope.account.id).where("id", "=", askedBy);
  await asked().set({ asking_since: null, answer_run_id: runId }).execute();
  await asked()
    .set({ state: "done" })
    .where("state", "=", "attention")
    .where("problem", "is", null)
    .where((eb) => eb.or([eb("read_count", "=", 0), eb("read_count", "!=", eb.ref("refused_count"))]))
    .execute();
}

/** Nobody has to answer any more, since what was asked is settled by something else. */
export async function dropQuestion(scope: Scope, connectorId: string): Promise<void> {
  await scope.db
    .updateTable("runs")
    .set({ asking_since: null })
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("asking_since", "is not", null)
    .execute();
}
