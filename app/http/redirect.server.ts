import { redirect } from "@remix-run/node";
import { type Flash, writeFlash } from "~/http/flash.server";
import { type RequestContext } from "~/http/request-context.server";

/** Control characters and backslashes: browsers drop or turn them, so that a path may become another site's address. */
const treacherous = /[\u0000-\u001f\u007f\\]/;

/**
 * `target` as a path of our own site (path, query and fragment), or null. Whatever comes from a query or a form goes
 * through here before it becomes a `Location` (ASVS 3.7.2).
 */
export function ownPath(target: string | null | undefined, appOrigin: string): string | null {
  if (!target?.startsWith("/") || target.startsWith("//") || treacherous.test(target)) return null;
  if (!URL.canParse(target, appOrigin)) return null;
  const url = new URL(target, appOrigin);
  const path = url.pathname + url.search + url.hash;
  // Dot segments may resolve to a path that begins with two slashes, which as a Location is another host.
  return url.origin === appOrigin && !path.startsWith("//") ? path : null;
}

/** The page of ours that a `Referer` names, as a path; null for none and for another site's. */
export function ownReferer(referer: string | null | undefined, appOrigin: string): string | null {
  if (!referer || !URL.canParse(referer) || new URL(referer).origin !== appOrigin) return null;
  const url = new URL(referer);
  return ownPath(url.pathname + url.search, appOrigin);
}

/** The page the form was on, when it was another one than the form's own address. */
function refererPath(request: Request, appOrigin: string): string | null {
  const path = ownReferer(request.headers.get("Referer"), appOrigin);
  return path?.split("?", 1)[0] === new URL(request.url).pathname ? null : path;
}

interface ForRedirect {
  request: Request;
  context: RequestContext;
}

/** 303 to `path` (ours, built by us), with a message to show there. */
export async function redirectTo(
  { context }: Pick<ForRedirect, "context">,
  path: string,
  message?: Flash,
): Promise<Response> {
  const headers = new Headers();
  if (message) headers.append("Set-Cookie", await writeFlash(context, message));
  return redirect(path, { status: 303, headers });
}

/**
 * 303 to where the person came from: the `back` parameter of the address, else (for a button that posts to an address
 * of its own) the page the button was on, else `fallback`.
 */
export function redirectBack({ request, context }: ForRedirect, fallback: string, message?: Flash): Promise<Response> {
  const { appOrigin } = context.env;
  const back = ownPath(new URL(request.url).searchParams.get("back"), appOrigin);
  return redirectTo({ context }, back ?? refererPath(request, appOrigin) ?? fallback, message);
}
