/** The answers that are not a page: refusals to throw or return, and headers for pages that wait. */
import { data } from "@remix-run/node";
import { type RequestContext } from "~/http/request-context.server";

/** The form again, with what was typed and what was wrong: 422. `return refuse(submission.reply())`. */
export function refuse<Reply>(reply: Reply) {
  return data(reply, { status: 422 });
}

/** Not there, or not yours: the two must look alike, so both end here. */
export function notFound(): never {
  throw refusal(404, "Not Found");
}

/** The person may see this but not do that. */
export function forbidden(): never {
  throw refusal(403, "Forbidden");
}

/** The form or address could not be read at all. */
export function badRequest(): never {
  throw refusal(400, "Bad Request");
}

/** For a route whose `action` takes only some forms, or that has a `loader` only to say that it is no page. */
export function methodNotAllowed(): never {
  throw refusal(405, "Method Not Allowed");
}

/** A page of running work loads itself again by this header; a `<meta>` refresh would fail WCAG 2.2.1. */
export function refreshAfter(context: RequestContext, seconds: number): void {
  context.responseHeaders.set("Refresh", String(Math.max(1, Math.ceil(seconds))));
}

function refusal(status: number, statusText: string): Response {
  return new Response(null, { status, statusText });
}
