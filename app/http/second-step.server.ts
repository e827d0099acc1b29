/** The second step of signing in, for each of its pages: a code comes, and a session or the form again. */
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data } from "@remix-run/node";
import { codeForm } from "~/features/sign-in/credentials-form";
import { type Browser, type SignedIn } from "~/features/sign-in/begin-session.server";
import { type SecondStepRefusal } from "~/features/sign-in/sign-in.server";
import { refuse } from "~/http/answers.server";
import { warning } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { requirePending, type SecondStep } from "~/http/pending-sign-in.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope } from "~/http/scope.server";
import { browserOf, dropToken, letIn } from "~/http/sign-in-cookies.server";
import { answerPutOff } from "~/http/waiting.server";
import { type InstallationScope } from "~/platform/scope.server";

interface SecondStepPage {
  step: SecondStep;
  tryCode: (scope: InstallationScope, browser: Browser, code: string) => Promise<SignedIn | SecondStepRefusal>;
  /** What a wrong code is told. */
  wrongCode: string;
  /** Where one goes who is signed in now. */
  welcome: (signedIn: SignedIn) => Response | Promise<Response>;
}

/**
 * The page's action. A code that is refused brings the form again with the reason (422, 429), without the code; when
 * the step's time is over it is back to the password.
 */
export async function takeCode({ request, context }: ActionFunctionArgs, page: SecondStepPage) {
  await requirePending({ request, context }, page.step);
  const browser = await browserOf(request, context);
  const submission = parseWithZod(await readForm(request), { schema: codeForm });
  if (submission.status !== "success" || !browser) return refuse(submission.reply());

  const outcome = await page.tryCode(installationScope(context), browser, submission.value.code);
  if (outcome.ok) {
    await letIn(context, outcome);
    return page.welcome(outcome);
  }
  const again = (code: string) => submission.reply({ hideFields: ["code"], fieldErrors: { code: [code] } });
  switch (outcome.reason) {
    case "expired":
      await dropToken(context, "pending");
      return redirectTo({ context }, "/sign-in", warning("That took more than ten minutes. Sign in again."));
    case "wrong-code":
      return refuse(again(page.wrongCode));
    default: {
      const { text, status } = answerPutOff(context, outcome);
      return data(again(text), { status });
    }
  }
}
