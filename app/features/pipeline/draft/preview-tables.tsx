import { type ReactNode } from "react";
import { type PreviewRow, type Prospect } from "~/features/pipeline/draft/preview.server";
import { type Column, Table } from "~/ui/table";

type Stored = Extract<PreviewRow, { ok: true }>;

const fits: Record<string, Column<Stored>["fit"]> = { Notes: "clip", Phone: "keep" };

/** The first rows as they will be stored: a column for each thing that any of them says. */
export function StoredPreview({ rows, recordBase }: { rows: Stored[]; recordBase: string }) {
  const labels = [...new Set(rows.flatMap((row) => row.values.map(({ label }) => label)))];
  const [first = "", ...others] = inOrder(labels, rows);
  const text = (row: Stored, label: string) => row.values.find((value) => value.label === label)?.text;
  const column = (label: string): Column<Stored> => ({
    key: label,
    label,
    fit: fits[label],
    cell: (row) => text(row, label) ?? <span className="quiet">–</span>,
  });
  return (
    <Table
      caption="The first rows as they will be stored"
      rows={rows}
      rowKey={(row) => String(row.line)}
      columns={[
        column(first),
        { key: "line", label: "Line", numeric: true, cell: (row) => row.line },
        {
          key: "prospect",
          label: "What will happen",
          cell: (row) => <ProspectText prospect={row.prospect} recordBase={recordBase} />,
        },
        ...others.map(column),
      ]}
    />
  );
}

function ProspectText({ prospect, recordBase }: { prospect: Prospect; recordBase: string }) {
  const { kind, record, isLeft, remarks } = prospect;
  if (kind === "new") return "New";
  if (kind === "before") return "Was corrected before: not taken again";
  if (!record && isLeft) return capital(remarks.join(", "));
  if (!record) return kind === "changed" ? "Adds to a row above" : "The same as a row above";
  return (
    <>
      {isLeft ? null : kind === "changed" ? "Changes " : "The same as "}
      <a href={`${recordBase}/${record.id}`}>{record.name}</a>
      {remarks.length > 0 ? <span className="quiet"> ({remarks.join(", ")})</span> : null}
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** As the fullest row has them. */
function inOrder(labels: string[], rows: Stored[]): string[] {
  const place = (label: string) =>
    Math.max(...rows.map((row) => row.values.findIndex((value) => value.label === label)));
  return [...labels].sort((a, b) => place(a) - place(b));
}

export interface RefusedLineShown {
  line: number;
  ordinal: number;
  column: string | null;
  value: string | null;
  reason: ReactNode;
}

export function RefusedTable({ lines, locale }: { lines: RefusedLineShown[]; locale: string }) {
  const orNone = (text: string | null) => text ?? <span className="quiet">–</span>;
  return (
    <Table
      bare
      caption="Refused rows"
      rows={lines}
      rowKey={(line) => `${line.line}-${line.ordinal}`}
      columns={[
        {
          key: "line",
          label: "Line",
          fit: "keep",
          onPhone: "labelled",
          cell: (line) => line.line.toLocaleString(locale),
        },
        { key: "column", label: "Column", cell: (line) => orNone(line.column) },
        { key: "value", label: "Value", cell: (line) => orNone(line.value) },
        { key: "reason", label: "Why", cell: (line) => line.reason },
      ]}
    />
  );
}
