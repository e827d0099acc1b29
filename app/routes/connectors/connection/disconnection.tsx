import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { disconnect } from "~/features/connectors/access/disconnect.server";
import { revocationWords } from "~/features/connectors/access/revocation-words";
import { providers } from "~/features/connectors/registry.server";
import { notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { requireConnector } from "~/routes/connectors/connection/connection-facts.server";
import { Confirm } from "~/ui/confirm";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Disconnect ${data.name} · ${data.firm}` : "Disconnect" },
];

async function requireProvider(args: RouteArgs) {
  const { provider, ...rest } = await requireConnector(args, providers);
  return provider ? { provider, ...rest } : notFound();
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, connector, provider, page } = await requireProvider(args);
  return { firm: scope.account.name, name: connector.name, system: provider.name, page };
}

export async function action(args: ActionFunctionArgs) {
  const { scope, connector, provider, page } = await requireProvider(args);
  const { env } = args.context;
  const revocation = await disconnect(installationScope(args.context), scope, { connector, provider, env });
  const words = revocationWords(provider.name, revocation);
  return redirectTo(args, page, revocation === "failed" ? warning(words) : flash(words));
}

export default function Disconnection() {
  const { name, system, page } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={`Disconnect ${name}`} back={{ href: page, label: name }} />
      <Confirm
        changes={[
          { value: "taken back", label: `Tallybook’s access to ${system}` },
          { value: "erased", label: "What it was given to get in there" },
          { value: "none", label: "Contacts that are taken away" },
        ]}
        action={`${page}/disconnection`}
        confirmLabel={`Disconnect ${name}`}
        danger
        cancelHref={page}
      >
        <p className="quiet">Nothing new comes in until it is connected again.</p>
      </Confirm>
    </>
  );
}
