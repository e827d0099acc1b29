import { IntervalBar } from "~/ui/chart";
import { type Column, Table } from "~/ui/table";

export interface GroupLine {
  key: string;
  name: string;
  href: string | null;
  answeredHref: string | null;
  reached: string;
  responded: string;
  converted: string;
  interval: { low: number; share: number; high: number };
}

function groupColumns(label: string, lines: readonly GroupLine[]): Column<GroupLine>[] {
  const most = Math.max(...lines.map(({ interval }) => interval.high));
  return [
    { key: "name", label, cell: ({ name }) => name },
    { key: "reached", label: "Reached", numeric: true, cell: ({ reached }) => reached },
    {
      key: "responded",
      label: "Responded",
      numeric: true,
      cell: ({ responded, answeredHref }) => (answeredHref ? <a href={answeredHref}>{responded}</a> : responded),
    },
    {
      key: "interval",
      label: "Where the share lies",
      onPhone: "plain",
      cell: ({ interval }) => <IntervalBar {...interval} most={most} />,
    },
    { key: "converted", label: "Converted", numeric: true, cell: ({ converted }) => converted },
  ];
}

/** Those reached who have something in common, with the share of them who answered. */
export function GroupTable({ title, label, lines }: { title: string; label: string; lines: GroupLine[] }) {
  return (
    <Table
      caption={title}
      columns={groupColumns(label, lines)}
      rows={lines}
      rowKey={({ key }) => key}
      href={({ href }) => href ?? undefined}
      bare
    />
  );
}
