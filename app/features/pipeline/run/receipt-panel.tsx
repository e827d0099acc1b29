import { type RefusedLine } from "~/features/pipeline/corrections/refused-rows.server";
import { type ConnectorRun, type RunFacts } from "~/features/pipeline/run/runs.server";
import { type Place } from "~/platform/time";
import { ButtonLink } from "~/ui/button";
import { Figures } from "~/ui/figures";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

const modes: Record<ConnectorRun["mode"], string> = {
  whole: "Everything was read.",
  changes: "What changed since the last run was read.",
  refused: "What was refused before was tried again.",
  answer: "What somebody decided was carried out.",
};

interface ReceiptProps {
  run: RunFacts;
  connector: ConnectorRun;
  place: Place;
}

/** What a run of a connector did, in numbers that add up: from what the source says to what is stored. */
export function Receipt({ run, connector, place }: ReceiptProps) {
  const number = (count: number) => formatCount(count, place);
  const { read, created, changed, same, refused } = run.counts;
  const { said, held, gone, stored, mode } = connector;
  return (
    <>
      <p>{modes[mode]}</p>
      <Figures
        figures={[
          ...(said === null ? [] : [{ value: number(said), label: "at the source" }]),
          { value: number(read), label: "read" },
          { value: number(created), label: "new" },
          { value: number(changed), label: "changed" },
          { value: number(same), label: "the same" },
          { value: number(refused), label: "refused" },
          ...(held > 0 ? [{ value: number(held), label: "waiting for an answer" }] : []),
          ...(gone > 0 || mode !== "refused" ? [{ value: number(gone), label: "gone there" }] : []),
          ...(stored === null ? [] : [{ value: number(stored), label: "stored now" }]),
        ]}
      />
    </>
  );
}

/** Records that were not taken, each as its source calls it; what they said before stays. */
export function RefusedRecords({ place, refused, left }: { place: Place; refused: RefusedLine[]; left: number }) {
  const all = formatCount(left, place);
  const shown = new Set(refused.map((line) => line.position)).size;
  const orNone = (text: string | null) => text ?? <span className="quiet">–</span>;
  return (
    <Panel
      title={
        shown >= left ? `Refused records, ${all}` : `Refused records, the first ${formatCount(shown, place)} of ${all}`
      }
      line="Correct them at the source: the next run takes them. What they said before stays as it is."
    >
      <Table
        bare
        caption="Refused records"
        rows={refused}
        rowKey={(line) => `${line.position}-${line.ordinal}`}
        columns={[
          { key: "record", label: "Record", fit: "keep", onPhone: "labelled", cell: (line) => orNone(line.name) },
          { key: "column", label: "Column", cell: (line) => orNone(line.column) },
          { key: "value", label: "Value", cell: (line) => orNone(line.value) },
          { key: "reason", label: "Why", cell: (line) => line.reason },
        ]}
      />
    </Panel>
  );
}

/** What can be done once a run of a connector has ended. */
export function AfterRun({ base, undo }: { base: string; undo: { href: string; label: string } | null }) {
  return (
    <div className="actions mt-4">
      <ButtonLink href={`${base}/contacts?sort=changed`} tone="primary">
        See the contacts
      </ButtonLink>
      {undo ? <ButtonLink href={undo.href}>{undo.label}</ButtonLink> : null}
    </div>
  );
}
