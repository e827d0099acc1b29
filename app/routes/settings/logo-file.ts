import { type LoaderFunctionArgs } from "@remix-run/node";
import { requireScope } from "~/http/scope.server";
import { answerLogo } from "~/routes/answers/logo-answer.server";

/** The account's logo for whoever has a place there. */
export async function loader(args: LoaderFunctionArgs) {
  return answerLogo(await requireScope(args, "account.read"), args.params.fileId ?? "", args.request);
}
