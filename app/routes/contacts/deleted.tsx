import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { UNDO_DAYS } from "~/features/changes/undo-window";
import { kindNames } from "~/features/contacts/contact";
import { type DeletedContact, listDeleted } from "~/features/contacts/deletion/deleted-contacts.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant, formatShortDate, type Place } from "~/platform/time";
import { BulkBar, Chooser } from "~/ui/bulk";
import { Button, ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";
import { type Column, Table } from "~/ui/table";
import { Time } from "~/ui/time";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Deleted contacts · ${data.accountName}` : "Deleted contacts" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}/contacts`,
    place: scope.place,
    page: await listDeleted(scope, new URL(args.request.url).searchParams.get("before")),
  };
}

export default function DeletedContacts() {
  const { base, place, page } = useLoaderData<typeof loader>();
  const { contacts, older } = page;
  return (
    <>
      <PageHead
        title="Deleted contacts"
        line={`They can be brought back for ${UNDO_DAYS} days. Then they are gone for good.`}
        back={{ href: base, label: "Contacts" }}
      />
      {contacts.length === 0 ? (
        <Empty actions={<ButtonLink href={base}>Back to the contacts</ButtonLink>}>
          Nobody was deleted in the last {UNDO_DAYS} days.
        </Empty>
      ) : (
        <Chooser>
          <Table
            caption="Deleted contacts"
            columns={columnsOf(base, place)}
            rows={contacts}
            rowKey={({ id }) => id}
            under={({ company, name }) => (company === name ? null : company)}
            ticks={{ name: "id", value: ({ id }) => id, label: ({ name }) => `Choose ${name}` }}
            foot={
              older ? <a href={`${base}/deleted?before=${encodeURIComponent(older)}`}>Deleted earlier</a> : undefined
            }
          />
          <BulkBar>
            <Button small formAction={`${base}/deleted/return`}>
              Bring back
            </Button>
          </BulkBar>
        </Chooser>
      )}
    </>
  );
}

function columnsOf(base: string, place: Place): Column<DeletedContact>[] {
  return [
    { key: "name", label: "Name", cell: ({ name }) => name },
    { key: "kind", label: "Kind", onPhone: "hidden", cell: ({ kind }) => kindNames[kind] },
    { key: "email", label: "Email", onPhone: "plain", cell: ({ email }) => email },
    {
      key: "at",
      label: "Deleted",
      cell: (contact) => (
        <>
          <Time at={contact.deletedAt}>{formatInstant(place, contact.deletedAt)}</Time>
          <span className="quiet">, {contact.deletedBy ?? "Tallybook"}</span>
        </>
      ),
    },
    {
      key: "gone",
      label: "Gone for good",
      fit: "keep",
      cell: ({ goneAt }) => formatShortDate(place, goneAt),
    },
    {
      key: "return",
      label: "Bring back",
      onPhone: "plain",
      cell: ({ id, name }) => (
        <Button small formAction={`${base}/deleted/return`} name="only" value={id}>
          Bring back<span className="sr-only"> {name}</span>
        </Button>
      ),
    },
  ];
}
