/** Helping somebody who cannot sign in, for the pages of administrators and of the operator: their own proof, then the deed. */
import { parseWithZod } from "@conform-to/zod/v4";
import { data } from "@remix-run/node";
import { proofForm } from "~/features/sign-in/credentials-form";
import { type Helper, type HelpRefusal, whomToHelp } from "~/features/sign-in/reset-for-others.server";
import { type Proof, type ProofRefusal } from "~/features/sign-in/step-up.server";
import { notFound, refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { answerProofRefusal } from "~/http/step-up.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";

type Args = Pick<RouteArgs, "request" | "context">;

const whyNot = {
  "operator-only":
    "They belong to another account too, or run this installation. Only the operator can do this for them.",
  own: "For yourself, go to the page about you and your sign-in.",
  "not-set-up": "They have no authenticator app set up: there is nothing to reset.",
} as const;

/** Who is to be helped, or why this helper cannot; nobody is 404. `email` is the helper's own, for password managers. */
export async function helpFacts({ context }: Args, helper: Helper, userId: string) {
  const whom = await whomToHelp(installationScope(context), helper, userId);
  const { email } = helper.visitor.user;
  if (whom.ok) return { email, person: whom.user, whyNot: null };
  if (whom.reason === "not-found") return notFound();
  return { email, person: null, whyNot: whyNot[whom.reason] };
}

type Deed<Done> = (scope: InstallationScope, proof: Proof) => Promise<Done | HelpRefusal | ProofRefusal>;

const hideFields = ["password", "code"];

/** Does it with the proof that the form brings. `shown`: what the page then shows; else the form again with the reason. */
export async function takeHelp<Done extends { ok: true; user: UserFacts }, Shown>(
  { request, context }: Args,
  deed: Deed<Done>,
  show: (done: Done) => Shown,
) {
  const submission = parseWithZod(await readForm(request), { schema: proofForm });
  if (submission.status !== "success") return refuse(submission.reply({ hideFields }));

  const outcome = await deed(installationScope(context), submission.value);
  if (outcome.ok) return data({ shown: show(outcome) }, { status: 201 });
  switch (outcome.reason) {
    case "not-found":
      return notFound();
    case "operator-only":
    case "own":
    case "not-set-up":
      return data(submission.reply({ hideFields, formErrors: [whyNot[outcome.reason]] }), { status: 409 });
    default:
      return answerProofRefusal(context, submission, outcome);
  }
}
