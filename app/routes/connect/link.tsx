import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { leaveByLink, loadLink } from "~/routes/connect/link-state.server";
import { ConnectLinkPage } from "~/routes/connect/link-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.open ? `Connect ${data.open.system} · ${data.open.firm}` : "A link to connect · Tallybook" },
];

/** Only looks: mail programs open links before anybody reads them. */
export function loader(args: LoaderFunctionArgs) {
  return loadLink(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return leaveByLink(args, providersOf(args.context.env.providers));
}

export default function ConnectLink() {
  return <ConnectLinkPage view={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />;
}
