import { fieldName, kindName, readName, startName } from "~/features/connectors/set-up/fields-form";
import { type FieldShown, type StreamShown } from "~/features/connectors/set-up/fields-view";
import { type StreamToChoose } from "~/routes/connectors/set-up/fields-facts.server";
import { Select } from "~/ui/choice-field";
import { Panel } from "~/ui/panel";
import { type Column, Table } from "~/ui/table";
import { TextField } from "~/ui/text-field";

/** By the names of their fields; "" is the form as a whole. */
export type Problems = readonly { name: string; words: string }[];

interface StreamPanelProps {
  stream: StreamToChoose;
  query: string;
  errors: Problems;
}

/** What is read of one kind of record: whether at all, since when, and which of its fields. */
export function StreamPanel({ stream, query, errors }: StreamPanelProps) {
  const { id, many, isRead, top, groups, carried } = stream;
  return (
    <Panel
      title={capital(many)}
      line={chosenWords(stream)}
      actions={
        <label className="flex items-center gap-2">
          <input type="checkbox" id={readName(id)} name={readName(id)} defaultChecked={isRead} />
          Read {many}
        </label>
      }
    >
      {carried.map((field) => (
        <input key={field} type="hidden" name={fieldName(id)} value={field} />
      ))}
      <StartField stream={stream} errors={errors} />
      <KindField stream={stream} />
      {top.length === 0 ? (
        <p className="quiet my-2">
          {query === "" ? "Nothing is chosen yet." : `No field of the ${many} holds “${query}”.`}
        </p>
      ) : (
        <TopFields stream={stream} />
      )}
      {groups.map(({ name, fields }) => (
        <Group key={name} streamId={id} name={name} fields={fields} />
      ))}
    </Panel>
  );
}

/** Of what is not read nothing is read, not even to show it. */
function chosenWords({ many, isRead, offered, chosen }: StreamToChoose): string {
  if (!isRead) return `Not read, so no values are shown. Tick “Read ${many}” to have ${many} read.`;
  return `${chosen} of ${offered} ${offered === 1 ? "field" : "fields"} chosen.`;
}

function StartField({
  stream: { id, many, hasStart, startLabel, start },
  errors,
}: Pick<StreamPanelProps, "stream" | "errors">) {
  if (!hasStart) return null;
  const wrong = errors.filter(({ name }) => name === startName(id)).map(({ words }) => words);
  return (
    <div className="mb-3">
      <TextField
        field={{ name: startName(id), value: start, errors: wrong.length > 0 ? wrong : undefined }}
        label={startLabel}
        hint={`Empty: all ${many}, however old.`}
        optional
        type="date"
        look="short"
      />
    </div>
  );
}

/** Where only people know what is in a list. */
function KindField({ stream: { id, kinds, kind } }: Pick<StreamPanelProps, "stream">) {
  if (kinds.length === 0) return null;
  return (
    <div className="mb-3 max-w-72">
      <Select
        field={{ name: kindName(id), value: kind }}
        label="Its records are"
        hint={
          kind === ""
            ? "Chosen here, it is said of every record of this list."
            : "This is said of every record of this list."
        }
        options={[
          { value: "", label: "What each says itself" },
          ...kinds.map((one) => ({ value: one.id, label: one.label })),
        ]}
      />
    </div>
  );
}

const groupColumn: Column<FieldShown & { examples: string[] }> = {
  ...{ key: "group", label: "Group", fit: "keep", onPhone: "hidden" },
  cell: ({ group }) => <span className="quiet">{group}</span>,
};

const examplesColumn: Column<FieldShown & { examples: string[] }> = {
  ...{ key: "examples", label: "First values" },
  cell: ({ examples }) =>
    examples.length > 0 ? (
      <span className="wrap-anywhere">{examples.join(" · ")}</span>
    ) : (
      <span className="quiet">–</span>
    ),
};

function TopFields({ stream: { id, many, top, isRead } }: Pick<StreamPanelProps, "stream">) {
  // Where all stand under one heading, that tells nothing.
  const hasGroups = new Set(top.map(({ group }) => group)).size > 1;
  return (
    <Table
      bare
      caption={`Fields of the ${many}`}
      rows={top}
      rowKey={(field) => field.id}
      columns={[
        { key: "field", label: "Field", cell: (field) => <FieldTick streamId={id} field={field} /> },
        ...(isRead ? [examplesColumn] : []),
        ...(hasGroups ? [groupColumn] : []),
      ]}
    />
  );
}

function FieldTick({ streamId, field }: { streamId: string; field: FieldShown }) {
  const { id, label, isChosen, always, isGone } = field;
  const name = fieldName(streamId);
  return (
    <label className="flex items-start gap-2">
      {always ? <input type="hidden" name={name} value={id} /> : null}
      <input
        type="checkbox"
        name={always ? undefined : name}
        value={id}
        defaultChecked={isChosen}
        disabled={always || undefined}
      />
      <span>
        {label}
        {always ? <span className="quiet"> (always read)</span> : null}
        {isGone ? <span className="quiet"> (no longer offered)</span> : null}
      </span>
    </label>
  );
}

/** Folded; without examples, of which there would be too many. */
function Group({ streamId, name, fields }: { streamId: string } & StreamShown["groups"][number]) {
  return (
    <details className="mt-2">
      <summary>
        {name} <span className="quiet">({fields.length})</span>
      </summary>
      <ul className="field-list">
        {fields.map(({ id, label }) => (
          <li key={id}>
            <label>
              <input type="checkbox" name={fieldName(streamId)} value={id} /> {label}
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
