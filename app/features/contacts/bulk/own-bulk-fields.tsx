import { type FieldDefinition, fieldOf as customFieldOf } from "~/features/contacts/custom/custom-field";
import { hintOf, ValueField } from "~/features/contacts/custom/custom-value-fields";
import { type FieldMeta } from "~/ui/field";

interface OwnBulkFieldsProps {
  own: readonly FieldDefinition[];
  day: string;
  /** What is chosen to be changed. */
  chosen: string;
  fieldOf: (definition: FieldDefinition) => FieldMeta;
}

/** The account's own fields among what can be changed: each with its value below it, in sight when it is chosen. */
export function OwnBulkFields({ own, day, chosen, fieldOf }: OwnBulkFieldsProps) {
  if (own.length === 0) return null;
  return (
    <fieldset className="group">
      <legend>Or a field of your own</legend>
      {own.map((definition) => {
        const value = customFieldOf(definition);
        return (
          <div key={value} className="own-choice">
            <div className="choice">
              <input id={`what-${value}`} type="radio" name="what" value={value} defaultChecked={chosen === value} />
              <div>
                <label htmlFor={`what-${value}`}>Set {definition.name}</label>
              </div>
            </div>
            <div className="its-value">
              <ValueField definition={withWhatHappens(definition, day)} field={fieldOf(definition)} day={day} />
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}

function withWhatHappens(definition: FieldDefinition, day: string): FieldDefinition {
  const replaced = "It takes the place of what stands there.";
  const emptied = definition.isRequired ? "" : "Left empty, what stands there goes.";
  return { ...definition, hint: [hintOf(definition, day), replaced, emptied].filter(Boolean).join(" ") };
}
