import { type ActionFunctionArgs } from "@remix-run/node";
import { undoing } from "~/composition.server";
import { findChange } from "~/features/changes/list-changes.server";
import { resumeUndo } from "~/features/changes/open-undo.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { warning } from "~/http/flash.server";
import { redirectBack } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

export function loader() {
  methodNotAllowed();
}

/** Goes on with an undo that was stopped, or with what it left alone. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const own = (await findChange(scope, args.params.changeSetId ?? "")) ?? notFound();
  const page = `/${scope.account.slug}/changes/${own.id}`;
  const isGoingOn = await resumeUndo(scope, own.id, undoing);
  return redirectBack(args, page, isGoingOn ? undefined : warning(nothingLeft(scope)));
}

function nothingLeft({ ownOnly }: Scope): string {
  return ownOnly
    ? "There is nothing left here that you may undo. An administrator can go on with it."
    : "There is nothing left to undo here.";
}
