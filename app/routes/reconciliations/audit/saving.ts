import { type ActionFunctionArgs } from "@remix-run/node";
import { keepAudit } from "~/features/reconciliation/audit/ask-to-read.server";
import { methodNotAllowed } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireAudit } from "~/routes/reconciliations/audit/audit.server";

const NOT_YET = "It can be saved once both files are read.";
const SAVED =
  "Saved. It stays, and its settings can be changed. The two files themselves are deleted; what was read of them is kept.";

export function loader() {
  methodNotAllowed();
}

/** It stays from now on. */
export async function action(args: ActionFunctionArgs) {
  const { scope, audit, base } = await requireAudit(args);
  const kept = await keepAudit(scope, audit.id);
  return kept.ok ? redirectTo(args, base, flash(SAVED)) : redirectTo(args, `${base}/files`, warning(NOT_YET));
}
