import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { findView } from "~/features/contacts/views/list-views.server";
import { isBroken, queryToSave, viewOfSaved } from "~/features/contacts/views/saved-view";
import { changeView, mayChange } from "~/features/contacts/views/saved-views.server";
import { ViewFields, viewFields } from "~/features/contacts/views/view-fields";
import { viewForm } from "~/features/contacts/views/view-form";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { readTyped, refusedView } from "~/routes/contacts/views/typed-view.server";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.view.name} · Views · ${data.accountName}` : "View" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const view = (await findView(scope, args.params.viewId ?? "")) ?? notFound();
  const base = `/${scope.account.slug}/contacts`;
  return {
    accountName: scope.account.name,
    base,
    view,
    isBroken: isBroken(view),
    restHref: base + queryToSave(viewOfSaved(view)),
    may: { change: mayChange(scope, view), share: can(scope, "contacts.write") || view.isShared },
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const typed = readTyped(await readForm(args.request));
  const read = viewForm.safeParse(typed);
  if (!read.success) return refuse(refusedView(typed, read.error.issues));
  const { viewId = "" } = args.params;
  const changes = { name: read.data.name, isShared: read.data.seenBy === "everybody" };
  const changed = await changeView(scope, viewId, { ...changes, mayShare: can(scope, "contacts.write") });
  if (!changed.ok) {
    return changed.reason === "not-found" ? notFound() : refuse(refusedView(typed, changed.reason));
  }
  return redirectTo(args, `/${scope.account.slug}/contacts?view=${viewId}`, flash("Saved."));
}

export default function View() {
  const { base, view, may, isBroken, restHref } = useLoaderData<typeof loader>();
  const href = `${base}?view=${view.id}`;
  return (
    <>
      <PageHead
        title={view.name}
        line={view.isShared ? `A view that everybody here sees, made by ${view.owner}.` : "A view that only you see."}
        back={{ href: isBroken ? base : href, label: isBroken ? "Contacts" : view.name }}
      />
      {isBroken ? (
        <Banner tone="warn">
          This view narrows the list by something that is no longer there, such as a field that was removed. Without
          that it would show more contacts than it was made for. <a href={restHref}>Show the contacts without it</a>
        </Banner>
      ) : null}
      {may.change ? <Change /> : null}
    </>
  );
}

function Change() {
  const { base, view, may } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const fields = viewFields(
    refused?.typed ?? { name: view.name, seenBy: view.isShared ? "everybody" : "me" },
    refused?.errors ?? {},
  );
  return (
    <>
      <Form fields={Object.values(fields)}>
        <ViewFields fields={fields} mayShare={may.share} />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={`${base}/views`}>Cancel</ButtonLink>
        </FormActions>
      </Form>
      <div className="mt-8">
        <Panel title="Delete this view" line="The contacts stay as they are.">
          <PostButton tone="danger" action={`${base}/views/${view.id}/deletion`}>
            Delete the view
          </PostButton>
        </Panel>
      </div>
    </>
  );
}
