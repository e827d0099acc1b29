import { type AnswerFacts } from "~/routes/answers/answer-facts.server";
import { ButtonLink } from "~/ui/button";
import { PublicFrame, Said } from "~/ui/public-frame";

export function Thanks({ firm, logo, here, answered }: AnswerFacts) {
  const line = answered?.isWrongPerson
    ? `${firm} has been told that this reached the wrong person.`
    : `${firm} has your answer of ${answered?.on}.`;
  return (
    <PublicFrame firm={firm} logo={logo} title="Thank you" line={line}>
      <div className="grid gap-6">
        {answered ? <Said note={answered.note}>{answered.label}</Said> : null}
        <p>You can close this page.</p>
        <p>
          <ButtonLink href={here}>I pressed the wrong one</ButtonLink>
        </p>
      </div>
    </PublicFrame>
  );
}

export function Unsubscribed({ firm, logo, here, isClosed, answered, unsubscribed }: AnswerFacts) {
  return (
    <PublicFrame firm={firm} logo={logo} title="You are unsubscribed" line={unsubscribed}>
      <div className="grid gap-6">
        {answered ? (
          <div className="grid gap-3">
            <p>What you answered stays:</p>
            <Said note={answered.note}>{answered.label}</Said>
          </div>
        ) : null}
        <p className="quiet">If that was a mistake, tell {firm}: only they can write to you again.</p>
        {isClosed ? null : (
          <p>
            <ButtonLink href={here}>{answered ? "Change my answer" : "Answer as well"}</ButtonLink>
          </p>
        )}
      </div>
    </PublicFrame>
  );
}
