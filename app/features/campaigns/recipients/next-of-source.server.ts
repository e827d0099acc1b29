import { type Source } from "~/features/campaigns/recipients/source";
import "~/features/campaigns/tables";
import { nextOfList, type Standing } from "~/features/contacts/list/list-in-order.server";
import "~/features/contacts/tables";
import { type Scope } from "~/platform/scope.server";

/** The next contacts of a source, behind where a walk through it stands. A selection is no walk. */
export function nextOfSource(
  scope: Scope,
  source: Source,
  after: Standing,
  limit: number,
): Promise<{ id: string; sort_key: string }[]> {
  switch (source.from) {
    case "list":
      return nextOfList(scope, source.query, after, limit);
    case "import":
      return ofImport(scope, source.runId, after.after_id).limit(limit).execute();
    case "answers":
      return ofAnswers(scope, source, after.after_id).limit(limit).execute();
    case "selection":
      return Promise.resolve([]);
  }
}

function ofImport(scope: Scope, runId: string, after: string | null) {
  return scope.db
    .selectFrom("contact_records")
    .select(["contact_id as id", "contact_id as sort_key"])
    .distinct()
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("withdrawn_at", "is", null)
    .$if(after !== null, (query) => query.where("contact_id", ">", after ?? ""))
    .orderBy("contact_id");
}

function ofAnswers(
  scope: Scope,
  { campaignId, responses }: Extract<Source, { from: "answers" }>,
  after: string | null,
) {
  return scope.db
    .selectFrom("recipients")
    .select(["contact_id as id", "contact_id as sort_key"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("response", "in", responses)
    .where("left_out", "is", null)
    .$if(after !== null, (query) => query.where("contact_id", ">", after ?? ""))
    .orderBy("contact_id");
}
