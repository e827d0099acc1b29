import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { archiveContacts } from "~/features/contacts/archive-contacts.server";
import { countCurrent } from "~/features/contacts/list-contacts.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { isId } from "~/platform/ids.server";
import { Confirm } from "~/ui/confirm";
import { Empty } from "~/ui/empty";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Archive contacts · ${data.accountName}` : "Archive contacts" },
];

const MOST = 200;

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const ids = idsOf(new URL(args.request.url).searchParams.getAll("id"));
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}/contacts`,
    ids,
    count: await countCurrent(scope, ids),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const ids = idsOf(onlyText(await readForm(args.request), "ids").split(","));
  const { archived } = await archiveContacts(scope, ids);
  const what = archived === 1 ? "1 contact" : `${archived} contacts`;
  return redirectTo(args, `/${scope.account.slug}/contacts`, flash(`${what} archived. Nothing is deleted.`));
}

function idsOf(texts: string[]): string[] {
  return [...new Set(texts.filter(isId))].slice(0, MOST);
}

export default function ArchiveMany() {
  const { base, ids, count } = useLoaderData<typeof loader>();
  const what = count === 1 ? "1 contact" : `${count} contacts`;
  return (
    <>
      <PageHead title="Archive contacts" back={{ href: base, label: "Contacts" }} />
      {count === 0 ? (
        <Empty actions={<ButtonLink href={base}>Back to the contacts</ButtonLink>}>
          None are chosen. Tick the contacts to archive, then press Archive.
        </Empty>
      ) : (
        <Confirm
          changes={[
            { value: String(count), label: `${count === 1 ? "contact leaves" : "contacts leave"} lists and search` },
          ]}
          action={`${base}/archival`}
          hidden={{ ids: ids.join(",") }}
          confirmLabel={`Archive ${what}`}
          danger
          cancelHref={base}
        >
          <p>Nothing is deleted: archived contacts keep all they say and their history, and can be restored.</p>
        </Confirm>
      )}
    </>
  );
}
