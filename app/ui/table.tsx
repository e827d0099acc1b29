import { type ReactNode } from "react";

export interface Column<Row> {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and money stand at the right. */
  numeric?: boolean;
  /** `keep` never breaks a line (dates, phones); `clip` cuts a long value short; the default wraps. */
  fit?: "keep" | "clip";
  /** In the card of a phone: with its label (default, but for the first column), without it, or not at all. */
  onPhone?: "labelled" | "plain" | "hidden";
  /** The head becomes a link. `order` says how the list is sorted by it now; leave it out when it is not. */
  sort?: { href: string; order?: "ascending" | "descending" };
}

/** Rows can be ticked. Put the table and a `BulkBar` into one form with `className="chooser"`: see `Chooser`. */
export interface Ticks<Row> {
  /** What each tick sends, e.g. `id` and the contact's id. */
  name: string;
  value: (row: Row) => string;
  /** "Choose Folasade Adebayo" */
  label: (row: Row) => string;
}

export interface TableProps<Row> {
  /** What the table lists, for those who hear it. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** A name by which an address leads to the row: `#…`. */
  rowId?: (row: Row) => string;
  /** The first column links here. */
  href?: (row: Row) => string | undefined;
  /** A quiet second line under the first column. */
  under?: (row: Row) => ReactNode;
  ticks?: Ticks<Row>;
  /** A last row with totals, one cell for each column. */
  total?: ReactNode[];
  /** Inside a panel: no box of its own, no sticky head. */
  bare?: boolean;
  /** Under the table: usually `Pagination`. */
  foot?: ReactNode;
}

/** With more columns the table can be moved sideways on any screen. */
const MOST_IN_SIGHT = 7;

/** A list to work from. Under 640 px every row becomes a card. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, columns, rows, rowKey, rowId, ticks, total, bare, foot } = props;
  const isMany = columns.length > MOST_IN_SIGHT;
  const box = ["table-scroll", bare ? "" : "table-box", isMany ? "many" : ""].filter(Boolean).join(" ");
  // So that the keys move it, too.
  const moved = isMany ? { role: "region", "aria-label": caption, tabIndex: 0 } : {};
  return (
    <div className={box} {...moved}>
      <table className={bare ? "ledger stack bare" : "ledger stack"}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {ticks ? (
              <td className="tick">
                <span className="sr-only">Choose</span>
              </td>
            ) : null}
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} id={rowId?.(row)}>
              {ticks ? (
                <td className="tick">
                  <input type="checkbox" name={ticks.name} value={ticks.value(row)} aria-label={ticks.label(row)} />
                </td>
              ) : null}
              <BodyCells {...props} row={row} />
            </tr>
          ))}
          {total ? <TotalRow columns={columns} total={total} ticks={ticks !== undefined} /> : null}
        </tbody>
      </table>
      {foot}
    </div>
  );
}

function HeadCell<Row>({ column: { label, numeric, sort } }: { column: Column<Row> }) {
  return (
    <th scope="col" className={numeric ? "num" : undefined} aria-sort={sort?.order}>
      {sort ? (
        <a href={sort.href}>
          {label}
          {sort.order ? <span aria-hidden>{sort.order === "ascending" ? "↑" : "↓"}</span> : null}
        </a>
      ) : (
        label
      )}
    </th>
  );
}

function BodyCells<Row>({ columns, row, href, under }: TableProps<Row> & { row: Row }) {
  return columns.map((column, index) => {
    if (index > 0) {
      return (
        <td key={column.key} className={cellClass(column)} data-label={phoneLabel(column)}>
          {column.cell(row)}
        </td>
      );
    }
    const target = href?.(row);
    const second = under?.(row);
    return (
      <th key={column.key} scope="row" className={cellClass(column)} data-label={column.onPhone && phoneLabel(column)}>
        {target ? <a href={target}>{column.cell(row)}</a> : column.cell(row)}
        {second ? <span className="under">{second}</span> : null}
      </th>
    );
  });
}

function TotalRow<Row>({ columns, total, ticks }: { columns: Column<Row>[]; total: ReactNode[]; ticks: boolean }) {
  return (
    <tr className="total">
      {ticks ? <td className="tick" /> : null}
      {columns.map((column, index) =>
        index === 0 ? (
          <th key={column.key} scope="row">
            {total[index]}
          </th>
        ) : (
          <td key={column.key} className={cellClass(column)} data-label={phoneLabel(column)}>
            {total[index]}
          </td>
        ),
      )}
    </tr>
  );
}

function cellClass<Row>({ numeric, fit, onPhone }: Column<Row>): string | undefined {
  return (
    [numeric ? "num" : "", fit ?? "", onPhone === "hidden" ? "wide-only" : ""].filter(Boolean).join(" ") || undefined
  );
}

function phoneLabel<Row>({ label, onPhone = "labelled" }: Column<Row>): string | undefined {
  return onPhone === "labelled" ? label : undefined;
}
