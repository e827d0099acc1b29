import { type LoaderFunctionArgs } from "@remix-run/node";
import { notFound } from "~/http/answers.server";
import { unlisted } from "~/http/public-scope.server";
import { answerLogo } from "~/routes/answers/logo-answer.server";
import { openAnswer } from "~/routes/answers/open-answer.server";

/** The firm's logo for whoever has its letter or mail in hand. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  unlisted(context);
  const opened = await openAnswer(context, params.token);
  return answerLogo(opened?.scope ?? notFound(), params.fileId ?? "", request);
}
