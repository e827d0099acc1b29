import { type ActionFunctionArgs } from "@remix-run/node";
import { findChange } from "~/features/changes/list-changes.server";
import { stopUndo } from "~/features/changes/open-undo.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { redirectBack } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";

export function loader() {
  methodNotAllowed();
}

/** Whoever comes too late sees how it ended. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const own = (await findChange(scope, args.params.changeSetId ?? "")) ?? notFound();
  await stopUndo(scope, own.id);
  return redirectBack(args, `/${scope.account.slug}/changes/${own.id}`);
}
