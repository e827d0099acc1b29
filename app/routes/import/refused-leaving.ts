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

/** Nobody is asked about them any more; the file of them can still be fetched. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const runId = runIdOf(args.params);
  if (!(await leaveRefused(scope, runId, true))) notFound();

  const page = `/${scope.account.slug}/imports/${runId}`;
  return redirectTo(
    args,
    page,
    flash("The rest of the refused rows are left as they are: nothing of them is stored.", {
      label: "Undo",
      href: `${page}/refused-taking-up`,
      method: "post",
    }),
  );
}
