import { type InputHTMLAttributes, type TextareaHTMLAttributes } from "react";
import { controlProps, Field, fieldValue, type Labelled } from "./field";

type InputHints = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  | "type"
  | "autoComplete"
  | "autoCapitalize"
  | "autoFocus"
  | "inputMode"
  | "enterKeyHint"
  | "maxLength"
  | "pattern"
  | "placeholder"
  | "readOnly"
  | "required"
  | "spellCheck"
  | "list"
  | "form"
>;

/** One line to type in. `look="code"` for a code read from a phone, `"short"` for a number or a postcode. */
export function TextField({
  field,
  label,
  hint,
  optional,
  look,
  type = "text",
  ...hints
}: Labelled & InputHints & { look?: "short" | "code" }) {
  return (
    <Field {...{ field, label, hint, optional, look }}>
      <input
        {...hints}
        {...controlProps(field, hint)}
        className="control"
        type={type}
        defaultValue={type === "password" ? undefined : fieldValue(field)}
      />
    </Field>
  );
}

type TextAreaHints = Pick<
  TextareaHTMLAttributes<HTMLTextAreaElement>,
  "rows" | "maxLength" | "autoComplete" | "autoFocus" | "placeholder" | "required" | "spellCheck" | "form"
>;

/** Several lines; it grows with its text where the browser can. */
export function TextArea({ field, label, hint, optional, rows = 4, ...hints }: Labelled & TextAreaHints) {
  return (
    <Field {...{ field, label, hint, optional }}>
      <textarea
        {...hints}
        {...controlProps(field, hint)}
        className="control"
        rows={rows}
        defaultValue={fieldValue(field)}
      />
    </Field>
  );
}

/** A file to send; its form needs `multipart`. */
export function FileField({
  field,
  label,
  hint,
  optional,
  accept,
  required,
}: Labelled & { accept?: string; required?: boolean }) {
  return (
    <Field {...{ field, label, hint, optional }}>
      <input {...controlProps(field, hint)} className="control" type="file" accept={accept} required={required} />
    </Field>
  );
}
