import { UNSURE } from "~/features/connectors/set-up/suggestions";
import { type ColumnShown } from "~/features/connectors/set-up/columns-to-map";
import { newFieldId } from "~/features/pipeline/columns/mapping-problem";
import { columnName, goesName, type MappingView, type StreamView } from "~/routes/connectors/set-up/mapping-names";
import { SetUpFrame, SourceTrouble } from "~/routes/connectors/set-up/set-up-frame";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Form, FormActions } from "~/ui/form";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

export interface MappingRefused {
  words: string;
  /** By stream and column. */
  sent: Record<string, Record<string, string>>;
  /** Whose columns cannot go where they were told to, and which. */
  streamId: string | null;
  wrong: readonly string[];
}

interface MappingPageProps {
  view: MappingView;
  refused: MappingRefused | null;
}

export function MappingPage({ view, refused }: MappingPageProps) {
  const { base, system, problem, streams, isChosen } = view;
  return (
    <SetUpFrame
      frame={view}
      title={`Where it goes: ${view.name}`}
      line="Nothing is used that you have not looked at: what stands here is a suggestion until you save it."
    >
      {problem ? <SourceTrouble problem={problem} base={base} /> : null}
      <ModelHelp view={view} />
      {streams.length > 0 ? (
        <MappingForm view={view} refused={refused} />
      ) : (
        <Empty>
          {isChosen ? `What ${system} offers could not be looked up yet.` : "Nothing is chosen to be read yet."}{" "}
          <a href={`${base}/fields`}>Choose what is read</a>
        </Empty>
      )}
    </SetUpFrame>
  );
}

/** Of what no rule knows a model can be asked, where there is one; what it has said is among the suggestions. */
function ModelHelp({ view: { base, help, locale } }: Pick<MappingPageProps, "view">) {
  const { open, host, state } = help;
  const page = `${base}/mapping/proposals`;
  if (state !== null) {
    return (
      <Banner tone={state === "failed" ? "warn" : "good"} undo={{ href: page, label: "See what was asked and said" }}>
        {stateWords[state]}
      </Banner>
    );
  }
  if (open === 0 || host === null) return null;
  const columns = open === 1 ? "one column" : `${open.toLocaleString(locale)} columns`;
  return (
    <p className="mb-4">
      No rule knows where {columns} {open === 1 ? "goes" : "go"}. <a href={page}>Ask {host}</a>, which you see before
      anything is sent.
    </p>
  );
}

const stateWords = {
  asking: "A model is being asked about columns that no rule knows.",
  answered: "A model was asked. What it proposes stands below, and is used only if you save it.",
  failed: "A model was asked and gave no answer.",
};

function MappingForm({ view: { base, version, steps, streams, locale }, refused }: MappingPageProps) {
  return (
    <Form errors={refused ? [refused.words] : []} hidden={{ version: String(version) }}>
      {streams.map((stream) => (
        <StreamColumns
          key={stream.id}
          stream={stream}
          locale={locale}
          sent={refused?.sent[stream.id]}
          wrong={refused?.streamId === stream.id ? refused.wrong : []}
        />
      ))}
      <FormActions>
        <Button tone="primary">{steps ? "Save and go on" : "Save"}</Button>
        <ButtonLink href={steps ? `${base}/fields` : base}>{steps ? "Back" : "Cancel"}</ButtonLink>
      </FormActions>
    </Form>
  );
}

interface StreamColumnsProps {
  stream: StreamView;
  locale: string;
  /** What was chosen on a page that was refused. */
  sent: Record<string, string> | undefined;
  wrong: readonly string[];
}

/** What says nothing in the first records and is known to go somewhere is folded: there is nothing to look at. */
function StreamColumns({ stream, locale, sent, wrong }: StreamColumnsProps) {
  const columns = stream.columns.map((column) => ({ ...column, field: sent?.[column.id] ?? column.field }));
  const isPlain = ({ id, examples, suggestion, field }: ColumnShown) =>
    examples.length === 0 && suggestion?.field === field && suggestion.confidence > UNSURE && !wrong.includes(id);
  const hasExamples = columns.some(({ examples }) => examples.length > 0);
  const folded = hasExamples ? columns.filter(isPlain) : [];
  const shown = columns.filter((column) => !folded.includes(column));
  const goes = columns.filter(({ field }) => field !== "").length;
  const number = (count: number) => count.toLocaleString(locale);
  return (
    <Panel
      title={`${stream.many.charAt(0).toUpperCase()}${stream.many.slice(1)}`}
      line={`${number(goes)} of ${number(columns.length)} ${columns.length === 1 ? "column goes" : "columns go"} somewhere; the others are stored as they were received, and nowhere else.`}
    >
      {shown.length > 0 ? <ColumnsTable stream={stream} columns={shown} wrong={wrong} /> : null}
      {folded.length > 0 ? (
        <details className="mt-3">
          <summary>
            {number(folded.length)} more, of which the first records say nothing{" "}
            <span className="quiet">({named(folded)})</span>
          </summary>
          <ColumnsTable stream={stream} columns={folded} wrong={wrong} />
        </details>
      ) : null}
    </Panel>
  );
}

const MOST_NAMED = 4;

function named(columns: readonly ColumnShown[]): string {
  const names = columns.slice(0, MOST_NAMED).map(({ label }) => label);
  return names.join(", ") + (columns.length > MOST_NAMED ? " …" : "");
}

interface ColumnsTableProps {
  stream: StreamView;
  columns: readonly ColumnShown[];
  wrong: readonly string[];
}

function ColumnsTable({ stream, columns, wrong }: ColumnsTableProps) {
  return (
    <Table
      bare
      caption={`Columns of the ${stream.many}`}
      rows={[...columns]}
      rowKey={({ id }) => id}
      columns={[
        { key: "name", label: "Column", cell: ({ label }) => label },
        {
          key: "examples",
          label: "First values",
          cell: ({ examples }) => (examples.length > 0 ? examples.join(" · ") : <span className="quiet">–</span>),
        },
        {
          key: "field",
          label: "Goes to",
          cell: (column) => <GoesTo stream={stream} column={column} isWrong={wrong.includes(column.id)} />,
        },
        { key: "why", label: "Why", cell: (column) => <Why {...column} /> },
      ]}
    />
  );
}

interface GoesToProps {
  stream: StreamView;
  column: ColumnShown;
  isWrong: boolean;
}

function GoesTo({ stream: { id, fields, newTypes }, column, isWrong }: GoesToProps) {
  return (
    <>
      <input type="hidden" name={columnName(id)} value={column.id} />
      <select
        name={goesName(id)}
        className="control w-56 max-w-full"
        aria-label={`Where ${column.label} goes`}
        aria-invalid={isWrong || undefined}
        defaultValue={column.field}
      >
        <option value="">Nowhere</option>
        {fields
          .filter((field) => !field.unlisted || field.id === column.field)
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

function Why({ field, isApproved, suggestion }: ColumnShown) {
  if (!suggestion) return <span className="quiet">{isApproved ? "As saved" : "Nothing says where it belongs"}</span>;
  if (suggestion.field !== field) return <>{field === "" ? "Left out here" : "Chosen here"}</>;
  const said = suggestion.why.charAt(0).toUpperCase() + suggestion.why.slice(1);
  return suggestion.confidence < UNSURE ? <strong>{said}</strong> : <span className="quiet">{said}</span>;
}
