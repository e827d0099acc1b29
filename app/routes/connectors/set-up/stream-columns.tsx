import { type ReactNode } from "react";
import { percent } from "~/features/connectors/mapping-help/model-suggestions";
import { type ColumnShown } from "~/features/connectors/set-up/columns-to-map";
import { type Suggestion, UNSURE } from "~/features/connectors/set-up/suggestions";
import { newFieldId } from "~/features/pipeline/columns/mapping-problem";
import { columnName, goesName, NOWHERE, type StreamView } from "~/routes/connectors/set-up/mapping-names";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";

interface StreamColumnsProps {
  stream: StreamView;
  locale: string;
  /** What was chosen on a page that was refused. */
  sent: Record<string, string> | undefined;
  wrong: readonly string[];
}

/** A column, and what its choice stands at: a field, `NOWHERE`, or "" where nobody has said anything. */
interface Row extends ColumnShown {
  chosen: string;
}

/** What says nothing in the first records and is known to go somewhere is folded: there is nothing to look at. */
export function StreamColumns({ stream, locale, sent, wrong }: StreamColumnsProps) {
  const rows = stream.columns.map((column): Row => ({ ...column, chosen: sent?.[column.id] ?? standing(column) }));
  const isPlain = ({ id, examples, suggestion, chosen }: Row) =>
    examples.length === 0 && suggestion?.field === chosen && suggestion.confidence > UNSURE && !wrong.includes(id);
  const hasExamples = rows.some(({ examples }) => examples.length > 0);
  const folded = hasExamples ? rows.filter(isPlain) : [];
  const shown = rows.filter((row) => !folded.includes(row));
  return (
    <Panel title={capital(stream.many)} line={shownWords(stream, shown, locale)}>
      {shown.length > 0 ? <ColumnsTable stream={stream} rows={shown} wrong={wrong} /> : null}
      {folded.length > 0 ? (
        <details className="mt-3">
          <summary>
            {folded.length.toLocaleString(locale)} more {folded.length === 1 ? "goes" : "go"} somewhere, of which the
            first records say nothing <span className="quiet">({named(folded)})</span>
          </summary>
          <ColumnsTable stream={stream} rows={folded} wrong={wrong} />
        </details>
      ) : null}
    </Panel>
  );
}

function standing({ field, isDecided }: ColumnShown): string {
  return field === "" && isDecided ? NOWHERE : field;
}

const goesSomewhere = ({ chosen }: Row) => chosen !== "" && chosen !== NOWHERE;

/** Of those in sight: of several emails each has columns of its own, most of them empty. */
function shownWords({ record }: StreamView, shown: readonly Row[], locale: string): string {
  const goes = shown.filter(goesSomewhere).length;
  const number = (count: number) => count.toLocaleString(locale);
  const kept = `What goes nowhere is stored as it was received, and not with the ${record}.`;
  if (goes === shown.length) return goes === 1 ? "This column goes somewhere." : `All ${number(goes)} go somewhere.`;
  const open = shown.filter(({ chosen }) => chosen === "").length;
  const undecided = open === 0 ? "" : ` Nobody has said yet where ${open === 1 ? "1 goes" : `${number(open)} go`}.`;
  return `${number(goes)} of ${number(shown.length)} go somewhere.${undecided} ${kept}`;
}

const MOST_NAMED = 4;

