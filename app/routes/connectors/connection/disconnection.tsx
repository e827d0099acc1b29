import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { disconnectIt, loadDisconnection } from "~/routes/connectors/connection/disconnection.server";
import { RecordsChoice, recordsChanges, StopFirst } from "~/routes/connectors/connector/records-choice";
import { Confirm } from "~/ui/confirm";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Disconnect ${data.name} · ${data.firm}` : "Disconnect" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadDisconnection(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return disconnectIt(args, providersOf(args.context.env.providers));
}

export default function Disconnection() {
  const { name, system, page, stays, isByKey } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={`Disconnect ${name}`} back={{ href: page, label: name }} />
      {stays.atWork ? (
        <StopFirst atWork={stays.atWork} verb="disconnect it" />
      ) : (
        <Confirm
          changes={[
            // A key is good there until somebody takes it back there.
            ...(isByKey ? [] : [{ value: "taken back", label: `Tallybook’s access to ${system}` }]),
            { value: "erased", label: isByKey ? `The key to ${system}` : "What it was given to get in there" },
            ...recordsChanges(stays),
          ]}
          action={`${page}/disconnection`}
          confirmLabel={`Disconnect ${name}`}
          danger
          cancelHref={page}
        >
          <RecordsChoice stays={stays} mayGo />
          <p className="quiet">Nothing new comes in until it is {isByKey ? "given a key" : "connected"} again.</p>
        </Confirm>
      )}
    </>
  );
}
