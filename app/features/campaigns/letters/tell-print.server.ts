import { contentOf, type PrintKind, type PrintState } from "~/features/campaigns/letters/print-run";
import "~/features/campaigns/tables";
import { isQuick } from "~/features/contacts/export/export";
import { notify } from "~/features/notices/notify.server";
import { type Scope } from "~/platform/scope.server";

/** What of a run is told. */
export const toldColumns = ["id", "campaign_id", "kind", "state", "asked_by", "asked_at", "letters"] as const;

interface Told {
  id: string;
  campaign_id: string;
  kind: PrintKind;
  state: PrintState;
  asked_by: string;
  asked_at: string;
  letters: number;
}

/** Tells whoever asked that the file is there, unless they have been waiting for it, or that it will not be. In the transaction that ends it. */
export async function tellPrint(scope: Scope, run: Told): Promise<void> {
  const isReady = run.state === "ready";
  if (isReady && isQuick(run.asked_at, scope.clock.now())) return;
  const campaign = await scope.db
    .selectFrom("campaigns")
    .select("name")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", run.campaign_id)
    .executeTakeFirst();
  if (!campaign) return;
  await notify(
    { ...scope, user: null },
    {
      userIds: [run.asked_by],
      kind: "print-ended",
      eventKey: `print:${run.id}:ended`,
      subject: {
        ...{ campaignId: run.campaign_id, runId: run.id, name: campaign.name, letters: run.letters },
        ...{ what: contentOf(run.kind), state: isReady ? "ready" : "failed" },
      },
    },
  );
}
