import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { readView } from "~/features/contacts/list/contact-list";
import { queryToSave } from "~/features/contacts/views/saved-view";
import { saveView } from "~/features/contacts/views/saved-views.server";
import { ViewFields, viewFields } from "~/features/contacts/views/view-fields";
import { viewForm } from "~/features/contacts/views/view-form";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { readTyped, refusedView } from "~/routes/contacts/views/typed-view.server";
import { Button, ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Save a view · Contacts · ${data.accountName}` : "Save a view" },
];

const viewIn = (request: Request) => readView(new URL(request.url).searchParams);

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const query = queryToSave(viewIn(args.request));
  const base = `/${scope.account.slug}/contacts`;
  return {
    accountName: scope.account.name,
    listHref: base + query,
    isPlain: query === "",
    mayShare: can(scope, "contacts.write"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const typed = readTyped(await readForm(args.request));
  const read = viewForm.safeParse(typed);
  if (!read.success) return refuse(refusedView(typed, read.error.issues));
  const query = queryToSave(viewIn(args.request));
  const base = `/${scope.account.slug}/contacts`;
  if (query === "") return redirectTo(args, base);
  const view = { name: read.data.name, isShared: read.data.seenBy === "everybody", query };
  const saved = await saveView(scope, view, { mayShare: can(scope, "contacts.write") });
  if (!saved.ok) return refuse(refusedView(typed, saved.reason));

  return redirectTo(args, `${base}${query}&view=${saved.id}`, flash(`Saved as “${view.name}”.`));
}

export default function NewView() {
  const { listHref, isPlain, mayShare } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const fields = viewFields(refused?.typed ?? { name: "", seenBy: "me" }, refused?.errors ?? {});
  return (
    <>
      <PageHead
        title="Save as a view"
        line="How the list is narrowed and sorted, and its columns, under a name of its own."
        back={{ href: listHref, label: "Contacts" }}
      />
      {isPlain ? (
        <Empty actions={<ButtonLink href={listHref}>Back to the contacts</ButtonLink>}>
          This is the list as it always is. Narrow it, sort it or choose its columns first.
        </Empty>
      ) : (
        <Form fields={Object.values(fields)}>
          <ViewFields fields={fields} mayShare={mayShare} />
          <FormActions>
            <Button tone="primary">Save</Button>
            <ButtonLink href={listHref}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      )}
    </>
  );
}
