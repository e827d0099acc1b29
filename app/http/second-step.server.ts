/** How the pages of the second step answer what becomes of a code. */
import { type Submission } from "@conform-to/react";
import { data } from "@remix-run/node";
import { type SecondStepRefusal } from "~/features/sign-in/sign-in.server";
import { warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { type RequestContext } from "~/http/request-context.server";
import { dropToken } from "~/http/sign-in-cookies.server";
import { retryAfter, waitInWords } from "~/http/waiting.server";

interface TypedCode {
  code: string;
}

/** The form again with the reason (422, 429), without the code that was typed; or back to the password when its time is over. */
export async function answerRefusal(
  context: RequestContext,
  submission: Submission<TypedCode>,
  refusal: SecondStepRefusal,
  wrongCode: string,
) {
  if (refusal.reason === "expired") {
    await dropToken(context, "pending");
    throw await redirectTo({ context }, "/sign-in", warning("That took more than ten minutes. Sign in again."));
  }
  const again = (code: string) => submission.reply({ hideFields: ["code"], fieldErrors: { code: [code] } });
  if (refusal.reason === "too-many") {
    retryAfter(context, refusal.retryAfterSeconds);
    const wait = waitInWords(refusal.retryAfterSeconds);
    return data(again(`There were too many wrong codes. Wait ${wait}, then try again.`), { status: 429 });
  }
  return data(again(wrongCode), { status: 422 });
}
