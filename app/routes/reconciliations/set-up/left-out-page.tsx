import { type LeftOutErrors, type LeftOutView } from "~/routes/reconciliations/set-up/left-out-facts.server";
import { SetUpFrame } from "~/routes/reconciliations/set-up/set-up-frame";
import { StepActions } from "~/routes/reconciliations/set-up/step-actions";
import { Checkbox, CheckboxGroup } from "~/ui/choice-field";
import { Form } from "~/ui/form";
import { TextField } from "~/ui/text-field";

interface LeftOutPageProps {
  view: LeftOutView;
  refused: { sent: LeftOutView["typed"]; errors: LeftOutErrors; version: number } | null;
}

export function LeftOutPage({ view, refused }: LeftOutPageProps) {
  const typed = refused?.sent ?? view.typed;
  const errors = refused?.errors ?? {};
  const field = (name: "channels" | "waitingHours" | "startDay") => ({
    ...{ name, ...(name === "channels" ? {} : { value: typed[name] }) },
    ...(errors[name] ? { errors: [errors[name]] } : {}),
  });
  const fields = [field("channels"), field("waitingHours"), field("startDay")] as const;
  const [channels, waiting, start] = fields;
  return (
    <SetUpFrame
      frame={view}
      title="Left out"
      line="Orders that the analytics could never have seen are left out, so that they do not count as missing."
    >
      <Form
        hidden={{ version: String(refused?.version ?? view.version) }}
        fields={[...fields]}
        errors={errors[""] ? [errors[""]] : []}
      >
        {view.channels.length > 0 ? (
          <CheckboxGroup
            field={channels}
            label="Orders through these channels are left out"
            hint={`${view.looked} ${view.always}`}
            options={view.channels}
            chosen={typed.channels}
          />
        ) : (
          <p className="quiet">{`${view.looked} ${view.always}`}</p>
        )}
        <Checkbox
          field={{ name: "leavesOutZero", initialValue: typed.leavesOutZero }}
          label="Orders that come to nothing are left out"
          hint={view.zero}
        />
        <TextField
          field={waiting}
          label="Hours to wait for a late hit"
          hint="Until then an order is pending, and not missing. 72 is usual: so long analytics may take."
          inputMode="numeric"
          look="short"
        />
        <TextField
          field={start}
          label="First day to compare"
          hint="Nothing from before is compared."
          type="date"
          look="short"
        />
        <StepActions frame={view} />
      </Form>
    </SetUpFrame>
  );
}
