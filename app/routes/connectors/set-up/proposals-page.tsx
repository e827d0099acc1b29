import { percent } from "~/features/connectors/mapping-help/model-suggestions";
import { type loadProposals } from "~/routes/connectors/set-up/proposals-facts.server";
import { SourceTrouble } from "~/routes/connectors/set-up/set-up-frame";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";
import { type Column, Table } from "~/ui/table";

export type ProposalsView = Awaited<ReturnType<typeof loadProposals>>;
type Shown = ProposalsView["columns"][number];

/** A model is asked about columns: first what would be sent, then what it says. */
export function ProposalsPage({ view }: { view: ProposalsView }) {
  const { name, base, problem, asked } = view;
  return (
    <>
      <PageHead
        title="Ask a model where columns go"
        line={`Of ${name} only columns that no rule knows are asked about. What it proposes is used only if you save it.`}
        back={{ href: `${base}/mapping`, label: "Where it goes" }}
      />
      {problem ? <SourceTrouble problem={problem} base={base} /> : null}
      {asked ? <Said view={view} asked={asked} /> : <BeforeAsking view={view} />}
    </>
  );
}

function BeforeAsking({ view }: { view: ProposalsView }) {
  const { model, columns, fields, settingsHref, base, mostColumns, shown } = view;
  if (!model) {
    return (
      <Empty actions={<ButtonLink href={settingsHref}>Settings of the model</ButtonLink>}>
        No model may be asked: nothing is sent anywhere until an administrator switches it on.
      </Empty>
    );
  }
  if (columns.length === 0) {
    return (
      <Empty actions={<ButtonLink href={`${base}/mapping`}>Where it goes</ButtonLink>}>
        The rules know where all columns go: there is nothing to ask.
      </Empty>
    );
  }
  return (
    <>
      <Panel
        title={`What will be sent to ${model.host}`}
        line={`The names of ${columns.length === 1 ? "this column" : `these ${columns.length} columns`}, with ${samplesWords(model.samples)}. At most ${mostColumns} of a kind of record at once.`}
      >
        <ColumnsTable columns={columns} />
        <details className="mt-4">
          <summary>The names of {fields.length} fields that they may go to are sent, too</summary>
          <p className="quiet">{fields.join(", ")}</p>
        </details>
      </Panel>
      <form method="post" className="form-actions">
        <input type="hidden" name="shown" value={shown} />
        <Button tone="primary">Ask {model.name}</Button>
        <ButtonLink href={`${base}/mapping`}>Do not ask</ButtonLink>
      </form>
    </>
  );
}

function samplesWords(samples: number): string {
  if (samples === 0) return "no values at all";
  return samples === 1
    ? "one masked value of each, made from the first records"
    : `up to ${samples} masked values of each, made from the first records`;
}

function Said({ view, asked }: { view: ProposalsView; asked: NonNullable<ProposalsView["asked"]> }) {
  const { base, columns, refreshes } = view;
  const here = `${base}/mapping/proposals`;
  if (asked.state === "asking") {
    return (
      <Panel title={`${asked.host} is being asked`} line={`Since ${asked.at}, about ${columns.length} columns.`}>
        <Progress
          label="Asking the model"
          done={0}
          noun="answers"
          refresh={{ on: refreshes, href: refreshes ? `${here}?refresh=off` : here }}
          locale={view.locale}
        />
      </Panel>
    );
  }
  return (
    <>
      {asked.problem ? <Banner tone="warn">{asked.problem}</Banner> : null}
      <Panel title={asked.problem ? "What was sent" : `What ${asked.host} proposes`} line={saidLine(asked)}>
        <ColumnsTable columns={columns} isAnswered={!asked.problem} />
      </Panel>
      <div className="form-actions">
        {asked.problem ? null : (
          <ButtonLink tone="primary" href={`${base}/mapping`}>
            Look them over, and save what is right
          </ButtonLink>
        )}
        <PostButton action={`${here}/discarding`}>{asked.problem ? "Ask again" : "Throw them away"}</PostButton>
      </div>
    </>
  );
}

function saidLine({ model, at, left, problem }: NonNullable<ProposalsView["asked"]>): string {
  const asked = `${model} was asked on ${at}.`;
  if (problem || left === 0) return asked;
  return `${asked} ${left === 1 ? "One thing" : `${left} things`} it said ${left === 1 ? "is" : "are"} not used: fields that there are not, or columns that were not sent.`;
}

function ColumnsTable({ columns, isAnswered = false }: { columns: Shown[]; isAnswered?: boolean }) {
  const answer: Column<Shown>[] = [
    {
      key: "field",
      label: "Goes to",
      cell: ({ proposal }) => (proposal ? (proposal.field ?? "Nowhere") : "No answer"),
    },
    {
      key: "confidence",
      label: "How sure it is",
      numeric: true,
      cell: ({ proposal }) => (proposal ? percent(proposal.confidence) : ""),
    },
    { key: "why", label: "Why, in its words", cell: ({ proposal }) => proposal?.why ?? "" },
  ];
  const masked: Column<Shown> = {
    key: "samples",
    label: "Masked values",
    cell: ({ samples }) =>
      samples.length > 0 ? <code>{samples.join(" · ")}</code> : <span className="quiet">none</span>,
  };
  // An "Id" has each kind of record.
  const isOfSeveral = new Set(columns.map(({ of }) => of)).size > 1;
  return (
    <Table
      bare
      caption="Columns"
      rows={columns}
      rowKey={({ key }) => key}
      under={({ of }) => (isOfSeveral ? `of the ${of}` : null)}
      columns={[
        { key: "label", label: "Column", cell: ({ label }) => label },
        ...(columns.some(({ samples }) => samples.length > 0) ? [masked] : []),
        ...(isAnswered ? answer : []),
      ]}
    />
  );
}
