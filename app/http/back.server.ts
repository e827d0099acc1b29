import { ownPath } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";

/**
 * The list that the person came from, as the address' `back` carries it along: a path of ours that begins with `base`
 * and a query (`/acme/contacts?q=brandt`), or that itself; else null.
 */
export function listBehind({ request, context }: Pick<RouteArgs, "request" | "context">, base: string): string | null {
  const back = ownPath(new URL(request.url).searchParams.get("back"), context.env.appOrigin);
  return back === base || back?.startsWith(`${base}?`) ? back : null;
}
