import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { unlisted } from "~/http/public-scope.server";
import { answerFacts, deadAnswer } from "~/routes/answers/answer-facts.server";
import { AnswerForm } from "~/routes/answers/answer-form";
import { Thanks, Unsubscribed } from "~/routes/answers/answered";
import { DeadAnswer } from "~/routes/answers/dead-answer";
import { openAnswer } from "~/routes/answers/open-answer.server";
import { takeAnswer } from "~/routes/answers/take-answer.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.firm ? `Your answer · ${data.firm}` : "This link does not work" },
  { name: "robots", content: "noindex, nofollow" },
];

/** Only looks: mail programs and virus scanners open links before anybody reads them. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  unlisted(context);
  const opened = await openAnswer(context, params.token);
  if (!opened || opened.answering.isClosed) return deadAnswer();
  return answerFacts(opened, new URL(request.url).searchParams);
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  unlisted(context);
  const { token = "" } = params;
  const opened = await openAnswer(context, token);
  if (!opened || opened.answering.isClosed) return deadAnswer();
  return takeAnswer({ request, context, token }, opened);
}

export default function AnswerPage() {
  const facts = useLoaderData<typeof loader>();
  const wrong = useActionData<typeof action>();
  switch (facts.page) {
    case "dead":
      return <DeadAnswer />;
    case "thanks":
      return <Thanks {...facts} />;
    case "unsubscribed":
      return <Unsubscribed {...facts} />;
    default:
      return <AnswerForm {...facts} wrong={wrong && "errors" in wrong ? wrong : undefined} />;
  }
}
