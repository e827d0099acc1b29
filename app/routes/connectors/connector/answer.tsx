import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { providersOf } from "~/features/connectors/registry.server";
import { type RouteHandle } from "~/route-handle";
import { giveAnswer, loadAnswer } from "~/routes/connectors/connector/answer.server";
import { AnswerPage } from "~/routes/connectors/connector/answer-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Answer · ${data.name} · ${data.firm}` : "Answer" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadAnswer(args, providersOf(args.context.env.providers));
}

export function action(args: ActionFunctionArgs) {
  return giveAnswer(args, providersOf(args.context.env.providers));
}

export default function ConnectorAnswer() {
  return <AnswerPage view={useLoaderData<typeof loader>()} />;
}