function named(columns: readonly ColumnShown[]): string {
  const names = columns.slice(0, MOST_NAMED).map(({ label }) => label);
  return names.join(", ") + (columns.length > MOST_NAMED ? " …" : "");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface ColumnsTableProps {
  stream: StreamView;
  rows: Row[];
  wrong: readonly string[];
}

/** Each column with its first values, where it goes, and beside that what is proposed and how sure that is. */
function ColumnsTable({ stream, rows, wrong }: ColumnsTableProps) {
  return (
    <div className="columns-to-map">
      <Table
        bare
        caption={`Columns of the ${stream.many}`}
        rows={rows}
        rowKey={({ id }) => id}
        under={({ examples }) =>
          examples.length > 0 ? <span className="wrap-anywhere">{examples.join(" · ")}</span> : null
        }
        columns={[
          { key: "name", label: "Column, and its first values", cell: ({ label }) => label },
          {
            key: "field",
            label: "Goes to",
            onPhone: "plain",
            cell: (row) => <GoesTo stream={stream} row={row} isWrong={wrong.includes(row.id)} />,
          },
          {
            key: "why",
            label: "Proposed, and how sure that is",
            onPhone: "plain",
            cell: (row) => <Why row={row} stream={stream} />,
          },
        ]}
      />
    </div>
  );
}

function GoesTo({
  stream: { id, fields, newTypes },
  row,
  isWrong,
}: {
  stream: StreamView;
  row: Row;
  isWrong: boolean;
}) {
  return (
    <>
      <input type="hidden" name={columnName(id)} value={row.id} />
      <select
        name={goesName(id)}
        className="control"
        aria-label={`Where ${row.label} goes`}
        aria-invalid={isWrong || undefined}
        defaultValue={row.chosen}
      >
        {row.isDecided ? null : <option value="">Not decided: nowhere</option>}
        <option value={NOWHERE}>Nowhere</option>
        {fields
          .filter((field) => !field.unlisted || field.id === row.chosen)
          .map((field) => (
            <option key={field.id} value={field.id}>
              {field.label}
            </option>
          ))}
        {newTypes.length > 0 ? (
          <optgroup label="A new field of this name">
            {newTypes.map((type) => (
              <option key={type.id} value={newFieldId(type.id)}>
                {type.label}
              </option>
            ))}
          </optgroup>
        ) : null}
      </select>
    </>
  );
}

function Why({ row, stream }: { row: Row; stream: StreamView }) {
  const { chosen, isApproved, suggestion } = row;
  const said = isApproved ? <Approved /> : <Chosen />;
  if (!suggestion) return chosen === "" ? <Open row={row} stream={stream} /> : <Said status={said} />;
  if ((suggestion.field || NOWHERE) === chosen) {
    return <Said status={isApproved ? said : <Sure {...suggestion} />}>{capital(suggestion.why)}</Said>;
  }
  return (
    <Said status={said}>
      Proposed was {fieldName(stream, suggestion)}, {percent(sureness(suggestion))}: {suggestion.why}
    </Said>
  );
}

/** Nobody has said where it goes. */
function Open({ row: { passedOver }, stream }: { row: Row; stream: StreamView }) {
  if (!passedOver) return <Said status={<Status of="pending">No proposal</Status>}>Nothing says where it belongs</Said>;
  const name = fieldName(stream, passedOver);
  return (
    <Said status={<Status of="attention">{name} is taken</Status>}>
      Another column goes to {name}. For this one, {percent(sureness(passedOver))}: {passedOver.why}
    </Said>
  );
}

function fieldName({ fields }: StreamView, { field }: Suggestion): string {
  return fields.find(({ id }) => id === field)?.label ?? "nowhere";
}

function Said({ status, children }: { status: ReactNode; children?: ReactNode }) {
  return (
    <>
      {status}
      {children ? <span className="under wrap-anywhere">{children}</span> : null}
    </>
  );
}

const Approved = () => <Status of="done">Approved</Status>;
const Chosen = () => <Status of="done">Chosen here</Status>;

const SURE = 0.9;

/** A colour, a word and a shape for how sure a proposal is, and the figure. */
function Sure(suggestion: Suggestion) {
  const { confidence, claimed } = suggestion;
  const figure = percent(sureness(suggestion));
  if (confidence < UNSURE) return <Status of="attention">Please look, {figure}</Status>;
  if (claimed !== undefined) return <Status of="responded">A model says so, {figure}</Status>;
  return confidence < SURE ? (
    <Status of="responded">Likely, {figure}</Status>
  ) : (
    <Status of="converted">Sure, {figure}</Status>
  );
}

function sureness({ confidence, claimed }: Suggestion): number {
  return claimed ?? confidence;
}
