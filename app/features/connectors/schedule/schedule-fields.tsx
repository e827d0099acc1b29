import { timeOf } from "~/features/connectors/schedule/schedule-form";
import { dayNames } from "~/features/connectors/schedule/schedule-words";
import { CheckboxGroup, RadioGroup, Select } from "~/ui/choice-field";
import { type FieldMeta } from "~/ui/field";
import { FieldRow, Fieldset } from "~/ui/form";
import { TextField } from "~/ui/text-field";

const rhythms = [
  { value: "manual", label: "Only when somebody starts it" },
  { value: "hour", label: "Every hour" },
  { value: "times", label: "Several times a day" },
  { value: "day", label: "Every day" },
  { value: "weekdays", label: "Every weekday", hint: "Monday to Friday." },
  { value: "week", label: "On days of the week" },
  { value: "month", label: "Once a month" },
];

const days = dayNames.map((label, index) => ({ value: String(index + 1), label }));

const daysOfMonth = [
  ...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) })),
  { value: "last", label: "The last day" },
];

type Fields = Record<"every" | "minute" | "times" | "time" | "days" | "day" | "quietFrom" | "quietUntil", FieldMeta>;

/** The fields in the order of the page, for the summary of what is wrong. */
export function scheduleFieldsInOrder({ every, minute, times, days, day, time, quietFrom, quietUntil }: Fields) {
  return [every, minute, times, days, day, time, quietFrom, quietUntil];
}

/** When it runs. `place`: whose clocks it goes by, in words. Where a browser can, only what the rhythm needs is in sight. */
export function ScheduleFields({ fields, place }: { fields: Fields; place: string }) {
  return (
    <>
      <RadioGroup field={fields.every} label="How often" options={rhythms} />
      <div className="for-rhythm of-hour">
        <TextField field={fields.minute} label="Minutes past the hour" look="short" inputMode="numeric" maxLength={2} />
      </div>
      <div className="for-rhythm of-times">
        <TextField
          field={fields.times}
          label="Times of day"
          hint={`Such as 08:00, 12:00, 17:30. By the clocks of ${place}.`}
          autoComplete="off"
        />
      </div>
      <div className="for-rhythm of-week">
        <CheckboxGroup field={fields.days} label="Days" options={days} chosen={chosenOf(fields.days)} />
      </div>
      <div className="for-rhythm of-month">
        <Select
          field={fields.day}
          label="Day of the month"
          hint="In a month without that day it is the last one."
          options={daysOfMonth}
          look="short"
        />
      </div>
      <div className="for-rhythm of-day">
        <TextField
          field={timeShown(fields.time)}
          label="At"
          hint={`Such as 07:30. By the clocks of ${place}.`}
          look="short"
          type="time"
        />
      </div>
      <div className="for-rhythm of-any">
        <Fieldset
          legend="Quiet hours (optional)"
          hint="What is due in between waits until they end. Over midnight works, too: from 22:00 until 06:00."
        >
          <FieldRow>
            <TextField field={timeShown(fields.quietFrom)} label="From" type="time" />
            <TextField field={timeShown(fields.quietUntil)} label="Until" type="time" />
          </FieldRow>
        </Fieldset>
      </div>
    </>
  );
}

/** A browser that knows times of day shows them as 07:30 only, and anything else not at all. */
function timeShown(field: FieldMeta): FieldMeta {
  const { value, initialValue } = field;
  const typed = value ?? initialValue;
  const time = typeof typed === "string" ? timeOf(typed) : null;
  const { name, id, errors } = field;
  return time === null ? field : { name, id, errors, value: time };
}

function chosenOf({ value, initialValue }: FieldMeta): string[] {
  return [value ?? initialValue ?? []].flat().filter((each) => typeof each === "string");
}
