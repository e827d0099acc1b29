import { type FieldMeta } from "~/ui/field";
import { FieldRow } from "~/ui/form";
import { Select } from "~/ui/choice-field";
import { TextField } from "~/ui/text-field";

interface RelationshipFieldsProps {
  fields: Record<"how" | "since" | "until" | "note", FieldMeta>;
  /** The contact that the words are read from. */
  name: string;
  choices: { value: string; label: string }[];
  /** A date as the reader writes it. */
  exampleDay: string;
}

/** How, when and with which note two contacts are related. */
export function RelationshipFields({ fields, name, choices, exampleDay }: RelationshipFieldsProps) {
  return (
    <>
      <Select field={fields.how} label={name} empty="Choose how" options={choices} />
      <FieldRow>
        <TextField field={fields.since} label="Since" hint={`Like ${exampleDay}.`} optional autoComplete="off" />
        <TextField
          field={fields.until}
          label="Until"
          hint="The last day. Empty while it lasts."
          optional
          autoComplete="off"
        />
      </FieldRow>
      <TextField field={fields.note} label="Note" optional autoComplete="off" />
    </>
  );
}
