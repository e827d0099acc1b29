import { type ListView } from "~/routes/connectors/list.server";
import { BulkBar, Chooser } from "~/ui/bulk";
import { Button, ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { ProviderLogo } from "~/ui/provider-logo";
import { Status } from "~/ui/status";
import { type Column, Table } from "~/ui/table";
import { Time } from "~/ui/time";

type Line = ListView["connectors"][number];

export function ListPage({ view: { base, account, connectors } }: { view: ListView }) {
  const connect = (
    <ButtonLink tone="primary" href={`${base}/catalogue`}>
      Connect a system
    </ButtonLink>
  );
  return (
    <>
      <PageHead
        title="Connectors"
        line="Systems that the firm uses, and from which contacts, orders and figures come in by themselves."
        actions={connectors.length > 0 ? connect : null}
      />
      {connectors.length === 0 ? (
        <Empty actions={connect}>
          Each system that you connect will be listed here, with what it brought last and when it is read next.
        </Empty>
      ) : (
        <Chooser>
          <Table
            caption="Connectors"
            rows={connectors}
            rowKey={({ id }) => id}
            href={({ id }) => `${base}/${id}`}
            under={({ system, whose, name }) =>
              [system === name ? null : system, whose].filter(Boolean).join(" · ") || null
            }
            ticks={{ name: "id", value: ({ id }) => id, label: ({ name }) => `Choose ${name}` }}
            columns={columnsOf(account)}
          />
          <BulkBar>
            <Button formAction={`${base}/start`}>Run now</Button>
            <Button formAction={`${base}/pausing`}>Pause</Button>
            <Button formAction={`${base}/resumption`}>Switch on</Button>
            <Button formMethod="get" formAction={`${base}/schedule`}>
              Change when
            </Button>
          </BulkBar>
        </Chooser>
      )}
    </>
  );
}

function columnsOf(account: string): Column<Line>[] {
  return [
    {
      key: "name",
      label: "Name",
      cell: ({ name, system, logo }) => (
        <span className="with-logo">
          <ProviderLogo src={logo} name={system} />
          {name}
        </span>
      ),
    },
    { key: "state", label: "State", cell: ({ standing: { of, words } }) => <Status of={of}>{words}</Status> },
    { key: "last", label: "Last run", cell: ({ lastRun }) => <LastRun account={account} run={lastRun} /> },
    { key: "counts", label: "What it did", cell: ({ lastRun }) => lastRun?.counts ?? null },
    { key: "next", label: "Next run", cell: ({ next }) => next },
  ];
}

/** Its day stands under it: side by side they would leave too little room for what it did. */
function LastRun({ account, run }: { account: string; run: Line["lastRun"] }) {
  if (!run) return <span className="quiet">never</span>;
  return (
    <>
      <Status of={run.standing.of}>{run.standing.words}</Status>
      <span className="under">
        <a href={`${account}/imports/${run.id}`}>
          <Time at={run.at}>{run.when}</Time>
        </a>
      </span>
    </>
  );
}
