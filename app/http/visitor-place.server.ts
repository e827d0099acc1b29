/** On pages that belong to no account: by which of a person's accounts they came, and how dates are written for them. */
import { type Visitor } from "~/features/sign-in/sessions.server";
import { type RouteArgs } from "~/http/scope.server";
import { type Place } from "~/platform/time";

/** The account that the address names by `?in=`, if they have a place there, else their first; null for none at all. */
export function accountBehind(visitor: Visitor, request: RouteArgs["request"]) {
  const slug = new URL(request.url).searchParams.get("in");
  const named = visitor.places.find(({ account }) => account.slug === slug) ?? visitor.places[0];
  return named?.account ?? null;
}

/** The person's own way of writing, else that account's; the account's time zone. Say the zone on the page. */
export function visitorPlace(visitor: Visitor, request: RouteArgs["request"]): Place {
  const account = accountBehind(visitor, request);
  return { timeZone: account?.timeZone ?? "UTC", locale: visitor.user.locale ?? account?.locale ?? "en-GB" };
}
