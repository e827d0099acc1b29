import { LONGEST_NOTE } from "~/features/campaigns/answers/answer";
import { type AnswerFacts, type AnswerOption, type WrongAnswer } from "~/routes/answers/answer-facts.server";
import { TrialBanner } from "~/routes/answers/trial-banner";
import { Button } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PublicFrame, Said } from "~/ui/public-frame";
import { TextArea } from "~/ui/text-field";

/** Said in the campaign's own words; the other ways to answer stand apart. */
const isMain = ({ value }: AnswerOption) => value === "responded" || value === "converted";

export function AnswerForm({ wrong, ...facts }: AnswerFacts & { wrong: WrongAnswer | undefined }) {
  const { firm, logo, options, isTrial } = facts;
  const {
    choice: value,
    note,
    errors,
  } = wrong ?? { choice: facts.chosen, note: "", errors: {} as WrongAnswer["errors"] };
  const choice = { name: "choice", value, errors: listed(errors.choice) };
  const noted = { name: "note", value: note, errors: listed(errors.note) };
  const noteHint = `At most ${LONGEST_NOTE.toLocaleString("en-GB")} characters.`;
  return (
    <PublicFrame
      firm={firm}
      logo={logo}
      title="Your answer"
      line={`${firm} wrote to you. Only they see what you answer.`}
    >
      {isTrial ? <TrialBanner /> : null}
      <Before {...facts} />
      <Form fields={[choice, noted]} errors={listed(errors.form)}>
        <div className="answers">
          <div className="main">
            <RadioGroup field={choice} label="Choose one" options={options.filter(isMain)} />
          </div>
          <RadioGroup
            field={{ name: "choice", id: "else", value }}
            label="Or"
            options={options.filter((option) => !isMain(option))}
          />
        </div>
        <TextArea
          field={noted}
          label={`A note to ${firm}`}
          hint={note.length > LONGEST_NOTE ? noteHint : undefined}
          optional
          rows={2}
        />
        <FormActions>
          <Button tone="primary">Send my answer</Button>
        </FormActions>
      </Form>
    </PublicFrame>
  );
}

const listed = (error?: string) => (error === undefined ? undefined : [error]);

/** Of a link that was used before: what was said then. */
function Before({ answered, unsubscribed }: AnswerFacts) {
  if (!answered && unsubscribed === null) return null;
  return (
    <div className="mb-6 grid gap-3">
      {answered ? (
        <>
          <p>You answered on {answered.on}:</p>
          <Said note={answered.note}>{answered.label}</Said>
          <p className="quiet">If that has changed, answer again: the last answer counts.</p>
        </>
      ) : null}
      {unsubscribed === null ? null : <p className="quiet">You are unsubscribed: {unsubscribed}</p>}
    </div>
  );
}
