import { type FieldDefinition, fieldLimits } from "~/features/contacts/custom/custom-field";
import { valueLimits } from "~/features/contacts/custom/custom-value";
import { type ContactFormFields } from "~/features/contacts/form/contact-form-meta";
import { limits } from "~/features/contacts/contact-limits";
import { HiddenFields } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { type FieldMeta, fieldValue } from "~/ui/field";
import { Fieldset } from "~/ui/form";
import { TextField } from "~/ui/text-field";

interface CustomValueFieldsProps {
  fields: ContactFormFields;
  /** Those in use, in their order. */
  own: readonly FieldDefinition[];
  /** A day as the reader writes it, for example. */
  day: string;
}

/** The account's own fields on a contact's form. */
export function CustomValueFields({ fields, own, day }: CustomValueFieldsProps) {
  if (own.length === 0) return null;
  return (
    <Fieldset legend="Further details">
      <HiddenFields fields={{ shownFields: own.map(({ id }) => id).join(",") }} />
      {own.map((definition) => (
        <ValueField key={definition.id} definition={definition} field={fieldMetaOf(fields, definition)} day={day} />
      ))}
    </Fieldset>
  );
}

/** For the summary of errors. */
export function customFieldMetas(fields: ContactFormFields, own: readonly FieldDefinition[]): FieldMeta[] {
  return own.map((definition) => fieldMetaOf(fields, definition));
}

function fieldMetaOf(fields: ContactFormFields, { id }: FieldDefinition): FieldMeta {
  const all = fields.custom.getFieldset();
  return all[id] ?? { name: `custom.${id}` };
}

interface ValueFieldProps {
  definition: FieldDefinition;
  field: FieldMeta;
  day: string;
}

/** Where nobody has written one: how to fill it in. */
export function hintOf({ type, hint }: FieldDefinition, day: string): string | undefined {
  if (hint) return hint;
  return type === "date" ? `Like ${day}.` : type === "link" ? "Like www.example.org/page." : undefined;
}

/** What is typed or chosen of one field. */
export function ValueField({ definition, field, day }: ValueFieldProps) {
  const { name: label, type, isRequired } = definition;
  const hint = hintOf(definition, day);
  const shared = { field, label: isRequired ? `${label} (required)` : label, hint, autoComplete: "off" };
  switch (type) {
    case "choice":
      return <Select {...shared} empty="Not said" options={choicesOf(definition, fieldValue(field) ?? "")} />;
    case "yes-no":
      return <Select {...shared} look="short" empty="Not said" options={yesAndNo} />;
    case "number":
      return <TextField {...shared} look="short" inputMode="decimal" maxLength={40} />;
    case "date":
      return <TextField {...shared} maxLength={limits.date} />;
    case "link":
      return <TextField {...shared} type="url" inputMode="url" spellCheck={false} maxLength={valueLimits.link} />;
    default:
      return <TextField {...shared} maxLength={valueLimits.text} />;
  }
}

const yesAndNo = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

/** What is offered, and what the contact has, whatever it is. */
function choicesOf({ choices }: FieldDefinition, chosen: string) {
  const offered = choices.filter(({ text, retired }) => !retired || text === chosen).map(({ text }) => text);
  const kept = chosen === "" || offered.includes(chosen) || chosen.length > fieldLimits.choice ? [] : [chosen];
  return [...offered, ...kept].map((text) => ({ value: text, label: text }));
}
