import { SetUpFrame } from "~/routes/reconciliations/set-up/set-up-frame";
import { StepActions } from "~/routes/reconciliations/set-up/step-actions";
import {
  type TimeAndMoneyErrors,
  type TimeAndMoneyView,
} from "~/routes/reconciliations/set-up/time-and-money-facts.server";
import { RadioGroup, Select } from "~/ui/choice-field";
import { Facts } from "~/ui/facts";
import { Fieldset, Form } from "~/ui/form";
import { Panel } from "~/ui/panel";
import { TextField } from "~/ui/text-field";

interface TimeAndMoneyPageProps {
  view: TimeAndMoneyView;
  refused: { sent: TimeAndMoneyView["typed"]; errors: TimeAndMoneyErrors; version: number } | null;
}

export function TimeAndMoneyPage({ view, refused }: TimeAndMoneyPageProps) {
  const typed = refused?.sent ?? view.typed;
  const errors = refused?.errors ?? {};
  const field = (name: keyof typeof typed) => ({
    ...{ name, value: typed[name] },
    ...(errors[name] ? { errors: [errors[name]] } : {}),
  });
  const fields = [field("timeZone"), field("basis"), field("absolute"), field("relative")] as const;
  const [timeZone, basis, absolute, relative] = fields;
  return (
    <SetUpFrame frame={view} title="Time and money" line="Where days begin, and what counts as the same amount.">
      <Panel title="Where the days of each source begin">
        <Facts
          facts={view.sources.map(({ name, timeZone }) => ({ label: name, value: timeZone ?? "It does not say." }))}
        />
      </Panel>
      <Form
        hidden={{ version: String(refused?.version ?? view.version) }}
        fields={[...fields]}
        errors={errors[""] ? [errors[""]] : []}
      >
        <Select
          field={timeZone}
          label="Days are compared by the clocks of"
          hint={
            view.propertyZone
              ? `The analytics property says ${view.propertyZone}. Orders are found by their ids: another time zone moves them to other days, and never loses one.`
              : "Use that of the analytics property: its days begin there."
          }
          options={view.zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
        />
        <RadioGroup
          field={basis}
          label="What the shop sends to its analytics as the value of an order"
          hint={view.tried ?? "There are no rows of both sides to try this on yet."}
          options={view.bases.map(({ hint, ...basis }) => (hint === null ? basis : { ...basis, hint }))}
        />
        <Tolerance absolute={absolute} relative={relative} />
        <StepActions frame={view} tries />
      </Form>
    </SetUpFrame>
  );
}

type FieldOf = Parameters<typeof TextField>[0]["field"];

function Tolerance({ absolute, relative }: { absolute: FieldOf; relative: FieldOf }) {
  return (
    <Fieldset
      legend="How far a tracked value may lie from the order’s"
      hint="With 0 in both, only equal amounts match. What matches within these is still told, and counted in the money."
    >
      <TextField
        field={absolute}
        label="Smallest units of the currency"
        hint="5 are five cents or five pence."
        inputMode="numeric"
        look="short"
      />
      <TextField field={relative} label="Per cent of the order’s amount" inputMode="decimal" look="short" />
    </Fieldset>
  );
}
