import { readName, startName } from "~/features/connectors/set-up/fields-form";
import { type FieldsView } from "~/routes/connectors/set-up/fields-facts.server";
import { SetUpFrame, SourceTrouble } from "~/routes/connectors/set-up/set-up-frame";
import { type Problems, StreamPanel } from "~/routes/connectors/set-up/stream-panel";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { ErrorSummary, FormActions } from "~/ui/form";
import { TextField } from "~/ui/text-field";

interface FieldsPageProps {
  view: FieldsView;
  errors: Problems;
}

export function FieldsPage({ view, errors }: FieldsPageProps) {
  const { system, base, problem, streams } = view;
  return (
    <SetUpFrame
      frame={view}
      title={`What is read from ${system}`}
      line="Only what is ticked is read and stored here. It can be changed at any time."
    >
      {problem ? <SourceTrouble problem={problem} base={base} /> : null}
      {streams.length === 0 ? (
        <Empty>
          What {system} offers could not be looked up yet. <a href={`${base}/fields`}>Try again</a>
        </Empty>
      ) : (
        <>
          <Unsaved view={view} />
          <ChoiceForm view={view} errors={errors} />
        </>
      )}
    </SetUpFrame>
  );
}

/** A choice that was begun, and what became of the connector since. */
function Unsaved({ view: { hasDraft, theirs, base } }: { view: FieldsView }) {
  if (!hasDraft) return null;
  return (
    <Banner tone="warn" undo={{ href: `${base}/fields/discarding`, label: "Throw it away", method: "post" }}>
      {theirs === null
        ? "This choice is kept, and not saved yet."
        : ["Somebody else has saved something since you began this choice.", ...theirs].join(" ")}
    </Banner>
  );
}

function ChoiceForm({ view, errors }: FieldsPageProps) {
  const { base, version, query, streams, steps } = view;
  const start = (name: string) => errors.filter((error) => error.name === name).map(({ words }) => words);
  const fields = streams
    .flatMap(({ id }) => [readName(id), startName(id)])
    .map((name) => ({ name, errors: start(name) }));
  return (
    <>
      <ErrorSummary fields={fields} errors={start("")} />
      <form className="form" method="post" action={`${base}/fields`} noValidate>
        <input type="hidden" name="version" value={version} />
        <Narrow base={base} query={query} />
        {streams.map((stream) => (
          <StreamPanel key={stream.id} stream={stream} query={query} errors={errors} />
        ))}
        <FormActions>
          <Button tone="primary">{steps ? "Save and go on" : "Save"}</Button>
          <ButtonLink href={steps ? `${base}/connection` : base}>{steps ? "Back" : "Cancel"}</ButtonLink>
        </FormActions>
      </form>
    </>
  );
}

/** First in its form: what Enter presses. It keeps what is ticked. */
function Narrow({ base, query }: { base: string; query: string }) {
  return (
    <div className="mb-4 flex flex-wrap items-end gap-2">
      <TextField
        field={{ name: "q", value: query }}
        label="Find a field"
        type="search"
        enterKeyHint="search"
        maxLength={100}
      />
      <Button formAction={`${base}/fields/narrowing`}>Find</Button>
      {query === "" ? null : (
        <Button formAction={`${base}/fields/narrowing`} name="all" value="on" tone="bare">
          Show all
        </Button>
      )}
    </div>
  );
}
