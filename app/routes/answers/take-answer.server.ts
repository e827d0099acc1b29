import { data, redirect } from "@remix-run/node";
import { isChoice, LONGEST_NOTE } from "~/features/campaigns/answers/answer";
import { answerCampaign } from "~/features/campaigns/answers/answer-campaign.server";
import { manyLines } from "~/features/contacts/values/typed-text";
import { attempt } from "~/features/sign-in/attempts.server";
import { perAddress, perPerson } from "~/features/sign-in/throttle";
import { networkOf, type Throttle, throttleKey } from "~/features/sign-in/throttles.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RequestContext } from "~/http/request-context.server";
import { installationScope } from "~/http/scope.server";
import { answerPutOff } from "~/http/waiting.server";
import { deadAnswer, type WrongAnswer } from "~/routes/answers/answer-facts.server";
import { type OpenAnswer } from "~/routes/answers/open-answer.server";

/** Takes the form of an answer down, and leads to the thanks. */
export async function takeAnswer(
  { request, context, token }: { request: Request; context: RequestContext; token: string },
  { scope, answering, how }: OpenAnswer,
) {
  const form = await readForm(request);
  const [choice, note] = [onlyText(form, "choice"), manyLines(onlyText(form, "note"))];
  const wrong = (errors: WrongAnswer["errors"], status: number) => data({ choice, note, errors }, { status });
  if (!isChoice(choice)) return wrong({ choice: "Choose one of the answers." }, 422);
  if (Array.from(note).length > LONGEST_NOTE) return wrong({ note: "At most 1,000 characters." }, 422);
  const answered = await attempt(installationScope(context), throttlesOf(context, answering), () =>
    answerCampaign(scope, answering, { choice, note: note || null, how }),
  );
  if (answered.ok) return redirect(`/r/${token}?thanks=${choice === "unsubscribe" ? choice : "answer"}`, 303);
  switch (answered.reason) {
    case "not-found":
      return deadAnswer();
    case "not-sent":
      return redirect(`/r/${token}`, 303);
    default: {
      const { text, status } = answerPutOff(context, answered);
      return wrong({ form: text }, status);
    }
  }
}

/** Who has a link or code may change their mind, and fills nobody's history, however often they type the code. */
function throttlesOf(
  { keys, address }: RequestContext,
  { campaignId, contactId }: OpenAnswer["answering"],
): Throttle[] {
  return [
    { key: throttleKey(keys, "answer", `${campaignId} ${contactId}`), rule: perPerson },
    { key: throttleKey(keys, "answer-from", networkOf(address)), rule: perAddress },
  ];
}
