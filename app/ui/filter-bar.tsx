import { type ReactNode } from "react";
import { Button, HiddenFields } from "./button";
import { type Option } from "./choice-field";

export interface FilterBarProps {
  /** The list's own address; the filters go into its query. */
  action: string;
  /** FilterSelect, FilterSearch or other controls. */
  children?: ReactNode;
  /** Filters in force that have no control here; the link takes one away. */
  chips?: { label: string; removeHref: string }[];
  /** Query parameters to keep: sort, view. */
  hidden?: Record<string, string>;
  clearHref?: string;
  /** The verb on the button. */
  submit?: string;
}

/** Narrows a list, by GET, so that every view is an address. */
export function FilterBar({ action, children, chips = [], hidden = {}, clearHref, submit = "Apply" }: FilterBarProps) {
  return (
    <form className="filters" action={action} aria-label="Narrow the list">
      <HiddenFields fields={hidden} />
      {children}
      {chips.map((chip) => (
        <a key={chip.label} className="chip" href={chip.removeHref}>
          {chip.label}
          <span aria-hidden>✕</span>
          <span className="sr-only">, take this filter away</span>
        </a>
      ))}
      {children ? <Button>{submit}</Button> : null}
      {clearHref ? (
        <a className="small" href={clearHref}>
          Clear
        </a>
      ) : null}
    </form>
  );
}

/** A list to filter by. `any` is its first line, e.g. "Any kind". */
export function FilterSelect({
  name,
  label,
  any,
  value = "",
  options,
}: {
  name: string;
  label: string;
  any: string;
  value?: string;
  options: Option[];
}) {
  return (
    <select className="control" name={name} aria-label={label} defaultValue={value}>
      <option value="">{any}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
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
