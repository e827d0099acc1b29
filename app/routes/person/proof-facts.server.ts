import { hasSecondFactor } from "~/features/sign-in/second-factor.server";
import { installationScope, requirePerson, type RouteArgs } from "~/http/scope.server";

/** What a page that asks for the proof needs to know of whoever gives it. */
export async function proofFacts({ request, context }: Omit<RouteArgs, "params">) {
  const { user } = await requirePerson({ request, context });
  return { email: user.email, hasFactor: await hasSecondFactor(installationScope(context), user.id) };
}

export type ProofFacts = Awaited<ReturnType<typeof proofFacts>>;
