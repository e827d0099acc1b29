import { type LoaderFunctionArgs } from "@remix-run/node";
import { answerLogo } from "~/routes/answers/logo-answer.server";
import { openCodes } from "~/routes/answers/open-codes.server";

/** The firm's logo on the page for codes. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  return answerLogo(await openCodes(context, params.accountSlug), params.fileId ?? "", request);
}
