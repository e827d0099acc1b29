import { type ExportFacts, type ExportState, exportWords } from "~/features/contacts/export/export";
import { formatInstant, type Place } from "~/platform/time";
import { formatCount } from "~/ui/pagination";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";
import { Time } from "~/ui/time";

interface ExportTableProps {
  base: string;
  place: Place;
  /** `downloadHref` null: not there, or not for whoever reads. */
  exports: (ExportFacts & { downloadHref: string | null })[];
}

const statuses = { waiting: "queued", running: "running", done: "done", failed: "failed" } as const satisfies Record<
  ExportState,
  string
>;

/** Exports, the newest first. */
export function ExportTable({ base, place, exports }: ExportTableProps) {
  return (
    <Table
      caption="Exports"
      rows={exports}
      rowKey={({ id }) => id}
      href={({ query }) => `${base}/contacts${query}`}
      under={(each) => problemOf(each) ?? (each.isWithheld ? WITHHELD : each.askedBy.name)}
      columns={[
        { key: "what", label: "File", cell: exportWords },
        { key: "who", label: "Asked by", onPhone: "hidden", cell: ({ askedBy }) => askedBy.name },
        {
          key: "when",
          label: "When",
          fit: "keep",
          cell: ({ createdAt }) => <Time at={createdAt}>{formatInstant(place, createdAt)}</Time>,
        },
        { key: "state", label: "State", fit: "keep", cell: ({ state }) => <Status of={statuses[state]} /> },
        { key: "rows", label: "Contacts", numeric: true, cell: ({ rows }) => formatCount(rows, place) },
        { key: "download", label: "Download", fit: "keep", cell: (each) => <DownloadLink {...each} place={place} /> },
      ]}
    />
  );
}

const WITHHELD = "No longer available: it holds contacts that you no longer see. Export the list anew.";

function problemOf({ problem, problemReference }: ExportFacts): string | undefined {
  if (!problem) return undefined;
  return problemReference ? `${problem} Reference: ${problemReference}` : problem;
}

/** Never fetched ahead of a click: each fetch is written down. */
function DownloadLink({
  downloadHref,
  createdAt,
  place,
}: {
  downloadHref: string | null;
  createdAt: string;
  place: Place;
}) {
  if (!downloadHref) return null;
  return (
    <a href={downloadHref} download aria-label={`Download the export of ${formatInstant(place, createdAt)}`}>
      Download
    </a>
  );
}
