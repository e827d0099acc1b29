import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireDone } from "~/routes/reconciliations/results/result.server";
import { rowFacts } from "~/routes/reconciliations/results/row-facts.server";
import { Decisions, Flags, History, SideValues } from "~/routes/reconciliations/results/side-parts";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Status } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Purchase ${data.row.name} · ${data.name} · ${data.accountName}` : "Purchase" },
];

export async function loader(args: LoaderFunctionArgs) {
  return rowFacts(await requireDone(args), args.params.rowId ?? "");
}

export default function RowPage() {
  const { name, here, ofRun, base, row, status, flags, order, decisions, mayWrite, mayAside, history } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Purchase ${row.name}`}
        line={<Status of={status.tone}>{status.text}</Status>}
        back={{ href: `${here}/findings${ofRun}`, label: `Findings of ${name}` }}
        actions={mayAside ? <ButtonLink href={`${base}/aside${ofRun}`}>Set aside</ButtonLink> : null}
      />
      <p className="quiet mb-4">{status.meaning}</p>
      <LookAlike />
      <Columns
        side={
          <>
            {order || flags.length > 0 ? (
              <Panel title="Its order">
                {order ? <a href={order.href}>{order.name}</a> : "None."}
                <Flags flags={flags} />
              </Panel>
            ) : null}
            <Panel title="Decisions">
              <Decisions decisions={decisions} mayWrite={mayWrite} />
            </Panel>
          </>
        }
      >
        <Panel title="In the analytics">
          <SideValues side={row} />
        </Panel>
        <History lines={history} />
      </Columns>
    </>
  );
}

function LookAlike() {
  const { here, ofRun, lookAlike, mayWrite, rowId } = useLoaderData<typeof loader>();
  if (!lookAlike) return null;
  const match = `${here}/orders/${encodeURIComponent(lookAlike.key)}/match${ofRun === "" ? "?" : `${ofRun}&`}row=${encodeURIComponent(rowId)}`;
  return (
    <Panel
      title="Is this its order?"
      line="It has the same amount and currency within half an hour, and no other purchase is like it. It is not counted until a person says so."
    >
      <p className="mb-3">
        <a href={lookAlike.href}>{lookAlike.name}</a>
      </p>
      {mayWrite ? (
        <ButtonLink tone="primary" href={match}>
          Match them
        </ButtonLink>
      ) : null}
    </Panel>
  );
}
