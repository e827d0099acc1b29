import { type MappingView } from "~/routes/connectors/set-up/mapping-names";
import { StreamColumns } from "~/routes/connectors/set-up/stream-columns";
import { SetUpFrame, SourceTrouble } from "~/routes/connectors/set-up/set-up-frame";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Form, FormActions } from "~/ui/form";

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
