import { type ReactNode } from "react";
import { HiddenFields } from "./button";
import { type FieldMeta, fieldId, hasErrors } from "./field";

export interface FormProps {
  id?: string;
  /** This page, if left out. */
  action?: string;
  method?: "post" | "get";
  /** The form carries a file. */
  multipart?: boolean;
  /** Sent along unseen; never security state. */
  hidden?: Record<string, string>;
  /** Fields whose errors the summary lists, in the order of the page. */
  fields?: FieldMeta[];
  /** Errors of the form as a whole. */
  errors?: string[];
  children: ReactNode;
}

/**
 * One column of fields, with the error summary on top. The server checks and answers in words, so the browser's own
 * bubbles are off. The first, unseen button is what Enter presses: it saves, whatever buttons the rows below have.
 */
export function Form({
  id,
  action,
  method = "post",
  multipart,
  hidden = {},
  fields = [],
  errors,
  children,
}: FormProps) {
  return (
    <>
      <ErrorSummary fields={fields} errors={errors} />
      <form
        id={id}
        className="form"
        action={action}
        method={method}
        encType={multipart ? "multipart/form-data" : undefined}
        noValidate
      >
        <button className="default-submit" tabIndex={-1} aria-hidden>
          Save
        </button>
        <HiddenFields fields={hidden} />
        {children}
      </form>
    </>
  );
}

/** What is wrong, in one place, each line a link to its field. It takes the focus when the page comes back. */
export function ErrorSummary({ fields = [], errors = [] }: { fields?: FieldMeta[]; errors?: string[] }) {
  const wrong = fields.filter(hasErrors);
  if (wrong.length + errors.length === 0) return null;
  return (
    <div className="summary" role="alert" tabIndex={-1} autoFocus>
      <h2>{wrong.length + errors.length === 1 ? "One thing to put right" : "A few things to put right"}</h2>
      <ul>
        {errors.map((error) => (
          <li key={error}>{error}</li>
        ))}
        {wrong.map((field) => (
          <li key={fieldId(field)}>
            <a href={`#${fieldId(field)}`}>{field.errors?.join(" ")}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The end of a form: the button that saves first, then the way out. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="form-actions">{children}</div>;
}

/** Fields that belong together, under a heading. */
export function Fieldset({ legend, hint, children }: { legend: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="fieldset">
      <legend>{legend}</legend>
      <div className="fields">
        {hint ? <p className="hint">{hint}</p> : null}
        {children}
      </div>
    </fieldset>
  );
}

/** Two or three short fields side by side where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className="pair">{children}</div>;
}
