import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { undoLink } from "~/features/changes/undo-window";
import { homeOf } from "~/features/contacts/values/address-text";
import { isContactField } from "~/features/contacts/contact";
import { nameOfField } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { ContactHistory } from "~/features/contacts/history/contact-history";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { currentTexts } from "~/features/contacts/history/history";
import { listHistory } from "~/features/contacts/history/history.server";
import { restoreValue } from "~/features/contacts/history/restore-value.server";
import { restoredWords } from "~/features/contacts/history/restored-words";
import { withBack } from "~/features/contacts/list/way-back";
import { badRequest, notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `History · ${data.name} · ${data.accountName}` : "History" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  const params = new URL(args.request.url).searchParams;
  const account = `/${scope.account.slug}`;
  const base = `${account}/contacts`;
  const list = listBehind(args, base);
  return {
    accountName: scope.account.name,
    name: contact.name,
    account,
    base,
    list,
    path: `${base}/${contact.id}/history`,
    href: withBack(`${base}/${contact.id}`, list),
    place: scope.place,
    now: scope.clock.now(),
    mayWrite: can(scope, "contacts.write"),
    isOlder: params.has("before"),
    current: currentTexts(contact.values, homeOf({ ...scope.account, ...scope.place }, contact.fields)),
    history: await listHistory(scope, contact.id, { cursor: params.get("before") }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const { contactId = "" } = args.params;
  if (!isId(contactId)) return notFound();
  const form = await readForm(args.request);
  const [entry, side, field] = [onlyText(form, "entry"), onlyText(form, "side"), onlyText(form, "field")];
  if (!isContactField(field) || (side !== "before" && side !== "after")) return badRequest();
  const result = await restoreValue(scope, contactId, { entry, side, field });
  if (!result.ok && result.reason === "not-found") return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const path = withBack(`${base}/${contactId}/history`, listBehind(args, base));
  const words = restoredWords(nameOfField(field, await customFields(scope)), result);
  const message = result.ok ? flash(words, undoLink(scope.account.slug, result.changeSetId)) : warning(words);
  return redirectTo(args, path, message);
}

export default function HistoryPage() {
  const { name, account, base, list, path, href, place, now, mayWrite, isOlder, current, history } =
    useLoaderData<typeof loader>();
  const newest = withBack(path, list);
  return (
    <>
      <PageHead
        title="History"
        line={`All that was changed of ${name}, the latest first, in the time of ${place.timeZone.replaceAll("_", " ")}.`}
        back={{ href, label: name }}
      />
      <Panel>
        {history.entries.length > 0 ? (
          <ContactHistory
            entries={history.entries}
            base={base}
            place={place}
            now={now}
            whole={{ changes: `${account}/changes`, imports: `${account}/imports`, mayWrite, current }}
          />
        ) : (
          <p className="quiet">Nothing before this.</p>
        )}
        <p className="small">
          {isOlder ? <a href={newest}>Newest</a> : null}
          {isOlder && history.older ? " · " : null}
          {history.older ? <a href={`${newest}${list ? "&" : "?"}before=${history.older}`}>Older</a> : null}
        </p>
      </Panel>
    </>
  );
}
