import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireScope } from "~/http/scope.server";
import { deskFacts, type TallyRow, type WaitingLine } from "~/routes/campaigns/call-desk/desk-facts.server";
import { Banner } from "~/ui/banner";
import { PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Figures } from "~/ui/figures";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { type Column, Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Call desk · ${data.name} · ${data.accountName}` : "Call desk" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  return { accountName: scope.account.name, ...(await deskFacts(scope, args.params.campaignId ?? "")) };
}

export default function Desk() {
  const { here, name, stands, isRunning, mayCall, figures, byHour, callBacks, reserved } =
    useLoaderData<typeof loader>();
  const next = (
    <PostButton tone="primary" action={`${here}/calls/next`}>
      Next call
    </PostButton>
  );
  return (
    <>
      <PageHead
        title="Call desk"
        line={name}
        back={{ href: here, label: name }}
        actions={isRunning && mayCall ? next : undefined}
      />
      {stands ? <Banner tone="warn">{stands}</Banner> : null}
      <Figures figures={figures} />
      {reserved.length > 0 ? <Reserved /> : null}
      {callBacks.length > 0 ? <CallBacks /> : null}
      {byHour.length > 0 ? (
        <Results />
      ) : (
        <Empty>No calls yet. What comes of them stands here, by hour and by caller.</Empty>
      )}
    </>
  );
}

const nameColumn: Column<WaitingLine> = { key: "name", label: "Name", cell: ({ name }) => name };

function Reserved() {
  const { reserved } = useLoaderData<typeof loader>();
  return (
    <Panel title="On somebody’s page">
      <Table
        bare
        caption="Contacts on a caller’s page"
        rows={reserved}
        rowKey={({ key }) => key}
        href={({ href }) => href}
        columns={[
          nameColumn,
          { key: "by", label: "Whose", cell: ({ by }) => by },
          { key: "until", label: "Until", cell: ({ at }) => at, fit: "keep" },
        ]}
      />
    </Panel>
  );
}

function CallBacks() {
  const { callBacks } = useLoaderData<typeof loader>();
  return (
    <Panel title="Call-backs">
      <Table
        bare
        caption="Contacts who want to be called at a time"
        rows={callBacks}
        rowKey={({ key }) => key}
        href={({ href }) => href}
        under={({ note }) => note || null}
        columns={[
          nameColumn,
          {
            key: "at",
            label: "When",
            cell: ({ at, isDue }) => (isDue ? <strong>{`Due since ${at}`}</strong> : at),
          },
          { key: "there", label: "By their clock", cell: ({ there }) => there || "the same", fit: "keep" },
          { key: "by", label: "Promised by", cell: ({ by }) => by },
        ]}
      />
    </Panel>
  );
}

function Results() {
  const { byHour, byCaller, total } = useLoaderData<typeof loader>();
  const { calls, spoken, responded, converted, notInterested } = total;
  const sum = [calls, spoken, responded, converted, notInterested];
  return (
    <>
      <Panel title="Results by hour">
        <Table bare caption="Calls by hour of the day" {...tally("Hour", byHour)} total={["All", ...sum]} />
      </Panel>
      <Panel title="Results by caller">
        <Table bare caption="Calls by caller" {...tally("Caller", byCaller)} total={["All", ...sum]} />
      </Panel>
    </>
  );
}

function tally(first: string, rows: TallyRow[]) {
  const columns: Column<TallyRow>[] = [
    { key: "label", label: first, cell: ({ label }) => label },
    { key: "calls", label: "Calls", numeric: true, cell: ({ calls }) => calls },
    { key: "spoken", label: "Spoken to", numeric: true, cell: ({ spoken }) => spoken },
    { key: "responded", label: "Responded", numeric: true, cell: ({ responded }) => responded },
    { key: "converted", label: "Converted", numeric: true, cell: ({ converted }) => converted },
    { key: "notInterested", label: "Not interested", numeric: true, cell: ({ notInterested }) => notInterested },
  ];
  return { columns, rows, rowKey: ({ key }: TallyRow) => key };
}
