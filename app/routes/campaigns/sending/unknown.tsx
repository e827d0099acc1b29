import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { listUnknown } from "~/features/campaigns/mailing/list-unknown.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { findEmailCampaign } from "~/routes/campaigns/sending/find-email-campaign.server";
import { BulkBar, Chooser } from "~/ui/bulk";
import { Button } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Not known · ${data.name} · ${data.accountName}` : "Not known" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const { id, name } = await findEmailCampaign(scope, args.params.campaignId);
  const after = new URL(args.request.url).searchParams.get("after");
  const { people, next } = await listUnknown(scope, id, after);
  const here = `/${scope.account.slug}/campaigns/${id}`;
  return {
    ...{ accountName: scope.account.name, name, here, mayWrite: can(scope, "campaigns.write") },
    nextHref: next && `${here}/sending/unknown?after=${next}`,
    people: people.map(({ contactId, name, at, ...person }) => ({
      ...person,
      id: contactId,
      name: name ?? "A contact that is gone",
      href: `${here}/recipients/${contactId}`,
      at: at ? formatInstant(scope.place, at) : "",
    })),
  };
}

export default function Unknown() {
  const { here, name, people, nextHref, mayWrite } = useLoaderData<typeof loader>();
  const table = (
    <Table
      caption="Not known"
      rows={people}
      rowKey={({ id }) => id}
      href={({ href }) => href}
      ticks={mayWrite ? { name: "id", value: ({ id }) => id, label: ({ name }) => name } : undefined}
      columns={[
        { key: "name", label: "Recipient", cell: ({ name }) => name },
        { key: "email", label: "Email", fit: "clip", onPhone: "plain", cell: ({ email }) => email ?? "" },
        { key: "at", label: "When", cell: ({ at }) => at },
        { key: "note", label: "Why", cell: ({ note }) => note ?? "" },
      ]}
    />
  );
  return (
    <>
      <PageHead
        title="Not known"
        line="Their mail was cut off while it was given to the mail server: they may have it or not. Nothing more is sent to them unless you say so."
        back={{ href: here, label: name }}
      />
      {people.length === 0 ? (
        <Empty>Of everybody it is known whether they got it.</Empty>
      ) : mayWrite ? (
        <Chooser>
          {table}
          <BulkBar>
            <Button formAction={`${here}/sending/unknown/delivered`}>Count as delivered</Button>
            <Button formAction={`${here}/sending/unknown/again`}>Send again</Button>
          </BulkBar>
        </Chooser>
      ) : (
        table
      )}
      {nextHref ? (
        <p>
          <a href={nextHref}>More</a>
        </p>
      ) : null}
    </>
  );
}
