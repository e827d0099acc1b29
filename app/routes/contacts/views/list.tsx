import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listViews } from "~/features/contacts/views/list-views.server";
import { mayChange } from "~/features/contacts/views/saved-views.server";
import { requireScope } from "~/http/scope.server";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { type Column, Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Views · Contacts · ${data.accountName}` : "Views" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const views = await listViews(scope);
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}/contacts`,
    views: views.map((view) => ({
      id: view.id,
      name: view.name,
      seenBy: view.isShared ? "Everybody here" : "Only me",
      owner: view.isMine ? "Me" : view.owner,
      mayChange: mayChange(scope, view),
    })),
  };
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>["views"][number];

export default function Views() {
  const { base, views } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Views"
        line="Lists of contacts under a name: how they are narrowed and sorted, and their columns."
        back={{ href: base, label: "Contacts" }}
      />
      {views.length === 0 ? (
        <Empty actions={<ButtonLink href={base}>Back to the contacts</ButtonLink>}>
          Narrow or sort the list of contacts, then choose “Save as a view” under More: it will be here, and above the
          list.
        </Empty>
      ) : (
        <Table
          caption="Views"
          columns={columnsOf(base)}
          rows={views}
          rowKey={({ id }) => id}
          href={({ id }) => `${base}?view=${id}`}
        />
      )}
    </>
  );
}

function columnsOf(base: string): Column<Line>[] {
  return [
    { key: "name", label: "Name", cell: ({ name }) => name },
    { key: "seenBy", label: "Who sees it", cell: ({ seenBy }) => seenBy },
    { key: "owner", label: "Made by", cell: ({ owner }) => owner },
    {
      key: "edit",
      label: "Edit",
      cell: ({ id, name, mayChange }) =>
        mayChange ? (
          <a href={`${base}/views/${id}`}>
            Edit<span className="sr-only"> {name}</span>
          </a>
        ) : null,
    },
  ];
}
