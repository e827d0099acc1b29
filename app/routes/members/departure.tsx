import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { flash } from "~/http/flash.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { answerChange } from "~/routes/members/answer.server";
import { leave, leavingFacts } from "~/routes/members/leaving.server";
import { LeavingForm } from "~/routes/members/leaving-form";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Leave · ${data?.firm ?? "Tallybook"}` }];

export const handle = { narrow: true } satisfies RouteHandle;

/** Everybody may leave by themselves. */
export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "members.read");
  const facts = await leavingFacts(scope, scope.user?.id ?? "");
  return { ...facts, firm: scope.account.name, members: `/${scope.account.slug}/members` };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "members.read");
  const { name, slug } = scope.account;
  const outcome = await leave(scope, scope.user?.id ?? "", args.request);
  if (!("ok" in outcome)) return outcome;
  const path = outcome.ok ? "/" : `/${slug}/members/departure`;
  return answerChange(args, outcome, { path, message: flash(`You have left ${name}.`) });
}

export default function Departure() {
  const { name, firm, members, ...facts } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Leave ${firm}`}
        line={`You, ${name}, can then no longer open it, unless an administrator invites you again.`}
        back={{ href: members, label: "Members" }}
      />
      <LeavingForm
        {...facts}
        lastResult={useActionData<typeof action>()}
        button={`Leave ${firm}`}
        cancelHref={members}
      />
    </>
  );
}
