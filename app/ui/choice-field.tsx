import { type ReactNode } from "react";
import { controlProps, Field, FieldErrors, FieldHint, fieldId, fieldValue, type Labelled, Optional } from "./field";

export interface Option {
  value: string;
  label: string;
  hint?: ReactNode;
}

/** A native list to choose one of. `empty` is the first, valueless line, e.g. "Any kind" or "Choose one". */
export function Select({
  field,
  label,
  hint,
  optional,
  options,
  empty,
  autoComplete,
  look,
}: Labelled & { options: Option[]; empty?: string; autoComplete?: string; look?: "short" }) {
  return (
    <Field {...{ field, label, hint, optional, look }}>
      <select
        {...controlProps(field, hint)}
        className="control"
        autoComplete={autoComplete}
        defaultValue={fieldValue(field) ?? (empty === undefined ? undefined : "")}
      >
        {empty === undefined ? null : <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** One box to tick. It sends `value`, or nothing; it is ticked when the field's value equals `value`. */
export function Checkbox({ field, label, hint, value = "on" }: Omit<Labelled, "optional"> & { value?: string }) {
  return (
    <div className={field.errors?.length ? "field wrong" : "field"}>
      <FieldErrors field={field} />
      <div className="choice">
        <input
          {...controlProps(field, hint)}
          type="checkbox"
          value={value}
          defaultChecked={field.initialValue === true || fieldValue(field) === value}
        />
        <div>
          <label htmlFor={fieldId(field)}>{label}</label>
          <FieldHint field={field} hint={hint} />
        </div>
      </div>
    </div>
  );
}

interface GroupProps extends Labelled {
  options: Option[];
}

/** One of a few, all in sight. The field's id is the first choice's, so that a link from the summary lands there. */
export function RadioGroup(props: GroupProps) {
  const chosen = fieldValue(props.field);
  return <ChoiceGroup {...props} type="radio" isChosen={(value) => value === chosen} />;
}

/** Any of a few: each ticked choice is sent under the same name. `chosen` are the ticked values. */
export function CheckboxGroup({ chosen, ...props }: GroupProps & { chosen: string[] }) {
  return <ChoiceGroup {...props} type="checkbox" isChosen={(value) => chosen.includes(value)} />;
}

interface ChoiceGroupProps extends GroupProps {
  type: "radio" | "checkbox";
  isChosen: (value: string) => boolean;
}

function ChoiceGroup({ field, label, hint, optional, options, type, isChosen }: ChoiceGroupProps) {
  const id = fieldId(field);
  const { "aria-describedby": describedBy, "aria-invalid": invalid } = controlProps(field, hint);
  return (
    <fieldset className={invalid ? "group wrong" : "group"} aria-describedby={describedBy}>
      <legend>
        {label}
        {optional ? <Optional /> : null}
      </legend>
      <FieldErrors field={field} />
      {options.map((option, index) => {
        const optionId = index === 0 ? id : `${id}-${option.value}`;
        return (
          <div className="choice" key={option.value}>
            <input
              id={optionId}
              type={type}
              name={field.name}
              value={option.value}
              defaultChecked={isChosen(option.value)}
              aria-describedby={option.hint ? `${optionId}-hint` : undefined}
            />
            <div>
              <label htmlFor={optionId}>{option.label}</label>
              {option.hint ? (
                <p className="hint" id={`${optionId}-hint`}>
                  {option.hint}
                </p>
              ) : null}
            </div>
          </div>
        );
      })}
      <FieldHint field={field} hint={hint} />
    </fieldset>
  );
}
