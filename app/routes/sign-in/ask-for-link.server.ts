import { parseWithZod } from "@conform-to/zod/v4";
import { data } from "@remix-run/node";
import { askedForms } from "~/features/sign-in/credentials-form";
import { askForLink } from "~/features/sign-in/link-requests.server";
import { refuse } from "~/http/answers.server";
import { readForm } from "~/http/form.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { answerPutOff } from "~/http/waiting.server";

/** The action of a page that takes an address and mails a link: the same answer for every address. */
export async function takeAddress(
  { request, context }: Pick<RouteArgs, "request" | "context">,
  purpose: Parameters<typeof askForLink>[1],
) {
  const submission = parseWithZod(await readForm(request), { schema: askedForms[purpose] });
  if (submission.status !== "success") return refuse({ asked: false, result: submission.reply() });

  const outcome = await askForLink(installationScope(context), purpose, submission.value.email);
  if (outcome.ok) return data({ asked: true, result: null });
  const { text, status } = answerPutOff(context, outcome);
  return data({ asked: false, result: submission.reply({ formErrors: [text] }) }, { status });
}
