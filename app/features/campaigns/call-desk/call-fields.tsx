import { type FieldMetadata } from "@conform-to/react";
import { outcomeLabels, outcomes } from "~/features/campaigns/call-desk/call";
import { type CallFormFields } from "~/features/campaigns/call-desk/call-form";
import { type CalledNumber } from "~/features/campaigns/call-desk/called-panels";
import { RadioGroup, Select } from "~/ui/choice-field";
import { FieldRow } from "~/ui/form";
import { TextArea, TextField } from "~/ui/text-field";

interface CallFieldsProps {
  fields: { [Name in keyof CallFormFields]: FieldMetadata<string> };
  currency: string;
  /** "In Berlin (Europe) it is 15:10 on 20 May 2026." */
  clock: string;
  numbers: readonly CalledNumber[];
}

/** How a call went; what belongs to one outcome is in sight with it. */
export function CallFields({ fields, currency, clock, numbers }: CallFieldsProps) {
  return (
    <>
      <div className="outcomes">
        <RadioGroup
          field={fields.outcome}
          label="How the call went"
          options={outcomes.map((value) => ({ value, label: outcomeLabels[value] }))}
        />
      </div>
      <div className="for-outcome of-converted">
        <TextField
          field={fields.value}
          label={`Value in ${currency}`}
          optional
          inputMode="decimal"
          look="short"
          autoComplete="off"
        />
      </div>
      <div className="for-outcome of-call-back">
        <FieldRow>
          <TextField field={fields.day} label="Call back on" type="date" look="short" />
          <TextField field={fields.time} label="At" type="time" look="short" hint={`By their clock. ${clock}`} />
        </FieldRow>
      </div>
      {numbers.length > 1 ? (
        <div className="for-outcome of-wrong-number">
          <Select
            field={fields.number}
            label="Which number is wrong"
            options={numbers.map(({ value, text }) => ({ value, label: text }))}
          />
        </div>
      ) : null}
      <TextArea field={fields.note} label="Note" optional rows={2} />
    </>
  );
}
