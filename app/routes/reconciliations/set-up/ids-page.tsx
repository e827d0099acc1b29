import { type IdsView } from "~/routes/reconciliations/set-up/ids-facts.server";
import { SetUpFrame } from "~/routes/reconciliations/set-up/set-up-frame";
import { StepActions } from "~/routes/reconciliations/set-up/step-actions";
import { Checkbox, CheckboxGroup, RadioGroup } from "~/ui/choice-field";
import { Form } from "~/ui/form";

interface IdsPageProps {
  view: IdsView;
  refused: { sent: IdsView["typed"]; errors: Partial<Record<"" | "scheme", string>>; version: number } | null;
}

export function IdsPage({ view, refused }: IdsPageProps) {
  const typed = refused?.sent ?? view.typed;
  const { scheme: wrong, "": problem } = refused?.errors ?? {};
  const scheme = { name: "scheme", value: typed.scheme, ...(wrong ? { errors: [wrong] } : {}) };
  return (
    <SetUpFrame frame={view} title="Order numbers" line="By what an order is found among what was tracked.">
      <Form
        hidden={{ version: String(refused?.version ?? view.version) }}
        fields={[scheme]}
        errors={problem ? [problem] : []}
      >
        <RadioGroup
          field={scheme}
          label="The shop tracks its orders by"
          hint={view.tried ?? "There are no rows of both sides to try this on yet."}
          options={view.schemes.map(({ hint, ...option }) => (hint === null ? option : { ...option, hint }))}
        />
        <Affixes affixes={view.affixes} chosen={typed.affixes} />
        <Checkbox
          field={{ name: "dropsZeros", initialValue: typed.dropsZeros }}
          label="Zeros at the beginning do not count"
          hint="Then 00123 and 123 are the same. Tick it only where one side drops them."
        />
        <StepActions frame={view} tries />
      </Form>
    </SetUpFrame>
  );
}

function Affixes({ affixes, chosen }: { affixes: IdsView["affixes"]; chosen: string[] }) {
  if (affixes.length === 0) return null;
  return (
    <CheckboxGroup
      field={{ name: "affixes" }}
      label="What stands before or after"
      hint="Only what is ticked here is left out."
      options={affixes}
      chosen={chosen}
    />
  );
}
