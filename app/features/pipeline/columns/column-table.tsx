import { type Guess } from "~/features/pipeline/columns/guess-columns";
import { newFieldId } from "~/features/pipeline/columns/mapping-problem";
import { type ColumnToMap } from "~/features/pipeline/draft/preview.server";
import { Table } from "~/ui/table";

export interface FieldOffered {
  id: string;
  label: string;
  /** Only offered where a column goes there already. */
  unlisted: boolean;
}

interface ColumnTableProps {
  columns: ColumnToMap[];
  fields: FieldOffered[];
  /** Types of field that can be made for a column. */
  newTypes: readonly { id: string; label: string }[];
  /** Columns that cannot go where they were told to. */
  wrong: readonly number[];
}

/** Every column of the file with what it holds, beside the field it goes to, and why it is thought to. */
export function ColumnTable({ columns, fields, newTypes, wrong }: ColumnTableProps) {
  return (
    <Table
      caption="Columns of the file"
      rows={columns.map((column, index) => ({ ...column, index }))}
      rowKey={(column) => String(column.index)}
      columns={[
        { key: "name", label: "Column in the file", cell: (column) => column.name },
        {
          key: "examples",
          label: "First values",
          cell: (column) =>
            column.examples.length > 0 ? column.examples.join(" · ") : <span className="quiet">empty</span>,
        },
        {
          key: "field",
          label: "Goes to",
          fit: "keep",
          cell: (column) => (
            <select
              name="column"
              className="control min-w-44"
              aria-label={`Where ${column.name} goes`}
              aria-invalid={wrong.includes(column.index) || undefined}
              defaultValue={column.field}
            >
              <option value="">Leave out</option>
              {fields
                .filter((field) => !field.unlisted || field.id === column.field)
                .map((field) => (
                  <option key={field.id} value={field.id}>
                    {field.label}
                  </option>
                ))}
              {newTypes.length > 0 ? (
                <optgroup label="A new field of this name">
                  {newTypes.map(({ id, label }) => (
                    <option key={id} value={newFieldId(id)}>
                      {label}
                    </option>
                  ))}
                </optgroup>
              ) : null}
            </select>
          ),
        },
        { key: "why", label: "Why", cell: (column) => <Why {...column} /> },
      ]}
    />
  );
}

function Why({ field, guess }: { field: string; guess: Guess | null }) {
  if (!guess) return <span className="quiet">–</span>;
  if (guess.field !== field) return field === "" ? "Left out, as chosen here" : "Chosen here";
  const said = guess.why.charAt(0).toUpperCase() + guess.why.slice(1);
  const text = field === "" ? `Left out. ${said}` : said;
  return guess.sure === "unsure" ? <strong>{text}</strong> : <span className="quiet">{text}</span>;
}

/** What becomes of the columns, in a sentence: those that are left out by name. */
export function ColumnsSummary({ columns, locale }: { columns: ColumnToMap[]; locale: string }) {
  const out = columns.filter(({ field }) => field === "");
  const unsure = columns.filter(({ field, guess }) => guess?.sure === "unsure" && guess.field === field);
  const number = (count: number) => count.toLocaleString(locale);
  const goes = columns.length - out.length;
  return (
    <p className="small mt-4" id="columns-summary">
      {number(columns.length)} {columns.length === 1 ? "column" : "columns"}: {number(goes)}{" "}
      {goes === 1 ? "goes" : "go"} somewhere, {out.length === 0 ? "none is left out" : `${number(out.length)} left out`}
      {out.length > 0 ? ` (${namesOf(out)})` : ""}. What is left out is not stored with the contact.
      {unsure.length > 0 ? <strong> Please look at {namesOf(unsure)}.</strong> : null}
    </p>
  );
}

const MOST_NAMED = 12;

function namesOf(columns: readonly ColumnToMap[]): string {
  const names = columns.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = columns.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
