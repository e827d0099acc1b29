import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { notFound, refuse } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RouteHandle } from "~/route-handle";
import {
  bothSides,
  decided,
  findTracked,
  ofOrder,
  requireOrder,
} from "~/routes/reconciliations/results/deciding.server";
import { SidesCompared } from "~/routes/reconciliations/results/sides-compared";
import { Banner } from "~/ui/banner";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Unmatch order ${data.orderName} · ${data.name} · ${data.accountName}` : "Unmatch an order" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { result, order } = await requireOrder(args);
  const row = (await findTracked(result, result.params.get("row") ?? "")) ?? notFound();
  return { ...ofOrder(result, order), sides: bothSides(result, order, row), rowId: row.key };
}

export async function action(args: ActionFunctionArgs) {
  const { result, order } = await requireOrder(args);
  const row = await findTracked(result, onlyText(await readForm(args.request), "row"));
  if (!row) return refuse({ problem: "The analytics has no such purchase among what is compared here." });
  const decision = { kind: "unmatch", orderId: order.key, rowId: row.key } as const;
  return decided(args, result, decision, ofOrder(result, order).orderHref);
}

export default function Unmatch() {
  const { orderName, orderHref, sides, rowId } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`Unmatch order ${orderName}`}
        line="The purchase will then be one without an order, and the order missing if nothing else was tracked for it. It holds at every comparison to come, until it is withdrawn."
        back={{ href: orderHref, label: `Order ${orderName}` }}
      />
      {refused ? <Banner tone="bad">{refused.problem}</Banner> : null}
      <SidesCompared sides={sides} rowId={rowId} confirmLabel="They do not belong together" cancelHref={orderHref} />
    </>
  );
}
