import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { undoLink } from "~/features/changes/undo-window";
import { channelVerbs, consentOf, markText } from "~/features/contacts/consent/consent";
import { liftMark } from "~/features/contacts/consent/do-not-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { withBack } from "~/features/contacts/list/way-back";
import { notFound } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Confirm } from "~/ui/confirm";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Lift a mark · ${data.name} · ${data.accountName}` : "Lift a mark" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const contact = (await findContact(scope, args.params.contactId ?? "")) ?? notFound();
  const mark = contact.marks.find(({ id }) => id === args.params.markId) ?? notFound();
  const base = `/${scope.account.slug}/contacts`;
  const list = listBehind(args, base);
  const left = consentOf(contact.marks.filter(({ id }) => id !== mark.id))[mark.channel];
  return {
    accountName: scope.account.name,
    name: contact.name,
    href: withBack(`${base}/${contact.id}`, list),
    path: withBack(`${base}/${contact.id}/do-not-contact/${mark.id}/lifting`, list),
    verb: channelVerbs[mark.channel],
    said: markText(mark, scope.place),
    left: left && markText(left, scope.place),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "contacts.write");
  const { contactId = "", markId = "" } = args.params;
  const result = await liftMark(scope, { contactId, markId });
  if (!result.ok) return notFound();
  const base = `/${scope.account.slug}/contacts`;
  const message = flash("The mark is lifted.", undoLink(scope.account.slug, result.changeSetId));
  return redirectTo(args, withBack(`${base}/${contactId}`, listBehind(args, base)), message);
}

export default function LiftMark() {
  const { name, href, path, verb, said, left } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Lift a mark" back={{ href, label: name }} />
      <Confirm
        changes={[
          { value: "1", label: left ? "of several marks is lifted" : `mark is lifted: ${name} may be reached again` },
        ]}
        action={path}
        confirmLabel="Lift this mark"
        cancelHref={href}
      >
        <p>
          Do not {verb}: {said}.
        </p>
        <p>
          {left
            ? `Another mark stays, so that nothing changes yet: ${left}.`
            : "Lift it only if they said so. That the mark was there stays in the history."}
        </p>
      </Confirm>
    </>
  );
}
