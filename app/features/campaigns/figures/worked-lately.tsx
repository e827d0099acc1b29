import { type Column, Table } from "~/ui/table";

interface Line {
  id: string;
  name: string;
  reached: string;
  responded: string;
  converted: string;
}

const columns: Column<Line>[] = [
  { key: "name", label: "Campaign", cell: ({ name }) => name },
  { key: "reached", label: "Reached", numeric: true, cell: ({ reached }) => reached },
  { key: "responded", label: "Responded", numeric: true, cell: ({ responded }) => responded },
  { key: "converted", label: "Converted", numeric: true, cell: ({ converted }) => converted },
];

/** The latest campaigns with what came of them, each leading to its figures. */
export function WorkedLately({ base, campaigns }: { base: string; campaigns: Line[] }) {
  return (
    <Table
      caption="What worked lately"
      columns={columns}
      rows={campaigns}
      rowKey={({ id }) => id}
      href={({ id }) => `${base}/campaigns/${id}/figures`}
      bare
    />
  );
}
