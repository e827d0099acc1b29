/** What of connectors has had its time, and what workers that died have left of them. */
import { sweepWebhookMessages } from "~/features/connectors/alerts/webhook.server";
import { tidyRuns } from "~/features/connectors/runs/continue-sync.server";
import { keepPlans } from "~/features/connectors/schedule/plan-next.server";
import { sweepChoices } from "~/features/connectors/set-up/choose-fields.server";
import { giveUpAbandonedSourceTrials } from "~/features/connectors/set-up/trial/continue-source-trial.server";
import { sweepSourceTrials } from "~/features/connectors/set-up/trial/source-trials.server";
import { type Scope } from "~/platform/scope.server";

export async function sweepConnectors(scope: Scope, syncing: Parameters<typeof tidyRuns>[1]): Promise<void> {
  await tidyRuns(scope, syncing);
  for (const sweepOne of [keepPlans, giveUpAbandonedSourceTrials, sweepSourceTrials]) await sweepOne(scope);
  for (const sweepOne of [sweepChoices, sweepWebhookMessages]) await sweepOne(scope);
}
