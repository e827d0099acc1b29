import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listAccounts, listPlacesOf } from "~/features/accounts/accounts.server";
import { installationScope, requireOperator } from "~/http/scope.server";
import { formatDate } from "~/platform/time";
import { OutsideFrame } from "~/ui/outside-frame";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "All accounts · Tallybook" }];

/** What the operator sees of the accounts: that they are there, never what is in them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requireOperator({ request, context });
  const scope = installationScope(context);
  const accounts = await listAccounts(scope);
  const own = new Set((await listPlacesOf(scope, user.id)).map((place) => place.account.id));
  const where = { timeZone: "UTC", locale: "en-GB" };
  return {
    accounts: accounts.map(({ id, name, slug, members, createdAt }) => ({
      id,
      name,
      address: `/${slug}`,
      isOwn: own.has(id),
      members,
      created: formatDate(where, createdAt),
    })),
  };
}

export default function AllAccounts() {
  const { accounts } = useLoaderData<typeof loader>();
  return (
    <OutsideFrame
      title="All accounts"
      line="What this installation holds. You see into an account only where you have a place in it."
      place={<a href="/person">Back</a>}
      wide
    >
      <Table
        caption="All accounts of this installation"
        columns={[
          { key: "name", label: "Account", cell: (account) => account.name },
          { key: "address", label: "Address", cell: (account) => account.address },
          { key: "members", label: "Members", cell: (account) => account.members, numeric: true },
          { key: "created", label: "Since", cell: (account) => account.created },
        ]}
        rows={accounts}
        rowKey={(account) => account.id}
        href={(account) => (account.isOwn ? account.address : undefined)}
        bare
      />
    </OutsideFrame>
  );
}
