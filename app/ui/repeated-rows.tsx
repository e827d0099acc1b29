import { type ReactNode } from "react";
import { Button } from "./button";

/** What a button sends; conform's `getButtonProps()` fits. */
export interface RowButton {
  name?: string;
  value?: string | number | readonly string[];
  form?: string;
  formNoValidate?: boolean;
}

export interface RepeatedRow {
  key: string;
  /** The row's fields. */
  cells: ReactNode;
  /** Another button of this row, before Remove. */
  action?: ReactNode;
  /** Sends the form back without this row; left out where there is nothing to remove. */
  remove?: RowButton & { /** What is removed, for those who hear it: "a.okafor@mail.example". */ what: string };
}

/**
 * Any number of the same thing, without script: a blank row always stands at the end, and "Add another" sends the form
 * to the server, which gives it back with one more.
 */
export function RepeatedRows({ rows, add, addLabel }: { rows: RepeatedRow[]; add?: RowButton; addLabel: string }) {
  return (
    <div>
      <ul className="rows">
        {rows.map((row) => (
          <li key={row.key}>
            <div className="cells">{row.cells}</div>
            <div className="row-actions">
              {row.action}
              {row.remove ? <RemoveButton {...row.remove} /> : null}
            </div>
          </li>
        ))}
      </ul>
      {add ? (
        <Button small formNoValidate {...add}>
          {addLabel}
        </Button>
      ) : null}
    </div>
  );
}

function RemoveButton({ what, ...button }: NonNullable<RepeatedRow["remove"]>) {
  return (
    <Button tone="bare" small formNoValidate {...button}>
      Remove<span className="sr-only"> {what}</span>
    </Button>
  );
}
