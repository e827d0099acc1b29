import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { deleteIt, loadDeletion } from "~/routes/connectors/connector/deletion.server";
import { RecordsChoice, recordsChanges, StopFirst } from "~/routes/connectors/connector/records-choice";
import { Confirm } from "~/ui/confirm";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Delete ${data.name} · ${data.firm}` : "Delete" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadDeletion(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return deleteIt(args, providersOf(args.context.env.providers));
}

export default function Deletion() {
  const { name, system, page, stays, mayGo, isConnected, isByKey } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Delete ${name}`}
        line="Its settings, its schedule and its access go, for good. Runs and their receipts can still be looked up."
        back={{ href: page, label: name }}
      />
      {stays.atWork ? (
        <StopFirst atWork={stays.atWork} verb="delete it" />
      ) : (
        <Confirm
          changes={[
            ...(isConnected && !isByKey ? [{ value: "taken back", label: `Tallybook’s access to ${system}` }] : []),
            ...(isConnected
              ? [{ value: "erased", label: isByKey ? `The key to ${system}` : "What it was given to get in there" }]
              : []),
            ...recordsChanges(stays),
          ]}
          action={`${page}/deletion`}
          confirmLabel={`Delete ${name}`}
          danger
          cancelHref={page}
        >
          <RecordsChoice stays={stays} mayGo={mayGo} />
        </Confirm>
      )}
    </>
  );
}
