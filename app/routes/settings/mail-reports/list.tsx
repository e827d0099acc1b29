import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { webhookKinds, webhookNames } from "~/features/campaigns/mailing/webhook-kinds";
import { listWebhooks } from "~/features/campaigns/mailing/webhooks.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { SettingsPage } from "~/routes/settings/settings-page";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Mail reports · Settings · ${data.name}` : "Mail reports" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const hooks = await listWebhooks(scope);
  const { name, slug } = scope.account;
  const services = webhookKinds.map((kind) => {
    const hook = hooks.find((each) => each.kind === kind);
    return {
      kind,
      label: webhookNames[kind],
      state: hook ? (hook.confirmUrl ? "Waits to be confirmed" : "Set up") : "Not set up",
      last: hook?.lastAt ? formatInstant(scope.place, hook.lastAt) : "",
    };
  });
  return { name, slug, services };
}

export default function MailReports() {
  const { slug, services } = useLoaderData<typeof loader>();
  return (
    <SettingsPage
      slug={slug}
      part="/mail-reports"
      title="Mail reports"
      line="A service that sends mails can tell by itself which of them came back, and who complained or unsubscribed. Such addresses are then not written to again."
    >
      <Table
        caption="Services"
        rows={services}
        rowKey={({ kind }) => kind}
        href={({ kind }) => `/${slug}/settings/mail-reports/${kind}`}
        columns={[
          { key: "service", label: "Service", cell: ({ label }) => label },
          { key: "state", label: "State", cell: ({ state }) => state },
          { key: "last", label: "Last told us something", cell: ({ last }) => last },
        ]}
      />
    </SettingsPage>
  );
}
