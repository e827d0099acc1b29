import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { methodNotAllowed } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { answerStart } from "~/routes/import/answer-start.server";
import { runIdOf } from "~/routes/import/run-id.server";

export async function loader(args: LoaderFunctionArgs) {
  await requireScope(args, "contacts.import");
  return methodNotAllowed();
}

/** Pressing the button twice starts it once and shows it both times. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.import");
  const { response } = await answerStart(args, scope, { runId: runIdOf(args.params), confirmed: null });
  return response;
}
