import { type ReceivedCell, type TracedField } from "~/features/contacts/zones/trace";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

interface TraceTableProps {
  rows: TracedField[];
  contactHref: string;
  /** The record as it was received; null: there is none, or the reader may not see it. */
  rawHref: string | null;
}

/** From right to left: what was received, what was made of it, what the contact says. */
export function TraceTable({ rows, contactHref, rawHref }: TraceTableProps) {
  const received = {
    key: "raw",
    label: "Raw: as received",
    cell: ({ received }: TracedField) => <Received cells={received} rawHref={rawHref} />,
  };
  return (
    <Table
      bare
      caption="Values, followed back"
      rows={rows}
      rowKey={({ field }) => field}
      rowId={({ field }) => field}
      columns={[
        { key: "field", label: "Field", cell: ({ label }) => label },
        {
          key: "serving",
          label: "Serving: the contact",
          cell: (row) => (
            <>
              <a href={contactHref}>{servedWords(row)}</a>
              {row.instead.length > 0 ? <span className="under">{row.instead.join("; ")}</span> : null}
            </>
          ),
        },
        { key: "canonical", label: "Canonical: this record", cell: ({ values }) => <Values values={values} /> },
        ...(rawHref ? [received] : []),
      ]}
    />
  );
}

function servedWords({ served, isPinned, instead }: TracedField): string {
  if (served === "this") return "Says it, from here";
  if (served === "same") return "Says it, as another record does, too";
  if (isPinned) return "Says what was put in by hand and pinned";
  return instead.length > 0 ? "Says what another record says" : "Says nothing of it";
}

function Values({ values }: { values: TracedField["values"] }) {
  return (
    <ul>
      {values.map(({ text, label }) => (
        <li key={text} className="break-words">
          {text}
          {label ? <span className="quiet"> {label}</span> : null}
        </li>
      ))}
    </ul>
  );
}

export function Received({ cells, rawHref }: { cells: ReceivedCell[]; rawHref: string | null }) {
  if (cells.length === 0) return <span className="quiet">said of all records of this source</span>;
  return (
    <ul>
      {cells.map(({ column, text, rawField }, index) => (
        <li key={index} className="break-words">
          <a href={`${rawHref}${rawField === null ? "" : `#field-${encodeURIComponent(rawField)}`}`}>{column}</a>: {text}
        </li>
      ))}
    </ul>
  );
}

/** What was received and is none of the values. */
export function LeftOut({ cells, line }: { cells: ReceivedCell[]; line: string }) {
  return (
    <Panel title="Also received" line={line}>
      <ul>
        {cells.map(({ column, text }, index) => (
          <li key={index} className="break-words">
            {column}: {text}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
