import { RulesFields } from "~/features/pipeline/rules/rules-fields";
import { type WritingRules } from "~/features/pipeline/subject-rules";
import { type RulesView } from "~/routes/connectors/set-up/rules-facts.server";
import { SetUpFrame } from "~/routes/connectors/set-up/set-up-frame";
import { Button, ButtonLink } from "~/ui/button";
import { Fieldset, Form, FormActions } from "~/ui/form";
import { TextField } from "~/ui/text-field";

export interface RulesRefused {
  sent: { rules: WritingRules; askShare: string; askAtLeast: string };
  errors: Partial<Record<"" | "match" | "askShare" | "askAtLeast", string>>;
}

interface RulesPageProps {
  view: RulesView;
  refused: RulesRefused | null;
}

export function RulesPage({ view, refused }: RulesPageProps) {
  const { base, version, steps, writings, matchings, noun, fields } = view;
  const { rules, askShare, askAtLeast } = refused?.sent ?? view;
  const errors = refused?.errors ?? {};
  const wrong = (name: "match" | "askShare" | "askAtLeast") => (errors[name] ? [errors[name]] : undefined);
  const brakes = {
    share: { name: "askShare", value: askShare, errors: wrong("askShare") },
    atLeast: { name: "askAtLeast", value: askAtLeast, errors: wrong("askAtLeast") },
  };
  return (
    <SetUpFrame
      frame={view}
      title={`How it is written: ${view.name}`}
      line="How what is read stands beside what is there. What was edited by hand stays in any case."
    >
      <Form
        hidden={{ version: String(version) }}
        errors={errors[""] ? [errors[""]] : []}
        fields={[{ name: "match", errors: wrong("match") }, brakes.share, brakes.atLeast]}
      >
        <RulesFields {...{ rules, writings, matchings, noun, fields }} of="record" problem={errors.match} />
        <Brakes {...brakes} noun={noun} />
        <FormActions>
          <Button tone="primary">{steps ? "Save and go on" : "Save"}</Button>
          <ButtonLink href={steps ? `${base}/mapping` : base}>{steps ? "Back" : "Cancel"}</ButtonLink>
        </FormActions>
      </Form>
    </SetUpFrame>
  );
}

interface Brake {
  name: string;
  value: string;
  errors: string[] | undefined;
}

function Brakes({ share, atLeast, noun }: { share: Brake; atLeast: Brake; noun: string }) {
  return (
    <Fieldset
      legend="When a run stops and asks"
      hint={`A run takes in what is new at once. Where it would take away much, because it is gone or empty at the source, it leaves that and asks you first. It always asks where the source shows no ${noun} at all.`}
    >
      <TextField
        field={share}
        label="Ask where more than this share would go or be emptied, in per cent"
        hint="20 is usual: of 500 records up to 100 may go by themselves. With 0 each one is asked about."
        inputMode="numeric"
        look="short"
      />
      <TextField
        field={atLeast}
        label="But never for fewer than this many"
        hint="3 is usual: so that one record of a short list is no matter."
        inputMode="numeric"
        look="short"
      />
    </Fieldset>
  );
}
