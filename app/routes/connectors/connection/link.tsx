import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { makeConnectLink } from "~/features/connectors/access/connect-links.server";
import { providersOf } from "~/features/connectors/registry.server";
import { notFound } from "~/http/answers.server";
import { installationScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { requireOAuth } from "~/routes/connectors/connection/connection-facts.server";
import { LinkPage } from "~/routes/connectors/connection/link-page";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `A link to connect · ${data.name} · ${data.firm}` : "A link to connect" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { scope, connector, provider, page } = await requireOAuth(args, providersOf(args.context.env.providers));
  return { firm: scope.account.name, name: connector.name, system: provider.name, page };
}

export async function action(args: ActionFunctionArgs) {
  const { scope, connector } = await requireOAuth(args, providersOf(args.context.env.providers));
  const token = await makeConnectLink(installationScope(args.context), scope, connector.id);
  if (token === null) return notFound();
  return data({ link: `${args.context.env.appOrigin}/connect/link/${token}` }, { status: 201 });
}

export default function Link() {
  return <LinkPage view={useLoaderData<typeof loader>()} link={useActionData<typeof action>()?.link ?? null} />;
}
