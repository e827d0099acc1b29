import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { deviceName } from "~/features/sign-in/device-name";
import { listSessions, type Visitor } from "~/features/sign-in/sessions.server";
import { endOneSession, endOtherSessions } from "~/features/sign-in/step-up.server";
import { notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { takeProof } from "~/http/step-up.server";
import { type RouteHandle } from "~/route-handle";
import { ownPageOf } from "~/routes/person/own-path";
import { proofFacts } from "~/routes/person/proof-facts.server";
import { ProofPage } from "~/routes/person/proof-page";

export const meta: MetaFunction = () => [{ title: "Sign out elsewhere · Tallybook" }];

export const handle = { narrow: true } satisfies RouteHandle;

type Args = Pick<LoaderFunctionArgs, "request" | "context">;

/** The one session that the address names by `?session=`, or null: all but this one. 404 unless it is their own and not this one. */
async function namedSession({ request, context }: Args, { user, sessionId }: Visitor) {
  const id = new URL(request.url).searchParams.get("session");
  if (id === null) return null;
  const sessions = await listSessions(installationScope(context), user.id);
  return sessions.find((session) => session.id === id && id !== sessionId) ?? notFound();
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const visitor = await requirePerson({ request, context });
  const named = await namedSession({ request, context }, visitor);
  return { ...(await proofFacts({ request, context })), device: named && deviceName(named.device) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const named = await namedSession({ request, context }, await requirePerson({ request, context }));
  const back = (text: string) => redirectTo({ context }, ownPageOf(request, "/person"), flash(text));
  if (named === null) {
    return takeProof({ request, context }, endOtherSessions, () => back("All your other browsers are signed out."));
  }
  return takeProof(
    { request, context },
    (scope, visitor, proof) => endOneSession(scope, visitor, proof, named.id),
    () => back("That browser is signed out."),
  );
}

export default function EndSessions() {
  const { device } = useLoaderData<typeof loader>();
  if (device) return <ProofPage title="Sign out elsewhere" line={`Signs out ${device}.`} button="Sign it out" />;
  return (
    <ProofPage
      title="Sign out everywhere else"
      line="Signs out every browser but this one. Do so when you may have left one open that others can use."
      button="Sign them out"
    />
  );
}
