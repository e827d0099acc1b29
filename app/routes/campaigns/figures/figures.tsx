import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { FunnelTable } from "~/features/campaigns/figures/funnel-table";
import { type GroupLine, GroupTable } from "~/features/campaigns/figures/group-table";
import { requireScope } from "~/http/scope.server";
import { figuresFacts } from "~/routes/campaigns/figures/figures-facts.server";
import { ButtonLink } from "~/ui/button";
import { StackedBars, type Tone } from "~/ui/chart";
import { Empty } from "~/ui/empty";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { type Column, Table } from "~/ui/table";
import { Tabs } from "~/ui/tabs";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Figures of ${data.name} · Campaigns · ${data.accountName}` : "Figures" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const asked = new URL(args.request.url).searchParams.get("by");
  const by = asked === "tag" || asked === "town" ? asked : null;
  return { accountName: scope.account.name, ...(await figuresFacts(scope, args.params.campaignId ?? "", by)) };
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

export default function CampaignFigures() {
  const { name, line, here, compareHref, isEmpty, reached, by, tabs } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Figures of ${name}`}
        line={line}
        back={{ href: here, label: name }}
        actions={
          <>
            <ButtonLink href={compareHref}>Compare campaigns</ButtonLink>
            {isEmpty ? null : <ButtonLink href={`${here}/figures/report.pdf`}>Report as PDF</ButtonLink>}
          </>
        }
      />
      {isEmpty ? (
        <Empty>Nobody is on its list yet. As soon as somebody is, it is counted here what became of them.</Empty>
      ) : (
        <>
          {reached > 0 ? <Tabs label="Figures" tabs={tabs} /> : null}
          {by === null ? <Whole /> : reached === 0 ? <Empty>Nobody was reached yet.</Empty> : parts[by]}
        </>
      )}
    </>
  );
}

function Whole() {
  return (
    <>
      <FunnelPanel />
      <Days />
      <Cost />
    </>
  );
}

/** The same numbers as files. */
function Files({ table, what }: { table: string; what: string }) {
  const { here } = useLoaderData<typeof loader>();
  return (
    <>
      {["csv", "xlsx"].map((ending) => (
        <a key={ending} href={`${here}/figures/${table}.${ending}`}>
          {ending.toUpperCase()}
          <span className="sr-only"> of {what}</span>
        </a>
      ))}
    </>
  );
}

function FunnelPanel() {
  const { funnel, sums, reached } = useLoaderData<typeof loader>();
  return (
    <Panel
      title="From the list to the answer"
      line={
        reached > 0
          ? "Shares of answers are of those reached. In brackets: between which shares the true one lies in 95 of 100 such campaigns."
          : "Nobody is known to have been reached yet: until then there is nothing that a share could be taken of."
      }
      actions={<Files table="funnel" what="the funnel" />}
    >
      <FunnelTable lines={funnel} />
      <p className="small quiet mt-3">{sums.join(" ")}</p>
    </Panel>
  );
}

const series: { label: string; tone: Tone }[] = [
  { label: "Converted", tone: "strong" },
  { label: "Responded, no more yet", tone: "middle" },
  { label: "Not interested", tone: "weak" },
];

const dayColumns: Column<Data["days"]["lines"][number]>[] = [
  { key: "name", label: "When", cell: ({ name }) => name },
  { key: "responded", label: "Responded", numeric: true, cell: ({ responded }) => responded },
  { key: "converted", label: "Of them converted", numeric: true, cell: ({ converted }) => converted },
  { key: "notInterested", label: "Not interested", numeric: true, cell: ({ notInterested }) => notInterested },
];

function Days() {
  const { days } = useLoaderData<typeof loader>();
  if (days.lines.length === 0) return <Panel title="Answers by day">Nobody has answered yet.</Panel>;
  return (
    <Panel
      title={`Answers by ${days.step.toLowerCase()}`}
      line="By the day of the answer, not of its entry. Whoever answered twice counts once, as they answered last."
      actions={<Files table="days" what="answers by day" />}
    >
      <StackedBars
        label={`Answers by ${days.step.toLowerCase()}. ${days.finding}`}
        series={series}
        bars={days.bars}
        first={days.ends.first}
        last={days.ends.last}
        most={days.most}
        mostText={days.mostText}
        caption={days.finding}
      >
        <Table
          caption={`Answers by ${days.step.toLowerCase()}`}
          columns={dayColumns}
          rows={days.lines}
          rowKey={({ key }) => key}
          href={({ href }) => href}
          bare
        />
      </StackedBars>
    </Panel>
  );
}

function Group({
  title,
  line,
  table,
  label,
  lines,
}: Record<"title" | "line" | "table" | "label", string> & { lines: GroupLine[] }) {
  return (
    <Panel title={title} line={line} actions={<Files table={table} what={title.toLowerCase()} />}>
      <GroupTable title={title} label={label} lines={lines} />
    </Panel>
  );
}

function Tags() {
  const { tags } = useLoaderData<typeof loader>();
  if (tags.length === 0) return <Empty>None of those reached carries a tag.</Empty>;
  const line = "Of those reached. Whoever carries two tags is counted with both, so that these do not add up to all.";
  return <Group title="By tag" line={line} table="tags" label="Tag" lines={tags} />;
}

function Towns() {
  const { towns } = useLoaderData<typeof loader>();
  const line = "Of those reached, by the town of their contact as it is now.";
  return <Group title="By town" line={line} table="towns" label="Town" lines={towns} />;
}

const parts = { tag: <Tags />, town: <Towns /> };

function Cost() {
  const { cost } = useLoaderData<typeof loader>();
  return (
    <Panel title="Cost and return" actions={<Files table="cost" what="cost and return" />}>
      <Facts facts={cost.map(({ label, value, how }) => ({ label, value, source: how }))} />
    </Panel>
  );
}
