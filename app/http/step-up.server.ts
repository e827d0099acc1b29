/** How the pages answer who could not prove to be themselves once more. */
import { type Submission } from "@conform-to/react";
import { data } from "@remix-run/node";
import { type Proof, type ProofRefusal } from "~/features/sign-in/step-up.server";
import { type RequestContext } from "~/http/request-context.server";
import { retryAfter, waitInWords } from "~/http/waiting.server";

/** Secrets are never sent back to the page. */
export const hideProof: (keyof Proof)[] = ["password", "code"];

const words = {
  "wrong-password": { field: "password", text: "This is not your present password." },
  "wrong-code": { field: "code", text: "This is not a present code, or it was used already. Wait for the next one." },
} as const;

/** The form again (422, 429) with the reason at its field. */
export function answerProofRefusal(context: RequestContext, submission: Submission<Proof>, refusal: ProofRefusal) {
  if (refusal.reason === "too-many") {
    retryAfter(context, refusal.retryAfterSeconds);
    const wait = waitInWords(refusal.retryAfterSeconds);
    const formErrors = [`There were too many attempts. Wait ${wait}, then try again.`];
    return data(submission.reply({ hideFields: hideProof, formErrors }), { status: 429 });
  }
  const { field, text } = words[refusal.reason];
  return data(submission.reply({ hideFields: hideProof, fieldErrors: { [field]: [text] } }), { status: 422 });
}
