import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { findCalled } from "~/features/reconciliation/results/find-called.server";
import { isStorable } from "~/features/reconciliation/results/finding-filter";
import { refuse } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { formatShortDate } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import {
  bothSides,
  decided,
  findTracked,
  ofOrder,
  requireOrder,
} from "~/routes/reconciliations/results/deciding.server";
import { type DoneResult } from "~/routes/reconciliations/results/result.server";
import { SidesCompared } from "~/routes/reconciliations/results/sides-compared";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Match order ${data.orderName} · ${data.name} · ${data.accountName}` : "Match an order" },
];

const NONE =
  "The analytics has no purchase by this id among what is compared here. Look at it there, and type it as it stands there.";

/** Step one: which purchase; step two, with it in the address: whether it is this one. */
export async function loader(args: LoaderFunctionArgs) {
  const { result, order } = await requireOrder(args);
  const { params, run } = result;
  const head = { ...ofOrder(result, order), runId: run.isLatest ? null : run.id };
  const rowId = params.get("row");
  const row = rowId === null ? null : await findTracked(result, rowId);
  if (row) {
    const sides = bothSides(result, order, row);
    return data({ ...head, typed: "", choices: [], sides, rowId: row.key, problem: null });
  }
  const { typed, choices } = await purchasesCalled(result, params.get("id")?.trim() ?? "");
  const isNone = rowId !== null || (typed !== "" && choices.length === 0);
  const facts = { ...head, typed, choices, sides: null, rowId: null, problem: isNone ? NONE : null };
  return data(facts, { status: isNone ? 422 : 200 });
}

/** What nobody could have for an id is not looked for. */
async function purchasesCalled({ scope, run }: DoneResult, typed: string) {
  if (typed === "") return { typed, choices: [] };
  const fits = typed.length <= 200 && isStorable(typed);
  const found = fits ? await findCalled(scope, run.settings, typed) : [];
  const choices = found
    .filter(({ side }) => side === "row")
    .map(({ key, name, at }) => ({ key, name, at: formatShortDate(scope.place, at) }));
  return { typed: fits ? typed : "…", choices };
}

export async function action(args: ActionFunctionArgs) {
  const { result, order } = await requireOrder(args);
  const row = await findTracked(result, onlyText(await readForm(args.request), "row"));
  if (!row) return refuse({ problem: NONE });
  const decision = { kind: "match", orderId: order.key, rowId: row.key } as const;
  return decided(args, result, decision, ofOrder(result, order).orderHref);
}

export default function Match() {
  const { orderName, orderHref, sides, rowId } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`Match order ${orderName}`}
        line="Choose the purchase that was tracked for it. It goes before all that ids say, at every comparison to come, until it is withdrawn."
        back={{ href: orderHref, label: `Order ${orderName}` }}
      />
      {refused ? <Banner tone="bad">{refused.problem}</Banner> : null}
      {sides && rowId !== null ? (
        <SidesCompared sides={sides} rowId={rowId} confirmLabel="They belong together" cancelHref={orderHref} />
      ) : (
        <Which />
      )}
    </>
  );
}

function Which() {
  const { typed, choices, problem, orderHref, runId } = useLoaderData<typeof loader>();
  const hidden: Record<string, string> = runId === null ? {} : { run: runId };
  const chosen = (key: string) => `?${new URLSearchParams({ ...hidden, row: key }).toString()}`;
  const field = { name: "id", initialValue: typed, errors: problem === null ? undefined : [problem] };
  return (
    <>
      <Form method="get" hidden={hidden} fields={[field]}>
        <TextField
          field={field}
          label="Id of the purchase"
          hint="As the analytics shows it: usually the transaction ID."
          autoComplete="off"
        />
        <FormActions>
          <Button tone="primary">Look for it</Button>
          <ButtonLink href={orderHref}>Cancel</ButtonLink>
        </FormActions>
      </Form>
      {choices.length > 0 ? (
        <Panel title="Which one?">
          <ul>
            {choices.map(({ key, name, at }) => (
              <li key={key}>
                <a href={chosen(key)}>{name}</a>, {at}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  );
}
