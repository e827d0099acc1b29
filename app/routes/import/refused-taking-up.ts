import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { leaveRefused } from "~/features/pipeline/corrections/rows-left.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { runIdOf } from "~/routes/import/run-id.server";

export async function loader(args: LoaderFunctionArgs) {
  await requireScope(args, "contacts.import");
  return methodNotAllowed();
}

/** They are asked about again. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const runId = runIdOf(args.params);
  if (!(await leaveRefused(scope, runId, false))) notFound();

  const page = `/${scope.account.slug}/imports/${runId}`;
  return redirectTo(args, page, flash("The refused rows wait to be corrected again."));
}
