import { type ReactNode } from "react";
import { BadIcon } from "./icons";

/** What a form part needs to know of its field. conform's field metadata fits as it is. */
export interface FieldMeta {
  name: string;
  /** The name, if left out. */
  id?: string;
  errors?: string[];
  /** What was typed or is stored. conform says `initialValue`, a plain page may say `value`. */
  initialValue?: unknown;
  value?: unknown;
}

/** What every labelled part has. */
export interface Labelled {
  field: FieldMeta;
  label: ReactNode;
  /** How to fill it in, under the label's control. */
  hint?: ReactNode;
  optional?: boolean;
}

export function fieldId(field: FieldMeta): string {
  return field.id ?? field.name;
}

/** The typed or stored text of a field, or undefined. */
export function fieldValue(field: FieldMeta): string | undefined {
  const value = field.value ?? field.initialValue;
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

export function hasErrors(field: FieldMeta): boolean {
  return (field.errors?.length ?? 0) > 0;
}

/** The attributes that tie a control to its label, error and hint, the error read first. */
export function controlProps(field: FieldMeta, hint?: ReactNode) {
  const id = fieldId(field);
  const described = [hasErrors(field) ? `${id}-error` : "", hint ? `${id}-description` : ""].filter(Boolean).join(" ");
  return {
    id,
    name: field.name,
    "aria-describedby": described || undefined,
    "aria-invalid": hasErrors(field) || undefined,
  };
}

/** A field: label, error, control, hint. For a control of one's own; else see TextField and its kin. */
export function Field({
  field,
  label,
  hint,
  optional,
  look,
  children,
}: Labelled & { look?: "short" | "code"; children: ReactNode }) {
  const className = ["field", look, hasErrors(field) ? "wrong" : ""].filter(Boolean).join(" ");
  return (
    <div className={className}>
      <label htmlFor={fieldId(field)}>
        {label}
        {optional ? <Optional /> : null}
      </label>
      <FieldErrors field={field} />
      {children}
      <FieldHint field={field} hint={hint} />
    </div>
  );
}

export function Optional() {
  return <span className="optional"> (optional)</span>;
}

export function FieldErrors({ field }: { field: FieldMeta }) {
  if (!hasErrors(field)) return null;
  return (
    <p className="error" id={`${fieldId(field)}-error`}>
      <BadIcon />
      <span>{field.errors?.join(" ")}</span>
    </p>
  );
}

export function FieldHint({ field, hint }: { field: FieldMeta; hint?: ReactNode }) {
  if (!hint) return null;
  return (
    <p className="hint" id={`${fieldId(field)}-description`}>
      {hint}
    </p>
  );
}
