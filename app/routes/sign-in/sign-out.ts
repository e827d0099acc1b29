import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { signOut } from "~/features/sign-in/sign-out.server";
import { methodNotAllowed } from "~/http/answers.server";
import { installationScope } from "~/http/scope.server";
import { dropToken, readToken } from "~/http/sign-in-cookies.server";

export function loader() {
  return methodNotAllowed();
}

/** Ends the session here and on the server, and empties what the browser kept of its pages. */
export async function action({ request, context }: ActionFunctionArgs) {
  const token = await readToken(request, context, "session");
  if (token) await signOut(installationScope(context), token);
  await dropToken(context, "session");
  await dropToken(context, "pending");
  // Not "cookies": that this browser is known to its person stays.
  context.responseHeaders.set("Clear-Site-Data", '"cache", "storage"');
  return redirect("/sign-in", 303);
}
