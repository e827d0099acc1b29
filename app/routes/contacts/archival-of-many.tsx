import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { archiveContacts, countCurrent } from "~/features/contacts/deletion/archive-contacts.server";
import { MOST_AT_ONCE, readView } from "~/features/contacts/list/contact-list";
import { countedContacts } from "~/features/contacts/contact";
import { listIds } from "~/features/contacts/list/list-contacts.server";
import { withBack } from "~/features/contacts/list/way-back";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { Confirm } from "~/ui/confirm";
import { Empty } from "~/ui/empty";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Archive contacts · ${data.accountName}` : "Archive contacts" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const params = new URL(args.request.url).searchParams;
  const base = `/${scope.account.slug}/contacts`;
  const all = params.get("all");
  const ids = all === null ? idsOf(params.getAll("id")) : await currentIds(scope, all);
  const tooMany = ids.length > MOST_AT_ONCE;
  return {
    accountName: scope.account.name,
    locale: scope.place.locale,
    base,
    list: listBehind(args, base),
    ids: tooMany ? [] : ids,
    tooMany,
    count: tooMany ? 0 : await countCurrent(scope, ids),
  };
}

/** All that a list shows which is not archived; one more than can be archived at once, if there are more. */
function currentIds(scope: Scope, query: string): Promise<string[]> {
  return listIds(scope, { ...readView(new URLSearchParams(query)), archived: false, cursor: null }, MOST_AT_ONCE + 1);
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const ids = idsOf(onlyText(await readForm(args.request), "ids").split(","));
  const { archived, changeSetId } = await archiveContacts(scope, ids);
  const base = `/${scope.account.slug}/contacts`;
  const text = `${countedContacts(archived, scope.place.locale)} archived. Nothing is deleted.`;
  return redirectTo(args, listBehind(args, base) ?? base, flash(text, undoLink(scope.account.slug, changeSetId)));
}

function idsOf(texts: string[]): string[] {
  return [...new Set(texts.filter(isId))].slice(0, MOST_AT_ONCE);
}

export default function ArchiveMany() {
  const { base, list, locale, ids, count, tooMany } = useLoaderData<typeof loader>();
  const listHref = list ?? base;
  return (
    <>
      <PageHead title="Archive contacts" back={{ href: listHref, label: "Contacts" }} />
      {count === 0 ? (
        <Empty actions={<ButtonLink href={listHref}>Back to the contacts</ButtonLink>}>
          {tooMany
            ? `More than ${MOST_AT_ONCE.toLocaleString(locale)} contacts match, and no more can be archived at once. Narrow the list first: by a word, a kind or a tag.`
            : "None are chosen. Tick the contacts to archive, then press Archive."}
        </Empty>
      ) : (
        <Confirm
          changes={[
            {
              value: count.toLocaleString(locale),
              label: `${count === 1 ? "contact leaves" : "contacts leave"} lists and search`,
            },
          ]}
          action={withBack(`${base}/archival`, list)}
          hidden={{ ids: ids.join(",") }}
          confirmLabel={`Archive ${countedContacts(count, locale)}`}
          danger
          cancelHref={listHref}
        >
          <p>Nothing is deleted: archived contacts keep all they say and their history, and can be restored.</p>
        </Confirm>
      )}
    </>
  );
}
