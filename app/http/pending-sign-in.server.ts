import { redirect } from "@remix-run/node";
import { findPendingSignIn, type PendingSignIn } from "~/features/sign-in/pending.server";
import { findPerson, installationScope, type RouteArgs } from "~/http/scope.server";
import { readToken } from "~/http/sign-in-cookies.server";

const stepPaths = { code: "/sign-in/code", enrolment: "/sign-in/authenticator" };
export type SecondStep = keyof typeof stepPaths;

/** Whose password was right, on the page of their own next step; anybody else is sent to where they are. */
export async function requirePending(args: Omit<RouteArgs, "params">, step: SecondStep): Promise<PendingSignIn> {
  const token = await readToken(args.request, args.context, "pending");
  const pending = token ? await findPendingSignIn(installationScope(args.context), token) : null;
  if (!pending) throw redirect((await findPerson(args)) ? "/" : "/sign-in");
  const own = pending.hasSecondFactor ? "code" : "enrolment";
  if (own !== step) throw redirect(stepPaths[own]);
  return pending;
}
