import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { flash } from "~/http/flash.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { answerChange, memberId } from "~/routes/members/answer.server";
import { leave, leavingFacts } from "~/routes/members/leaving.server";
import { LeavingForm } from "~/routes/members/leaving-form";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Remove ${data.name} · ${data.firm}` : "Remove a member" },
];

export const handle = { narrow: true } satisfies RouteHandle;

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "members.manage");
  const userId = memberId(args);
  const base = `/${scope.account.slug}/members`;
  if (userId === scope.user?.id) throw redirect(`${base}/departure`);
  return { ...(await leavingFacts(scope, userId)), firm: scope.account.name, page: `${base}/${userId}` };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "members.manage");
  const userId = memberId(args);
  const base = `/${scope.account.slug}/members`;
  const outcome = await leave(scope, userId, args.request);
  if (!("ok" in outcome)) return outcome;
  const path = outcome.ok ? base : `${base}/${userId}`;
  return answerChange(args, outcome, { path, message: flash("They are removed from this account.") });
}

export default function Removal() {
  const { name, firm, page, ...facts } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Remove ${name}`}
        line={`They can no longer open ${firm}. What they did is kept, with their name beside it.`}
        back={{ href: page, label: name }}
      />
      <LeavingForm {...facts} lastResult={useActionData<typeof action>()} button={`Remove ${name}`} cancelHref={page} />
    </>
  );
}
