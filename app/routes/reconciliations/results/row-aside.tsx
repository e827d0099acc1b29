import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { LONGEST_REASON, readReason } from "~/features/reconciliation/decisions/decision-form";
import { refuse } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RouteHandle } from "~/route-handle";
import { decided, ofRow, requireRow } from "~/routes/reconciliations/results/deciding.server";
import { ReasonForm } from "~/routes/reconciliations/results/reason-form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Set purchase ${data.rowName} aside · ${data.name} · ${data.accountName}` : "Set a purchase aside" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { result, row } = await requireRow(args);
  return { ...ofRow(result, row), most: LONGEST_REASON };
}

export async function action(args: ActionFunctionArgs) {
  const { result, row } = await requireRow(args);
  const typed = onlyText(await readForm(args.request), "reason");
  const read = readReason(typed);
  if (!read.ok) return refuse({ typed, problem: read.problem });
  const decision = { kind: "set-row-aside", rowId: row.key, reason: read.reason } as const;
  return decided(args, result, decision, ofRow(result, row).rowHref);
}

export default function RowAside() {
  const { rowName, rowHref, most } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`Set purchase ${rowName} aside`}
        line="It is marked as seen, with your reason. It still counts: a purchase that was tracked was tracked, and the totals have to add up."
        back={{ href: rowHref, label: `Purchase ${rowName}` }}
      />
      <ReasonForm typed={refused?.typed ?? ""} problem={refused?.problem ?? null} most={most} cancelHref={rowHref} />
    </>
  );
}
