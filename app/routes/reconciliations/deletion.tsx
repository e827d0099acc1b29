import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import {
  BRING_BACK_DAYS,
  countKept,
  deleteReconciliation,
} from "~/features/reconciliation/set-up/delete-reconciliation.server";
import { notFound } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteHandle } from "~/route-handle";
import { reconciliationsPath } from "~/routes/reconciliations/paths";
import { requireReconciliation } from "~/routes/reconciliations/reconciliation.server";
import { Confirm } from "~/ui/confirm";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Delete ${data.name} · ${data.firm}` : "Delete" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { scope, reconciliation, base } = await requireReconciliation(args, "reconciliations.write");
  const { comparisons, findings, decisions } = await countKept(scope, reconciliation.id);
  const count = (number: number) => number.toLocaleString(scope.place.locale);
  return {
    ...{ firm: scope.account.name, name: reconciliation.name, base, days: BRING_BACK_DAYS },
    changes: [
      { value: count(comparisons), label: "Comparisons that are no longer to be seen" },
      { value: count(findings), label: "Findings in them" },
      { value: count(decisions), label: "Decisions of people about orders and rows" },
    ],
  };
}

export async function action(args: ActionFunctionArgs) {
  const { scope, reconciliation, base } = await requireReconciliation(args, "reconciliations.write");
  const deleted = await deleteReconciliation(scope, reconciliation.id);
  if (!deleted.ok) return notFound();
  const undo = { label: "Undo", href: `${base}/return`, method: "post" } as const;
  return redirectTo(args, reconciliationsPath(scope.account.slug), flash(`${deleted.name} is deleted.`, undo));
}

export default function Deletion() {
  const { name, base, days, changes } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`Delete ${name}`}
        line="It no longer compares. The orders and what was tracked stay where they are."
        back={{ href: base, label: name }}
      />
      <Confirm changes={changes} action={`${base}/deletion`} confirmLabel={`Delete ${name}`} danger cancelHref={base}>
        <p>For {days} days it can be brought back from the list, with all of this.</p>
      </Confirm>
    </>
  );
}
