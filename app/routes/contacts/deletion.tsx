import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { UNDO_DAYS, undoLink } from "~/features/changes/undo-window";
import { countedContacts } from "~/features/contacts/contact";
import { MOST_AT_ONCE, readView } from "~/features/contacts/list/contact-list";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { countDeletion } from "~/features/contacts/deletion/deleted-contacts.server";
import { deletionChanges } from "~/features/contacts/deletion/deletion-words";
import { listIds } from "~/features/contacts/list/list-contacts.server";
import { withBack } from "~/features/contacts/list/way-back";
import { listBehind } from "~/http/back.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";
import { type RouteHandle } from "~/route-handle";
import { ButtonLink } from "~/ui/button";
import { Confirm } from "~/ui/confirm";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Delete contacts · ${data.accountName}` : "Delete contacts" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const params = new URL(args.request.url).searchParams;
  const base = `/${scope.account.slug}/contacts`;
  const all = params.get("all");
  const wanted =
    all === null
      ? idsOf(params.getAll("id"))
      : await listIds(scope, { ...readView(new URLSearchParams(all)), cursor: null }, MOST_AT_ONCE + 1);
  const tooMany = wanted.length > MOST_AT_ONCE;
  const { ids, ...counts } = await countDeletion(scope, tooMany ? [] : wanted);
  return {
    accountName: scope.account.name,
    locale: scope.place.locale,
    base,
    list: listBehind(args, base),
    ids,
    tooMany,
    counts,
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.archive");
  const ids = idsOf(onlyText(await readForm(args.request), "ids").split(","));
  const { deleted, changeSetId } = await deleteContacts(scope, ids);
  const base = `/${scope.account.slug}/contacts`;
  const list = listBehind(args, base) ?? base;
  if (deleted === 0) return redirectTo(args, list, warning("Nothing was deleted: it was no longer there."));
  const text = `${countedContacts(deleted, scope.place.locale)} deleted. For ${UNDO_DAYS} days this can be undone.`;
  return redirectTo(args, list, flash(text, undoLink(scope.account.slug, changeSetId)));
}

function idsOf(texts: string[]): string[] {
  return [...new Set(texts.filter(isId))].slice(0, MOST_AT_ONCE);
}

export default function Deletion() {
  const { base, list, locale, ids, tooMany, counts } = useLoaderData<typeof loader>();
  const listHref = list ?? base;
  const [only] = ids;
  const isOne = counts.name !== null && only !== undefined;
  const back = isOne
    ? { href: withBack(`${base}/${only}`, list), label: counts.name ?? "" }
    : { href: listHref, label: "Contacts" };
  const what = isOne ? (counts.name ?? "") : countedContacts(ids.length, locale);
  return (
    <>
      <PageHead title={isOne ? `Delete ${what}` : "Delete contacts"} back={back} />
      {ids.length === 0 ? (
        <Empty actions={<ButtonLink href={listHref}>Back to the contacts</ButtonLink>}>
          {tooMany
            ? `More than ${MOST_AT_ONCE.toLocaleString(locale)} contacts match, and no more can be deleted at once. Narrow the list first: by a word, a kind or a tag.`
            : "None are chosen. Tick the contacts to delete, then press Delete."}
        </Empty>
      ) : (
        <Confirm
          changes={deletionChanges({ ...counts, contacts: ids.length }, locale)}
          action={withBack(`${base}/deletion`, list)}
          hidden={{ ids: ids.join(",") }}
          confirmLabel={`Delete ${what}`}
          danger
          cancelHref={back.href}
        >
          <p>
            For {UNDO_DAYS} days they can be brought back, whole, from the{" "}
            <a href={`${base}/deleted`}>deleted contacts</a>. After that they are gone for good. An import that brings
            one of them again makes a new contact.
          </p>
        </Confirm>
      )}
    </>
  );
}
