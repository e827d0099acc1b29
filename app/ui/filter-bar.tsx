import { type ReactNode } from "react";
import { Button, HiddenFields } from "./button";
import { type Option } from "./choice-field";

export interface FilterBarProps {
  /** The list's own address; the filters go into its query. */
  action: string;
  /** FilterSelect, FilterSearch, FilterFold or other controls. */
  children?: ReactNode;
  /** Filters in force; the link takes one away. */
  chips?: { label: string; removeHref: string }[];
  /** Query parameters to keep: sort, view. */
  hidden?: Record<string, string>;
  clearHref?: string;
  /** The verb on the button. */
  submit?: string;
  /** On a phone the controls are a press away, under this word. Without it they always stand there. */
  foldLabel?: string;
}

/** Narrows a list, by GET, so that every view is an address. */
export function FilterBar(props: FilterBarProps) {
  const { action, children, chips = [], hidden = {}, clearHref, submit = "Apply", foldLabel } = props;
  const controls = children ? (
    <>
      {children}
      <Button>{submit}</Button>
    </>
  ) : null;
  const clear = clearHref ? (
    <a className="small" href={clearHref}>
      Clear
    </a>
  ) : null;
  return (
    <form className="filters" action={action} aria-label="Narrow the list">
      <HiddenFields fields={hidden} />
      {controls && foldLabel ? (
        <details className="filters-fold">
          <summary>{foldLabel}</summary>
          <div className="filters-row">{controls}</div>
        </details>
      ) : (
        controls
      )}
      {chips.length > 0 ? (
        <div className="filters-chips">
          {chips.map((chip) => (
            <a key={chip.label} className="chip" href={chip.removeHref}>
              {chip.label}
              <span aria-hidden>✕</span>
              <span className="sr-only">, take this filter away</span>
            </a>
          ))}
          {clear}
        </div>
      ) : (
        clear
      )}
    </form>
  );
}

/** Filters of which few are used at a time: a press away. */
export function FilterFold({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="filters-more">
      <summary>{label}</summary>
      <div className="filters-grid">{children}</div>
    </details>
  );
}

/** Controls that belong together, under one heading. */
export function FilterGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="filters-group">
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}

interface FilterSelectProps {
  name: string;
  label: string;
  /** Its first line, e.g. "Any kind". */
  any: string;
  value?: string;
  options: Option[];
  /** The label stands over it; else its lines speak for themselves. */
  shown?: boolean;
}

/** A list to filter by. */
export function FilterSelect({ name, label, any, value = "", options, shown }: FilterSelectProps) {
  const select = (
    <select className="control" name={name} aria-label={shown ? undefined : label} defaultValue={value}>
      <option value="">{any}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
  if (!shown) return select;
  return (
    <label className="filters-labelled">
      <span>{label}</span>
      {select}
    </label>
  );
}

interface FilterTextProps {
  name: string;
  label: string;
  hint?: string;
  value?: string;
  suggestions?: readonly string[];
}

/** A word to filter by, with its label over it. */
export function FilterText({ name, label, hint, value, suggestions = [] }: FilterTextProps) {
  const id = `filter-${name}`;
  const list = suggestions.length > 0 ? `${name}-suggestions` : undefined;
  return (
    <div className="filters-labelled">
      <label htmlFor={id}>{label}</label>
      <input
        className="control"
        id={id}
        name={name}
        defaultValue={value}
        list={list}
        maxLength={100}
        autoComplete="off"
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {list ? (
        <datalist id={list}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      ) : null}
    </div>
  );
}

/** A day to filter by; `value` is a plain date. */
export function FilterDate({ name, label, value }: { name: string; label: string; value?: string }) {
  return (
    <label className="filters-labelled">
      <span>{label}</span>
      <input className="control" type="date" name={name} defaultValue={value} />
    </label>
  );
}

/** A number to filter by, as browsers send it: with a point. */
export function FilterNumber({ name, label, value }: { name: string; label: string; value?: string }) {
  return (
    <label className="filters-labelled">
      <span>{label}</span>
      <input className="control" type="number" step="any" name={name} defaultValue={value} />
    </label>
  );
}

/** Words to filter by. */
export function FilterSearch({ name, label, value }: { name: string; label: string; value?: string }) {
  return (
    <input
      className="control"
      type="search"
      name={name}
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      enterKeyHint="search"
      autoComplete="off"
      maxLength={200}
    />
  );
}
