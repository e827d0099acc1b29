import { Button } from "./button";

export interface ColumnListProps {
  /** What each tick sends. */
  name: string;
  /** What an arrow sends: `email-up`, with all the ticks, in the form around the list. */
  move: string;
  /** The chosen ones first, in their order. */
  rows: { value: string; label: string; chosen: boolean }[];
}

/** Columns to tick and to put in order. */
export function ColumnList({ name, move, rows }: ColumnListProps) {
  const last = rows.filter((row) => row.chosen).length - 1;
  return (
    <ol className="column-list">
      {rows.map(({ value, label, chosen }, place) => (
        <li key={value}>
          <label>
            <input type="checkbox" name={name} value={value} defaultChecked={chosen} />
            {label}
          </label>
          {chosen && place > 0 ? (
            <Button small tone="bare" name={move} value={`${value}-up`} aria-label={`${label}: further to the front`}>
              ↑
            </Button>
          ) : null}
          {chosen && place < last ? (
            <Button small tone="bare" name={move} value={`${value}-down`} aria-label={`${label}: further to the back`}>
              ↓
            </Button>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
