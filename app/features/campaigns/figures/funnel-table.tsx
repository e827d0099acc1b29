import { type FunnelLine } from "~/features/campaigns/figures/funnel-lines";
import { ShareBar, type Tone } from "~/ui/chart";
import { type Column, Table } from "~/ui/table";

/** A line with its number written out and the address of its rows. */
export type ShownLine = Omit<FunnelLine, "count" | "filter"> & { count: string; href: string };

const tones: Record<string, Tone> = { converted: "strong", responded: "strong", reached: "strong" };

const funnelColumns: Column<ShownLine>[] = [
  {
    key: "label",
    label: "What became of them",
    cell: ({ label, depth, href }) => (
      <span className={depth > 0 ? `step-${depth}` : undefined}>
        <a href={href}>{label}</a>
      </span>
    ),
  },
  { key: "count", label: "Contacts", numeric: true, cell: ({ count, href }) => <a href={href}>{count}</a> },
  {
    key: "bar",
    label: "Of the list",
    onPhone: "plain",
    cell: ({ key, ofList }) => <ShareBar share={ofList} tone={tones[key] ?? "plain"} />,
  },
  { key: "share", label: "Share", cell: ({ share }) => share },
  {
    key: "meaning",
    label: "What it is",
    onPhone: "plain",
    cell: ({ meaning }) => <span className="small">{meaning}</span>,
  },
];

/** The funnel, each line with its number, its bar and what it is. */
export function FunnelTable({ lines }: { lines: ShownLine[] }) {
  return (
    <Table caption="From the list to the answer" columns={funnelColumns} rows={lines} rowKey={({ key }) => key} bare />
  );
}
