import { type ActionFunctionArgs } from "@remix-run/node";
import { revokeSession } from "~/features/sign-in/sessions.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";

export function loader() {
  return methodNotAllowed();
}

/** Ends another session of the same person. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { user } = await requirePerson({ request, context });
  const sessionId = params.sessionId ?? "";
  if (!isId(sessionId) || !(await revokeSession(installationScope(context), user.id, sessionId))) notFound();
  return redirectTo({ context }, "/person", flash("That browser is signed out."));
}
