/** Password and code once more, for each page that asks for them before something of the sign-in itself changes. */
import { type Submission } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data } from "@remix-run/node";
import { proofForm } from "~/features/sign-in/credentials-form";
import { type Visitor } from "~/features/sign-in/sessions.server";
import { type Proof, type ProofRefusal } from "~/features/sign-in/step-up.server";
import { refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { type RequestContext } from "~/http/request-context.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { giveToken } from "~/http/sign-in-cookies.server";
import { answerPutOff } from "~/http/waiting.server";
import { type InstallationScope } from "~/platform/scope.server";

/** Secrets are never sent back to the page. */
const hidden: (keyof Proof)[] = ["password", "code"];

const words = {
  "wrong-password": { field: "password", text: "This is not your present password." },
  "wrong-code": { field: "code", text: "This is not a present code, or it was used already. Wait for the next one." },
} as const;

/** The form again (422, 429, 503) with the reason at its field. */
export function answerProofRefusal<Fields extends Proof>(
  context: RequestContext,
  submission: Submission<Fields>,
  refusal: ProofRefusal,
  hideFields: string[] = hidden,
) {
  if (refusal.reason === "too-many" || refusal.reason === "busy") {
    const { text, status } = answerPutOff(context, refusal);
    return data(submission.reply({ hideFields, formErrors: [text] }), { status });
  }
  const { field, text } = words[refusal.reason];
  return refuse(submission.reply({ hideFields, fieldErrors: { [field]: [text] } }));
}

type Deed<Done> = (scope: InstallationScope, visitor: Visitor, proof: Proof) => Promise<Done | ProofRefusal>;

/** The action of a page that asks for nothing but the proof. Where the deed gave the session another token, so does this. */
export async function takeProof<Done extends { ok: true; sessionToken?: string }>(
  { request, context }: Pick<ActionFunctionArgs, "request" | "context">,
  deed: Deed<Done>,
  next: (done: Done) => Response | Promise<Response>,
) {
  const visitor = await requirePerson({ request, context });
  const submission = parseWithZod(await readForm(request), { schema: proofForm });
  if (submission.status !== "success") return refuse(submission.reply({ hideFields: hidden }));

  const outcome = await deed(installationScope(context), visitor, submission.value);
  if (!outcome.ok) return answerProofRefusal(context, submission, outcome);
  if (outcome.sessionToken) await giveToken(context, "session", outcome.sessionToken);
  return next(outcome);
}
