import { data } from "@remix-run/node";
import {
  type Choice,
  choiceLabel,
  choices,
  isChoice,
  maskedEmail,
  sparedOf,
} from "~/features/campaigns/answers/answer";
import { type OpenAnswer } from "~/routes/answers/open-answer.server";
import { formatDate } from "~/platform/time";

export interface AnswerOption {
  value: Choice;
  label: string;
  hint?: string;
}

/** What was wrong with the form, with what was typed. */
export interface WrongAnswer {
  choice: string;
  note: string;
  errors: { choice?: string; note?: string; form?: string };
}

export function deadAnswer() {
  return data({ page: "dead" as const, firm: null }, { status: 404 });
}

/** What the page shows. Of the person nothing but what they said themselves, and half of an address. */
export function answerFacts({ answering, firm, logo, here, scope }: OpenAnswer, search: URLSearchParams) {
  const { answered, isUnsubscribed, email, channel } = answering;
  const labelled = (choice: Choice) => choiceLabel(choice, answering);
  const wanted = search.get("answer");
  const [what, to] = [sparedOf[channel], email ? ` to ${maskedEmail(email)}` : ""];
  return {
    page: pageOf(search, answering),
    ...{ firm, logo, here },
    isTrial: answering.isTrial,
    isClosed: answering.isClosed,
    chosen: isChoice(wanted) ? wanted : "",
    options: choices.flatMap((value): AnswerOption[] => {
      const label = labelled(value);
      return label === null
        ? []
        : [{ value, label, hint: value === "unsubscribe" ? `No more ${what} from ${firm}.` : undefined }];
    }),
    answered: answered && {
      // Its words may have been taken out of the campaign since.
      label: labelled(answered.choice) ?? "I am interested",
      isWrongPerson: answered.choice === "wrong-person",
      on: formatDate(scope.place, answered.on),
      note: answered.note,
    },
    unsubscribed: isUnsubscribed ? `${firm} sends no more ${what}${to}.` : null,
    ask: `Once you press the button, ${firm} sends no more ${what}${to}.`,
  };
}

export type AnswerFacts = ReturnType<typeof answerFacts>;

/** Thanks only for what was said. */
function pageOf(search: URLSearchParams, { answered, isUnsubscribed }: OpenAnswer["answering"]) {
  const thanks = search.get("thanks");
  if (thanks === "unsubscribe" && isUnsubscribed) return "unsubscribed" as const;
  return thanks === "answer" && answered ? ("thanks" as const) : ("form" as const);
}
