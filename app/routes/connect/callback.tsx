import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { answerCallback } from "~/routes/connect/callback-answer.server";
import { CallbackPage } from "~/routes/connect/callback-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Connecting"} · Tallybook` },
];

/** Where a provider sends people back to. What is changed by it was begun by a form of ours, and is found by its state. */
export function loader(args: LoaderFunctionArgs) {
  return answerCallback(args, providersOf(args.context.env.providers));
}

export default function Callback() {
  return <CallbackPage view={useLoaderData<typeof loader>()} />;
}
