import { Panel } from "~/ui/panel";
import { type Column, Table } from "~/ui/table";

export interface TouchedRow {
  position: number;
  name: string;
  /** Null: it has no page any more. */
  href: string | null;
  isNew: boolean;
  changes: { label: string; before: string; after: string }[];
}

interface TouchedTableProps {
  /** "contact" */
  one: string;
  touched: TouchedRow[];
  isAll: boolean;
}

/** What a change set changed of each contact, or of whatever else it is about. */
export function TouchedTable({ one, touched, isAll }: TouchedTableProps) {
  return (
    <Panel title={isAll ? "What it changed" : `What it changed: the first ${touched.length}`}>
      <Table
        bare
        caption="What it changed"
        columns={columnsOf(one)}
        rows={touched}
        rowKey={({ position }) => String(position)}
        href={({ href }) => href ?? undefined}
      />
    </Panel>
  );
}

const columnsOf = (one: string): Column<TouchedRow>[] => [
  {
    key: "name",
    label: `${one.charAt(0).toUpperCase()}${one.slice(1)}`,
    cell: ({ name, isNew, href }) => (
      <>
        {name}
        {isNew ? <span className="quiet"> new</span> : null}
        {href ? null : <span className="quiet"> deleted since</span>}
      </>
    ),
  },
  {
    key: "changes",
    label: "Changed",
    onPhone: "plain",
    cell: ({ changes, isNew }) => (
      <ul className="grid gap-1 small">
        {changes.map(({ label, before, after }) => (
          <li key={label}>
            {label}: {isNew ? null : before ? <del>{before}</del> : <span className="quiet">empty</span>}
            {isNew ? null : " → "}
            {after ? <ins>{after}</ins> : <span className="quiet">empty</span>}
          </li>
        ))}
      </ul>
    ),
  },
];
