import { type ContactListView, viewQuery } from "~/features/contacts/list/contact-list";
import { type FieldDefinition, fieldOf } from "~/features/contacts/custom/custom-field";
import { columnName, contactColumns, type ContactColumn, usualColumns } from "~/features/contacts/list/list-columns";
import { Button, HiddenFields } from "~/ui/button";
import { ColumnList } from "~/ui/column-list";

interface ColumnChooserProps {
  view: ContactListView;
  base: string;
  /** The account's own that are in use. */
  fields: readonly FieldDefinition[];
  /** An arrow was just pressed: the next press may follow. */
  open: boolean;
}

/** Which columns the list shows, and in which order. Each press is an address. */
export function ColumnChooser({ view, base, fields, open }: ColumnChooserProps) {
  const all: ContactColumn[] = [...contactColumns, ...fields.map(fieldOf)];
  const chosen = (view.columns ?? usualColumns).filter((column) => all.includes(column));
  const others = all.filter((column) => !chosen.includes(column));
  const kept = new URLSearchParams(viewQuery(view, { columns: null }));
  if (view.saved) kept.set("view", view.saved);
  const row = (column: ContactColumn) => ({
    value: column,
    label: columnName(column, fields) ?? "",
    chosen: chosen.includes(column),
  });
  return (
    <details className="columns-fold" open={open || undefined}>
      <summary>Columns</summary>
      <form action={base} aria-label="Columns of the list">
        <HiddenFields fields={{ ...Object.fromEntries(kept), columns: "name" }} />
        <ColumnList name="columns" move="move" rows={[...chosen, ...others].map(row)} />
        <div className="flex flex-wrap items-center gap-3">
          <Button small>Show these columns</Button>
          {view.columns ? (
            <a className="small" href={base + viewQuery(view, { columns: null, cursor: view.cursor })}>
              As usual
            </a>
          ) : null}
        </div>
      </form>
    </details>
  );
}
