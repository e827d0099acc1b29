import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { goOnWithout } from "~/features/sign-in/without-second-factor.server";
import { methodNotAllowed } from "~/http/answers.server";
import { warning } from "~/http/flash.server";
import { requirePending } from "~/http/pending-sign-in.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope } from "~/http/scope.server";
import { browserOf, dropToken, letIn } from "~/http/sign-in-cookies.server";

export const loader = () => methodNotAllowed();

/** "Not now", on the page that offers an authenticator app. */
export async function action({ request, context }: ActionFunctionArgs) {
  await requirePending({ request, context }, "enrolment");
  const browser = await browserOf(request, context);
  const outcome = browser && (await goOnWithout(installationScope(context), browser));
  if (outcome?.ok) {
    await letIn(context, outcome);
    return redirect(outcome.returnTo ?? "/", 303);
  }
  if (outcome?.reason === "required") {
    return redirectTo({ context }, "/sign-in/authenticator", warning("You need an authenticator app to go on."));
  }
  await dropToken(context, "pending");
  return redirectTo({ context }, "/sign-in", warning("That took more than ten minutes. Sign in again."));
}
