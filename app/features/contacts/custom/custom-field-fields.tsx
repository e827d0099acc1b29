import { type FieldMetadata } from "@conform-to/react";
import {
  type CustomFieldType,
  customFieldTypes,
  fieldLimits,
  typeNames,
} from "~/features/contacts/custom/custom-field";
import { type CustomFieldFormFields } from "~/features/contacts/custom/custom-field-form";
import { Checkbox, RadioGroup } from "~/ui/choice-field";
import { TextArea, TextField } from "~/ui/text-field";

const typeHints: Record<CustomFieldType, string> = {
  text: "One line, whatever is typed.",
  number: "With or without a fraction, like 12 or −3.75.",
  date: "A day with its year.",
  choice: "One of a list that you write below.",
  "yes-no": "Yes, no, or nothing said.",
  link: "The address of a web page.",
};

interface CustomFieldFieldsProps {
  fields: { [Name in keyof CustomFieldFormFields]: FieldMetadata<string, CustomFieldFormFields> };
}

/** What a field of an account's own is made of: for a new one and for a change. */
export function CustomFieldFields({ fields }: CustomFieldFieldsProps) {
  return (
    <>
      <TextField
        field={fields.name}
        label="Name"
        hint="As it stands on the form, over the column of a list and in files."
        autoComplete="off"
        maxLength={fieldLimits.name}
      />
      <RadioGroup
        field={fields.type}
        label="What stands in it"
        options={customFieldTypes.map((type) => ({ value: type, label: typeNames[type], hint: typeHints[type] }))}
      />
      <TextArea
        field={fields.choices}
        label="Choices"
        hint="For a choice only: one to a line, in the order in which they are offered. What you take out stays where it was chosen."
        rows={5}
      />
      <TextField
        field={fields.hint}
        label="Hint"
        hint="How to fill it in, under the field."
        optional
        autoComplete="off"
        maxLength={fieldLimits.hint}
      />
      <Checkbox
        field={fields.required}
        label="Required"
        hint="A contact is not saved by hand without it. An import may go without."
        value="yes"
      />
    </>
  );
}
