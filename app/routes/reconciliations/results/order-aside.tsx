import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { LONGEST_REASON, readReason } from "~/features/reconciliation/decisions/decision-form";
import { refuse } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RouteHandle } from "~/route-handle";
import { decided, ofOrder, requireOrder } from "~/routes/reconciliations/results/deciding.server";
import { ReasonForm } from "~/routes/reconciliations/results/reason-form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Set order ${data.orderName} aside · ${data.name} · ${data.accountName}` : "Set an order aside" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { result, order } = await requireOrder(args);
  return { ...ofOrder(result, order), most: LONGEST_REASON };
}

export async function action(args: ActionFunctionArgs) {
  const { result, order } = await requireOrder(args);
  const typed = onlyText(await readForm(args.request), "reason");
  const read = readReason(typed);
  if (!read.ok) return refuse({ typed, problem: read.problem });
  const decision = { kind: "set-order-aside", orderId: order.key, reason: read.reason } as const;
  return decided(args, result, decision, ofOrder(result, order).orderHref);
}

export default function OrderAside() {
  const { orderName, orderHref, most } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`Set order ${orderName} aside`}
        line="It then takes no part in any figure, as a test order does; what was tracked for it is told as that of an order left out. It holds at every comparison to come, until it is withdrawn."
        back={{ href: orderHref, label: `Order ${orderName}` }}
      />
      <ReasonForm typed={refused?.typed ?? ""} problem={refused?.problem ?? null} most={most} cancelHref={orderHref} />
    </>
  );
}
