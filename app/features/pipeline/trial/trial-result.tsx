import { NO_KEY } from "~/features/pipeline/corrections/correction";
import { ReasonWithLinks } from "~/features/pipeline/corrections/reason-with-links";
import { RefusedTable } from "~/features/pipeline/draft/preview-tables";
import { type TrialChange, type TrialResult } from "~/features/pipeline/trial/trial";
import { type Place } from "~/platform/time";
import { BeforeAfter, Figures, type ListChange, ListBeforeAfter } from "~/ui/figures";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

interface TrialResultProps {
  base: string;
  place: Place;
  noun: { one: string; many: string };
  result: TrialResult;
  /** What else there is to say of the rows. */
  remarks: { name: string; text: string }[];
}

/** What the import would do: the numbers of the whole file, and the first of what they count. */
export function TrialNumbers({ place, noun, result, remarks }: Omit<TrialResultProps, "base">) {
  const number = (count: number) => formatCount(count, place);
  const { read, created, changed, same, refused } = result.counts;
  return (
    <>
      <Figures
        figures={[
          { value: number(read), label: read === 1 ? "row in the file" : "rows in the file" },
          { value: number(created), label: "would be new" },
          { value: number(changed), label: "would change something" },
          { value: number(same), label: "the same as before" },
          { value: number(refused), label: "would be refused" },
        ]}
      />
      {result.met > 0 ? <p className="my-4">{metSentence(result, noun, place)}</p> : null}
      {remarks.map(({ name, text }) => (
        <p key={name} className="small mt-2">
          {text}
        </p>
      ))}
    </>
  );
}

function metSentence({ met, changed, blanked }: TrialResult, noun: TrialResultProps["noun"], place: Place): string {
  const number = (count: number) => formatCount(count, place);
  const known = `${number(met)} ${met === 1 ? noun.one : noun.many}`;
  const lost = blanked === 0 ? "" : `, and ${number(blanked)} of those would lose something`;
  return `The rows are about ${known} that you have already: ${changed === 0 ? "none" : number(changed)} of them would change${lost}.`;
}

/** The first records that would change, field by field, and the first rows that would be refused, by reason. */
export function TrialSamples({ base, place, noun, result }: Omit<TrialResultProps, "remarks">) {
  return (
    <>
      {result.changes.length > 0 ? <Changes {...{ base, place, noun, result }} /> : null}
      {result.counts.refused > rowsWithoutKey(result) ? <Refusals base={base} place={place} result={result} /> : null}
    </>
  );
}

interface ChangedField {
  key: string;
  change: TrialChange;
  label: string;
  before: string;
  after: string;
  list?: ListChange;
}

function Changes({ base, place, noun, result }: Omit<TrialResultProps, "remarks">) {
  const { changes } = result;
  const rows = changes.flatMap((change) =>
    change.fields.map((field): ChangedField => ({ key: `${change.line} ${field.label}`, change, ...field })),
  );
  const [shown, all] = [new Set(changes.map(({ id }) => id)).size, result.changed];
  const number = (count: number) => formatCount(count, place);
  return (
    <Panel
      title={shown === all ? `Changes, ${number(all)}` : `Changes, the first ${number(shown)} of ${number(all)}`}
      line={`What ${noun.many} you have already say now, and after the import.`}
    >
      <Table
        bare
        caption="Changes, before and after"
        rows={rows}
        rowKey={(row) => row.key}
        href={({ change }) => `${base}/contacts/${change.id}`}
        columns={[
          { key: "name", label: "Name", cell: ({ change }) => change.name },
          { key: "line", label: "Line", numeric: true, onPhone: "labelled", cell: ({ change }) => number(change.line) },
          { key: "field", label: "Field", cell: ({ label }) => label },
          {
            key: "change",
            label: "Now, and after",
            cell: ({ before, after, list }) =>
              list ? <ListBeforeAfter {...list} /> : <BeforeAfter before={before} after={after} />,
          },
        ]}
      />
    </Panel>
  );
}

/** Rows of a corrected file that are none of the refused ones: they are told of above. */
export function rowsWithoutKey({ rules }: Pick<TrialResult, "rules">): number {
  return rules.find(({ rule }) => rule === NO_KEY)?.rows ?? 0;
}

function Refusals({ base, place, result }: Pick<TrialResultProps, "base" | "place" | "result">) {
  const { counts, refusals } = result;
  const rules = result.rules.filter(({ rule }) => rule !== NO_KEY);
  const all = counts.refused - rowsWithoutKey(result);
  const number = (count: number) => formatCount(count, place);
  const shown = new Set(refusals.map(({ line }) => line)).size;
  return (
    <Panel
      title={
        shown === all
          ? `Will be refused, ${number(all)}`
          : `Will be refused, the first ${number(shown)} of ${number(all)}`
      }
      line="Nothing of such a row is stored. They are kept aside, to be corrected and sent again; the others can go in now."
    >
      {rules.length > 1 || shown < all ? (
        <ul className="mb-3">
          {rules.map(({ rule, rows, reason }) => (
            <li key={rule}>
              <b>{number(rows)}</b> {rows === 1 ? "row" : "rows"}: {rows === 1 ? reason : `such as “${reason}”`}
            </li>
          ))}
        </ul>
      ) : null}
      <RefusedTable
        lines={refusals.map(({ fits = [], ...line }) => {
          return { ...line, reason: <ReasonWithLinks {...{ base, fits }} reason={line.reason} /> };
        })}
        locale={place.locale}
      />
    </Panel>
  );
}
