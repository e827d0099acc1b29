import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { orderFacts } from "~/routes/reconciliations/results/order-facts.server";
import { requireDone } from "~/routes/reconciliations/results/result.server";
import { Decisions, Flags, History, SideValues } from "~/routes/reconciliations/results/side-parts";
import { ButtonLink } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Status } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Order ${data.order.name} · ${data.name} · ${data.accountName}` : "Order" },
];

export async function loader(args: LoaderFunctionArgs) {
  return orderFacts(await requireDone(args), args.params.orderKey ?? "");
}

export default function OrderPage() {
  const { name, here, ofRun, order, status, facts, flags, decisions, mayWrite, history } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Order ${order.name}`}
        line={<Status of={status.tone}>{status.text}</Status>}
        back={{ href: `${here}/findings${ofRun}`, label: `Findings of ${name}` }}
        actions={<Ways />}
      />
      {status.meaning ? <p className="quiet mb-4">{status.meaning}</p> : null}
      <LookAlike />
      <Columns
        side={
          <>
            {facts.length + flags.length > 0 ? (
              <Panel title="How they compare">
                <Facts facts={facts} />
                <Flags flags={flags} />
              </Panel>
            ) : null}
            <Panel title="Decisions">
              <Decisions decisions={decisions} mayWrite={mayWrite} />
            </Panel>
          </>
        }
      >
        <div className="grid items-start gap-x-4 md:grid-cols-2">
          <Panel title="In the shop">
            <SideValues side={order} />
          </Panel>
          <Tracked />
        </div>
        <History lines={history} />
      </Columns>
    </>
  );
}

function Ways() {
  const { base, ofRun, ways, hits } = useLoaderData<typeof loader>();
  const counted = hits.find(({ counts }) => counts);
  return (
    <>
      {ways.aside ? <ButtonLink href={`${base}/aside${ofRun}`}>Set aside</ButtonLink> : null}
      {ways.unmatch && counted ? (
        <ButtonLink href={withRow(`${base}/unmatch`, ofRun, counted.key)}>They do not belong together</ButtonLink>
      ) : null}
      {ways.match ? <ButtonLink href={`${base}/match${ofRun}`}>Match with a purchase</ButtonLink> : null}
    </>
  );
}

function withRow(path: string, ofRun: string, rowId: string): string {
  return `${path}${ofRun === "" ? "?" : `${ofRun}&`}row=${encodeURIComponent(rowId)}`;
}

function LookAlike() {
  const { base, ofRun, lookAlike, ways } = useLoaderData<typeof loader>();
  if (!lookAlike) return null;
  const { side, key, href } = lookAlike;
  return (
    <Panel
      title="Is this the same purchase?"
      line="It has the same amount and currency within half an hour, and no other order is like it. It is not counted until a person says so."
    >
      <p className="mb-3">
        <a href={href}>{side.name}</a>
      </p>
      {ways.match ? (
        <ButtonLink tone="primary" href={withRow(`${base}/match`, ofRun, key)}>
          Match them
        </ButtonLink>
      ) : null}
    </Panel>
  );
}

function Tracked() {
  const { hits, isMatchedPlainly } = useLoaderData<typeof loader>();
  if (hits.length === 0) {
    // Of what matches no finding is kept: its purchase is looked for by its ids as they are written.
    return (
      <Panel title="In the analytics">
        {isMatchedPlainly
          ? "It was tracked with the same value, under an id that is written in another way than the shop’s own."
          : "Nothing was tracked for it."}
      </Panel>
    );
  }
  return (
    <div>
      {hits.map(({ key, href, side, words, flags }) => (
        <Panel
          key={key}
          title="In the analytics"
          line={`${words.name}. ${words.meaning}`}
          actions={<a href={href}>Look at it</a>}
        >
          <SideValues side={side} />
          <Flags flags={flags} />
        </Panel>
      ))}
    </div>
  );
}
