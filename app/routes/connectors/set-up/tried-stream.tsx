import { ReasonWithLinks } from "~/features/pipeline/corrections/reason-with-links";
import { type TrialView } from "~/routes/connectors/set-up/trial-facts.server";
import { type Place } from "~/platform/time";
import { BeforeAfter, ListBeforeAfter } from "~/ui/figures";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

type Stream = TrialView["streams"][number];

interface TriedStreamProps {
  stream: Stream;
  place: Place;
  /** The account's pages. */
  base: string;
  /** "HubSpot" */
  system: string;
}

/** What a run would do with the records of one kind: numbers, the first of them, what would change, what is refused. */
export function TriedStream({ stream, place, base, system }: TriedStreamProps) {
  const { noun, examples, changes, counts, remarks } = stream;
  return (
    <Panel title={`${noun.many.charAt(0).toUpperCase()}${noun.many.slice(1)}`} line={wouldDo(stream, place)}>
      <p>{triedSentence(stream, place, system)}</p>
      {metSentence(stream, place)}
      {remarks.map((text) => (
        <p key={text} className="small mt-2">
          {text}
        </p>
      ))}
      {examples.length > 0 ? <Examples stream={stream} /> : null}
      {changes.length > 0 ? <Changes stream={stream} place={place} base={base} /> : null}
      {counts.refused > 0 ? <Refused stream={stream} place={place} base={base} /> : null}
    </Panel>
  );
}

/** "Would add 312, change 8, leave 4 as they are, refuse 3." */
function wouldDo({ counts: { created, changed, same, refused } }: Stream, place: Place): string {
  const number = (count: number) => formatCount(count, place);
  const leaves = same === 1 ? "leave 1 as it is" : `leave ${number(same)} as they are`;
  return `Would add ${number(created)}, change ${number(changed)}, ${leaves}, refuse ${number(refused)}.`;
}

function triedSentence({ counts: { read }, said, isAll, noun }: Stream, place: Place, system: string): string {
  const number = (count: number) => formatCount(count, place);
  const what = read === 1 ? noun.one : noun.many;
  if (isAll) return `All ${number(read)} ${what} that ${system} shows were tried.`;
  if (said === null) return `The first ${number(read)} ${what} were tried; ${system} does not say how many there are.`;
  return `The first ${number(read)} of ${number(said)} ${noun.many} were tried.`;
}

function metSentence({ met, changed, blanked, record }: Stream, place: Place) {
  if (met === 0) return null;
  const number = (count: number) => formatCount(count, place);
  const lost = blanked === 0 ? "" : `, and ${number(blanked)} of those would lose something`;
  const known = `${number(met)} ${met === 1 ? record.one : record.many}`;
  return (
    <p className="mt-2">
      They are about {known} that you have already: {changed === 0 ? "none" : number(changed)} of them would change
      {lost}.
    </p>
  );
}

function wouldBe(kind: "new" | "changed" | "same", { record: { one } }: Stream): string {
  const changes = `Changes ${/^[aeiou]/.test(one) ? "an" : "a"} ${one}`;
  return { new: "New", changed: changes, same: "As it is already" }[kind];
}

/** What each says stands in one cell: side by side so many would be cut off, or a word wide. */
function Examples({ stream }: { stream: Stream }) {
  const { examples, noun } = stream;
  const first = examples.flatMap(({ values }) => values)[0]?.label ?? "";
  return (
    <>
      <h3 className="mt-4">The first as they would look</h3>
      <Table
        bare
        caption={`The first ${noun.many} as they would look`}
        rows={examples}
        rowKey={({ recordId }) => recordId}
        columns={[
          {
            ...{ key: "first", label: first },
            cell: ({ values }) => values.find(({ label }) => label === first)?.text ?? <span className="quiet">–</span>,
          },
          { key: "would", label: "What would happen", cell: ({ kind }) => wouldBe(kind, stream) },
          {
            ...{ key: "says", label: "What else it says" },
            cell: ({ values }) => <Said values={values.filter(({ label }) => label !== first)} />,
          },
        ]}
      />
    </>
  );
}

function Said({ values }: { values: Stream["examples"][number]["values"] }) {
  return (
    <ul className="says">
      {values.map(({ label, text }) => (
        <li key={label} className="wrap-anywhere">
          <span className="quiet">{label}</span> {text}
        </li>
      ))}
    </ul>
  );
}

function Changes({ stream, place, base }: { stream: Stream; place: Place; base: string }) {
  const { changes, changed, isOfContacts } = stream;
  const rows = changes.flatMap((change) =>
    change.fields.map((field) => ({ key: `${change.recordId} ${field.label}`, change, ...field })),
  );
  const shown = new Set(changes.map(({ id }) => id)).size;
  const number = (count: number) => formatCount(count, place);
  return (
    <>
      <h3 className="mt-4">
        {shown === changed ? `What would change, ${number(shown)}` : `What would change, the first ${number(shown)}`}
      </h3>
      <Table
        bare
        caption="What would change, before and after"
        rows={rows}
        rowKey={({ key }) => key}
        href={isOfContacts ? ({ change }) => `${base}/contacts/${change.id}` : undefined}
        columns={[
          { key: "name", label: "Name", cell: ({ change }) => change.name },
          { key: "field", label: "Field", cell: ({ label }) => label },
          {
            key: "change",
            label: "Now, and after",
            cell: ({ before, after, list }) =>
              list ? <ListBeforeAfter {...list} /> : <BeforeAfter before={before} after={after} />,
          },
        ]}
      />
    </>
  );
}

function Refused({ stream, place, base }: Pick<TriedStreamProps, "stream" | "place" | "base">) {
  const { refusals, rules, counts } = stream;
  const orNone = (text: string | null) => text ?? <span className="quiet">–</span>;
  const number = (count: number) => formatCount(count, place);
  return (
    <>
      <h3 className="mt-4">Would be refused, {number(counts.refused)}</h3>
      {rules.length > 1 ? (
        <ul className="mb-3">
          {rules.map(({ rule, rows, reason }) => (
            <li key={rule}>
              <b>{number(rows)}</b>: {rows === 1 ? reason : `such as “${reason}”`}
            </li>
          ))}
        </ul>
      ) : null}
      <Table
        bare
        caption="Records that would be refused"
        rows={refusals.map((refusal, index) => ({ ...refusal, index }))}
        rowKey={({ index }) => String(index)}
        under={({ name, recordId }) => (name ? recordId : null)}
        columns={[
          { key: "record", label: "Record there", cell: ({ name, recordId }) => name ?? recordId },
          { key: "column", label: "Column", cell: ({ column }) => orNone(column) },
          { key: "value", label: "Value", cell: ({ value }) => orNone(value) },
          {
            key: "reason",
            label: "Why",
            cell: ({ reason, fits = [] }) => <ReasonWithLinks {...{ base, reason, fits }} />,
          },
        ]}
      />
    </>
  );
}
